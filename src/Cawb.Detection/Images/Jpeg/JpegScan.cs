namespace Cawb.Detection.Images.Jpeg;

/// <summary>What a scan header says (ITU-T T.81, B.2.3), and the walk over the blocks that the scan has.</summary>
internal sealed class JpegScan
{
    private readonly JpegFrame frame;
    private readonly JpegComponent[] components;
    private readonly JpegHuffmanTable?[] constants;
    private readonly JpegHuffmanTable?[] others;
    private JpegBlocks blocks;

    private JpegScan(JpegFrame frame, int count, JpegBlocks blocks)
    {
        this.frame = frame;
        this.blocks = blocks;
        components = new JpegComponent[count];
        constants = new JpegHuffmanTable?[count];
        others = new JpegHuffmanTable?[count];
    }

    /// <summary>A unit is what restart markers count: of a scan of one colour a block, else some blocks of each colour.</summary>
    internal int Units => components.Length > 1 ? frame.Columns * frame.Rows : components[0].Columns * components[0].Rows;

    /// <summary>Null when it is none, or none that may come here.</summary>
    /// <param name="header">Without marker and length.</param>
    /// <param name="frame">What the scan belongs to.</param>
    /// <param name="tables">Four for constant parts, then four for the others.</param>
    internal static JpegScan? Read(ReadOnlySpan<byte> header, JpegFrame frame, ReadOnlySpan<JpegHuffmanTable?> tables)
    {
        if (header.IsEmpty || header[0] is 0 or > 4 || header.Length != 4 + 2 * header[0])
        {
            return null;
        }

        int first = header[^3], last = header[^2], bitsBefore = header[^1] >> 4, bitsToCome = header[^1] & 15;
        var isRange = frame.IsProgressive ? last <= 63 && (first == 0 ? last == 0 : first <= last && header[0] == 1) : (first, last, header[^1]) == (0, 63, 0);
        if (!isRange)
        {
            return null;
        }

        var scan = new JpegScan(frame, header[0], new JpegBlocks(first, last, bitsBefore > 0));
        for (var i = 0; i < scan.components.Length; i++)
        {
            var (id, places) = (header[1 + 2 * i], header[2 + 2 * i]);
            if (Array.Find(frame.Components, component => component.Id == id) is not { } component || (places & 0xCC) != 0
                || (frame.IsProgressive && !component.Expect(first, last, bitsBefore, bitsToCome)))
            {
                return null;
            }

            (scan.components[i], scan.constants[i], scan.others[i]) = (component, tables[places >> 4], tables[4 + (places & 15)]);
        }

        return scan;
    }

    /// <summary>Walks over units after the start or a restart; false when they are not all there.</summary>
    internal bool Walk(ref JpegBits bits, int firstUnit, int count)
    {
        blocks.Reset();
        for (var unit = firstUnit; unit < firstUnit + count; unit++)
        {
            if (!Walk(ref bits, unit) || bits.IsExhausted)
            {
                return false;
            }
        }

        return true;
    }

    private bool Walk(ref JpegBits bits, int unit)
    {
        if (components.Length == 1)
        {
            return Block(ref bits, 0, unit / components[0].Columns, unit % components[0].Columns);
        }

        var (row, column) = Math.DivRem(unit, frame.Columns);
        for (var i = 0; i < components.Length; i++)
        {
            var (across, down) = (components[i].Across, components[i].Down);
            for (var block = 0; block < across * down; block++)
            {
                if (!Block(ref bits, i, row * down + block / across, column * across + block % across))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Block(ref JpegBits bits, int component, int row, int column) => frame.IsProgressive
        ? blocks.Progressive(ref bits, constants[component], others[component], ref components[component].NonZero[row * components[component].Stride + column])
        : JpegBlocks.Whole(ref bits, constants[component], others[component]);
}
