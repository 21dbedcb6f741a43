using System.Buffers.Binary;
using System.Diagnostics;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Weights;

/// <summary>Sound files with damage: each is read, or refused in one paragraph with its path, within bounds.</summary>
public sealed class MutatedFileTests(SavedNetworks saved) : IClassFixture<SavedNetworks>, IDisposable
{
    // What the garbage collector is asked for; tensors come on top, and have no more elements than the file.
    private const long MostBytes = 200_000_000;
    private static readonly byte[] Pickle = "archive/data.pkl"u8.ToArray();
    private static readonly uint[] Extremes = [0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

    private readonly string folder = Directory.CreateTempSubdirectory("cawb-mutated-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Sixty_mutations_of_each_kind_of_file_are_read_or_refused() => Mutate(draws: 60);

    [Fact]
    [Trait("Category", "Nightly")]
    public void A_thousand_mutations_of_each_kind_of_file_are_read_or_refused() => Mutate(draws: 1_000);

    private void Mutate(int draws)
    {
        var torch = File.ReadAllBytes(saved["finished"]);
        var start = torch.AsSpan().IndexOf(Pickle) + Pickle.Length + BinaryPrimitives.ReadUInt16LittleEndian(torch.AsSpan(28));
        var directory = torch.AsSpan().LastIndexOf(Pickle) - 46;
        Campaign("pt", draws, random => MutatedTorch(torch, start, directory, random));

        // Its pickles lie at its front; it has no checksums.
        var streamed = File.ReadAllBytes(saved["legacy"]);
        Campaign("old.pt", draws, random => Damaged(streamed, random, random.Next(3) == 0 ? streamed.Length : PickleLength(torch, directory)));

        var tensors = Safetensors();
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(tensors) + 8;
        Campaign("safetensors", draws, random => Damaged(tensors, random, random.Next(3) == 0 ? tensors.Length : header));
    }

    private void Campaign(string ending, int draws, Func<Random, byte[]> mutated)
    {
        var path = Path.Combine(folder, $"mutated.{ending}");
        var (refused, longest, most, live) = (0, TimeSpan.Zero, 0L, Tensor.TotalCount);
        for (var draw = 0; draw < draws; draw++)
        {
            File.WriteAllBytes(path, mutated(new Random(draw)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            try
            {
                WeightFile.Read(path, CPU).Model.Dispose();
            }
            catch (Exception fault) when (fault is WeightFileException or SafetensorsException)
            {
                refused++;
                Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(fault.Message, char.IsControl);
            }

            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{draws} mutated .{ending}: {refused} refused, longest {longest.TotalMilliseconds:0} ms, {most / 1_000_000.0:0.0} MB allocated at most");
        Assert.InRange(most, 0, MostBytes);
        Assert.InRange(refused, draws / 4, draws);
        Assert.Equal(live, Tensor.TotalCount);
    }

    /// <summary>Damage to the file as a whole, to its directory, or to its pickle; then mostly with the right checksum, so that it is looked at.</summary>
    private static byte[] MutatedTorch(byte[] sound, int pickleStart, int directoryStart, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return Damaged(sound, random, sound.Length);
            case 1:
                return [.. sound[..directoryStart], .. Damaged(sound[directoryStart..], random, sound.Length - directoryStart)];
            default:
                var length = PickleLength(sound, directoryStart);
                var pickle = Damaged(sound[pickleStart..(pickleStart + length)], random, length, keepsLength: true);
                byte[] mutated = [.. sound[..pickleStart], .. pickle, .. sound[(pickleStart + length)..]];
                if (random.Next(8) != 0)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(mutated.AsSpan(directoryStart + 16), ZipBytes.Checksum(pickle));
                }

                return mutated;
        }
    }

    private static int PickleLength(byte[] sound, int directoryStart) => BinaryPrimitives.ReadInt32LittleEndian(sound.AsSpan(directoryStart + 20));

    private static byte[] Damaged(byte[] sound, Random random, int within, bool keepsLength = false)
    {
        var bytes = sound.ToList();
        var at = random.Next(within - 8);
        switch (random.Next(keepsLength ? 4 : 7))
        {
            case 0:
                for (var flips = random.Next(1, 9); flips > 0; flips--)
                {
                    bytes[random.Next(within)] ^= (byte)(1 << random.Next(8));
                }

                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                Span<byte> extreme = stackalloc byte[4];
                BinaryPrimitives.WriteUInt32LittleEndian(extreme, Extremes[random.Next(Extremes.Length)]);
                for (var i = 0; i < extreme.Length; i++)
                {
                    bytes[at + i] = extreme[i];
                }

                break;
            case 3:
                var length = random.Next(1, Math.Min(64, within - at));
                var from = random.Next(within - length);
                for (var i = 0; i < length; i++)
                {
                    bytes[at + i] = sound[from + i];
                }

                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 40)).Select(_ => (byte)random.Next(256)).ToArray());
                break;
            default:
                bytes.RemoveRange(at, random.Next(1, Math.Min(40, bytes.Count - at)));
                break;
        }

        return [.. bytes];
    }

    private byte[] Safetensors()
    {
        var path = Path.Combine(folder, "sound.safetensors");
        using var model = new YoloModel(ModelSize.N, 2, AnchorSet.Coco);
        WeightInitializer.Initialize(model, seed: 3);
        using (var stream = File.Create(path))
        {
            WeightFile.Write(stream, model, ["cat", "dog"], imageSize: 96);
        }

        return File.ReadAllBytes(path);
    }
}
