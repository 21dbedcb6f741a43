using System.Buffers.Binary;

namespace Cawb.Detection.Tests.Images;

/// <summary>TIFF files (revision 6.0) of uncompressed pixels, one strip to a page.</summary>
internal static class TiffFiles
{
    /// <summary>A file of one page, or of several with the same pixels.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="rgb">width x height x 3 bytes, red first.</param>
    /// <param name="orientation">Tag 274.</param>
    /// <param name="isLittleEndian">The order of bytes.</param>
    /// <param name="isBig">BigTIFF.</param>
    /// <param name="subfileTypes">Tag 254 of each page: 1 for a reduced image.</param>
    public static byte[] Of(int width, int height, byte[] rgb, int orientation = 1, bool isLittleEndian = true, bool isBig = false, params int[] subfileTypes)
    {
        var file = new List<byte>();
        void Number(long value, int bytes)
        {
            Span<byte> number = stackalloc byte[8];
            if (isLittleEndian)
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, value);
                file.AddRange(number[..bytes]);
            }
            else
            {
                BinaryPrimitives.WriteInt64BigEndian(number, value);
                file.AddRange(number[^bytes..]);
            }
        }

        var offset = isBig ? 8 : 4;
        file.AddRange(isLittleEndian ? "II"u8 : "MM"u8);
        Number(isBig ? 43 : 42, 2);
        if (isBig)
        {
            Number(8, 2);
            Number(0, 2);
        }

        var pages = subfileTypes.Length > 0 ? subfileTypes : [0];
        const int Entries = 11;
        var directoryBytes = (isBig ? 8 : 2) + Entries * (isBig ? 20 : 12) + offset;
        var first = file.Count + offset;
        // The bits of the three channels, and then the pixels, follow the directories.
        var bitsAt = first + pages.Length * directoryBytes;
        Number(first, offset);
        for (var page = 0; page < pages.Length; page++)
        {
            Number(Entries, isBig ? 8 : 2);
            void Entry(int tag, int type, long count, long value)
            {
                Number(tag, 2);
                Number(type, 2);
                Number(count, offset);
                var bytes = count > 1 ? offset : type == 3 ? 2 : 4;
                Number(value, bytes);
                file.AddRange(new byte[offset - bytes]);
            }

            Entry(254, 4, 1, pages[page]);
            Entry(256, 3, 1, width);
            Entry(257, 4, 1, height);
            // Three values of two bytes fit into the field of a BigTIFF.
            if (isBig)
            {
                Number(258, 2);
                Number(3, 2);
                Number(3, 8);
                Number(8, 2);
                Number(8, 2);
                Number(8, 2);
                Number(0, 2);
            }
            else
            {
                Entry(258, 3, 3, bitsAt);
            }

            Entry(259, 3, 1, 1);
            Entry(262, 3, 1, 2);
            Entry(273, 4, 1, bitsAt + 6);
            Entry(274, 3, 1, orientation);
            Entry(277, 3, 1, 3);
            Entry(278, 4, 1, height);
            Entry(279, 4, 1, rgb.Length);
            Number(page + 1 < pages.Length ? first + (page + 1) * directoryBytes : 0, offset);
        }

        Number(8, 2);
        Number(8, 2);
        Number(8, 2);
        file.AddRange(rgb);
        return [.. file];
    }
}
