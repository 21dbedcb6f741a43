using System.Buffers.Binary;
using Cawb.Detection.Natives;
using Cawb.Natives;

namespace Cawb.Detection.Tests.Natives;

/// <summary>Whatever the bytes are, a file is either read or refused, within its bounds. The seeds are fixed.</summary>
public sealed class BrokenFileTests
{
    private static readonly byte[] TorchSharp = ElfFileTests.Bytes("LibTorchSharp");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(1 << 18)]
    [InlineData(1 << 20)]
    public void A_file_that_ends_early_is_refused(int length)
    {
        var bytes = TorchSharp[..length];
        Assert.Throws<InvalidDataException>(() => UnusedVersions.MarkWeak(bytes));
    }

    [Fact]
    public void A_file_that_is_empty_or_of_another_kind_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => UnusedVersions.MarkWeak([]));
        Assert.Throws<InvalidDataException>(() => UnusedVersions.MarkWeak("MZ"u8.ToArray()));
        var other = (byte[])TorchSharp.Clone();
        other[4] = 1; // 32 bits
        Assert.Throws<InvalidDataException>(() => UnusedVersions.MarkWeak(other));
        other[4] = 2;
        other[5] = 2; // big-endian
        Assert.Throws<InvalidDataException>(() => UnusedVersions.MarkWeak(other));
    }

    [Fact]
    public void A_library_without_versions_has_nothing_to_mark()
    {
        var bytes = StandIn.Of("libnothing.so");
        Assert.Equal(0, UnusedVersions.MarkWeak(bytes));
        Assert.Equal(StandIn.Of("libnothing.so"), bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_changes_where_the_structure_lies_are_read_or_refused(int seed)
    {
        // Header and segments, dynamic section, versions needed, start of the texts, first relocations: where readelf -l and -d put them.
        (int Start, int Length)[] places = [(0, 700), (0x1d4b18, 560), (0x3f8f0, 640), (0x16760, 4000), (0x3fb00, 4000), (0x48aa0, 4000), (0x3dfae, 2000)];
        var random = new Random(seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])TorchSharp.Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                var (start, length) = places[random.Next(places.Length)];
                Change(bytes.AsSpan(start, length), random);
            }

            if (IsRead(bytes))
            {
                read++;
            }
            else
            {
                refused++;
            }
        }

        // Both ways were gone.
        Assert.InRange(read, 20, 280);
        Assert.InRange(refused, 20, 280);
    }

    [Fact]
    public void Random_changes_of_a_tiny_library_are_read_or_refused()
    {
        var random = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = StandIn.Of("libnothing.so");
            bytes = bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
            Change(bytes, random);
            Change(bytes, random);
            IsRead(bytes);
        }
    }

    [Fact]
    public void Random_bytes_behind_a_true_beginning_are_read_or_refused()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(64, 2000)];
            random.NextBytes(bytes);
            TorchSharp.AsSpan(0, 64).CopyTo(bytes);
            IsRead(bytes);
        }
    }

    private static void Change(Span<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Length - 8);
        switch (random.Next(4))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: BinaryPrimitives.WriteUInt32LittleEndian(bytes[(at & ~3)..], (uint)random.NextInt64()); break;
            default: BinaryPrimitives.WriteUInt64LittleEndian(bytes[(at & ~7)..], random.Next(2) == 0 ? ulong.MaxValue - (ulong)random.Next(64) : (ulong)random.NextInt64()); break;
        }
    }

    /// <summary>Whether a file is read; it may be refused in one way only, and must be unchanged then.</summary>
    private static bool IsRead(byte[] bytes)
    {
        var original = (byte[])bytes.Clone();
        try
        {
            _ = new ElfFile(bytes).NeededWithoutVersion().Count();
            var marked = UnusedVersions.MarkWeak(bytes);
            Assert.InRange(Differences(bytes, original), 0, marked);
            return true;
        }
        catch (InvalidDataException)
        {
            Assert.True(bytes.AsSpan().SequenceEqual(original));
            return false;
        }
    }

    private static int Differences(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var count = 0;
        for (var at = 0; (at += left[at..].CommonPrefixLength(right[at..])) < left.Length; at++)
        {
            count++;
        }

        return count;
    }
}
