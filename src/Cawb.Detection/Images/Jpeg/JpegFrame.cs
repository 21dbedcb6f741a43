using System.Buffers.Binary;

namespace Cawb.Detection.Images.Jpeg;

/// <summary>What a frame header says (ITU-T T.81, B.2.2).</summary>
internal sealed class JpegFrame
{
    private const int HeadBytes = 6;
    private const int ComponentBytes = 3;
    private const int BlockSide = 8;

    private JpegFrame(bool isProgressive, JpegComponent[] components) => (IsProgressive, Components) = (isProgressive, components);

    internal bool IsProgressive { get; }

    internal JpegComponent[] Components { get; }

    /// <summary>Units of all colours in a row.</summary>
    internal int Columns { get; private set; }

    /// <summary>Rows of such units.</summary>
    internal int Rows { get; private set; }

    /// <summary>Null when it is none.</summary>
    internal static JpegFrame? Read(ReadOnlySpan<byte> header, bool isProgressive)
    {
        if (header.Length < HeadBytes || header.Length != HeadBytes + header[5] * ComponentBytes || header[5] is 0 or > 4)
        {
            return null;
        }

        var components = new JpegComponent[header[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var entry = header.Slice(HeadBytes + i * ComponentBytes, ComponentBytes);
            var (across, down) = (entry[1] >> 4, entry[1] & 15);
            if (across is 0 or > 4 || down is 0 or > 4)
            {
                return null;
            }

            components[i] = new JpegComponent(entry[0], across, down);
        }

        var frame = new JpegFrame(isProgressive, components);
        frame.Measure(BinaryPrimitives.ReadUInt16BigEndian(header[3..]), BinaryPrimitives.ReadUInt16BigEndian(header[1..]));
        return frame;
    }

    private void Measure(int width, int height)
    {
        var (mostAcross, mostDown) = (Components.Max(component => component.Across), Components.Max(component => component.Down));
        Columns = Ceiling(width, BlockSide * mostAcross);
        Rows = Ceiling(height, BlockSide * mostDown);
        foreach (var component in Components)
        {
            component.Columns = Ceiling(Ceiling(width * component.Across, mostAcross), BlockSide);
            component.Rows = Ceiling(Ceiling(height * component.Down, mostDown), BlockSide);
            component.Stride = Columns * component.Across;
            component.NonZero = IsProgressive ? new ulong[component.Stride * Rows * component.Down] : [];
        }
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
