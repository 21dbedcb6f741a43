using Cawb.Detection.Images;

namespace Cawb.Digits;

/// <summary>Many images on one, doubled in size, with their boxes and classes.</summary>
/// <remarks>Drawn without OpenCV, so that this file too is the same on every machine.</remarks>
internal static class ContactSheet
{
    private const int Columns = 10;
    private const int Rows = 6;
    private const int Zoom = 2;
    private const int Gap = 6;

    // 3 x 5 dots for each digit, rows from the top, the left dot is the highest bit.
    private static readonly int[] Font = [0x7B6F, 0x2C97, 0x73E7, 0x73CF, 0x5BC9, 0x79CF, 0x79EF, 0x7249, 0x7BEF, 0x7BCF];

    internal static int Capacity => Columns * Rows;

    internal static Image Draw(IReadOnlyList<DigitImage> images)
    {
        var cell = DigitComposer.Side * Zoom + Gap;
        var rows = Math.Max(1, (Math.Min(images.Count, Capacity) + Columns - 1) / Columns);
        var sheet = new Image(Columns * cell + Gap, rows * cell + Gap);
        sheet.Pixels.Fill(40);
        for (var i = 0; i < Math.Min(images.Count, Capacity); i++)
        {
            Place(sheet, images[i], Gap + i % Columns * cell, Gap + i / Columns * cell);
        }

        return sheet;
    }

    private static void Place(Image sheet, DigitImage composed, int left, int top)
    {
        var image = composed.Image;
        for (var y = 0; y < image.Height * Zoom; y++)
        {
            var source = image.Row(y / Zoom);
            var target = sheet.Row(top + y);
            for (var x = 0; x < image.Width * Zoom; x++)
            {
                source.Slice(x / Zoom * Image.Channels, Image.Channels).CopyTo(target[((left + x) * Image.Channels)..]);
            }
        }

        foreach (var digit in composed.Digits)
        {
            var box = new PixelBox(digit.Box.Left * Zoom, digit.Box.Top * Zoom, digit.Box.Right * Zoom, digit.Box.Bottom * Zoom).Shifted(left, top).Grown(1);
            Frame(sheet, box);
            Number(sheet, digit.Class, box.Left, Math.Max(box.Top - 11, top));
        }
    }

    private static void Frame(Image sheet, PixelBox box)
    {
        for (var x = box.Left; x < box.Right; x++)
        {
            Dot(sheet, x, box.Top);
            Dot(sheet, x, box.Bottom - 1);
        }

        for (var y = box.Top; y < box.Bottom; y++)
        {
            Dot(sheet, box.Left, y);
            Dot(sheet, box.Right - 1, y);
        }
    }

    private static void Number(Image sheet, int digit, int left, int top)
    {
        for (var y = 0; y < 12; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                var (column, row) = ((x - 1) / 2, (y - 1) / 2);
                var lit = x >= 1 && y >= 1 && column < 3 && row < 5 && ((Font[digit] >> (14 - row * 3 - column)) & 1) == 1;
                var pixel = sheet.Row(top + y).Slice((left + x) * Image.Channels, Image.Channels);
                pixel.Fill(lit ? (byte)0 : (byte)255);
            }
        }
    }

    private static void Dot(Image sheet, int x, int y)
    {
        var pixel = sheet.Row(y).Slice(x * Image.Channels, Image.Channels);
        (pixel[0], pixel[1], pixel[2]) = (80, 255, 80);
    }
}
