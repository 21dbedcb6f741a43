using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Training.Ranks;

/// <summary>What ranks give each other beside plain numbers.</summary>
internal static class RanksExtensions
{
    /// <summary>Adds up a tensor over the ranks, in place.</summary>
    /// <param name="ranks">All of them.</param>
    /// <param name="values">Contiguous; single or double precision.</param>
    /// <param name="inAnyOrder">Whether sums in single precision go in whatever order is quickest.</param>
    /// <param name="what">For messages.</param>
    public static void Sum(this IRanks ranks, Tensor values, bool inAnyOrder, string what) => OnProcessor(values, bytes =>
    {
        if (values.dtype == ScalarType.Float64)
        {
            ranks.Sum(MemoryMarshal.Cast<byte, double>(bytes), what);
        }
        else
        {
            ranks.Sum(MemoryMarshal.Cast<byte, float>(bytes), inAnyOrder, what);
        }
    });

    /// <summary>Gives all ranks a tensor of one of them, in place.</summary>
    /// <param name="ranks">All of them.</param>
    /// <param name="values">Contiguous.</param>
    /// <param name="from">Who has it.</param>
    /// <param name="what">For messages.</param>
    public static void Broadcast(this IRanks ranks, Tensor values, int from, string what) => OnProcessor(values, bytes => ranks.Broadcast(bytes, from, what));

    /// <summary>What rank 0 has, on all ranks.</summary>
    /// <param name="ranks">All of them.</param>
    /// <param name="own">Of rank 0; the others' is not looked at.</param>
    /// <param name="what">For messages.</param>
    public static byte[] OfFirst(this IRanks ranks, byte[] own, string what)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, own.Length);
        ranks.Broadcast(length, 0, what);
        var bytes = ranks.Rank == 0 ? own : new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        ranks.Broadcast(bytes, 0, what);
        return bytes;
    }

    /// <summary>A text of rank 0, on all ranks.</summary>
    /// <inheritdoc cref="OfFirst(IRanks, byte[], string)" />
    public static string OfFirst(this IRanks ranks, string own, string what) => Encoding.UTF8.GetString(ranks.OfFirst(Encoding.UTF8.GetBytes(own), what));

    private delegate void BytesAction(Span<byte> bytes);

    private static void OnProcessor(Tensor values, BytesAction act)
    {
        if (values.device_type == DeviceType.CPU)
        {
            act(values.bytes);
            return;
        }

        using var copy = values.cpu();
        act(copy.bytes);
        values.copy_(copy);
    }
}
