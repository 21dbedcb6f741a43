using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Images;

namespace LoaderSpeed;

/// <summary>One image: noise of four scales in colour, a little grain, and on it three to eight shapes.</summary>
internal sealed class PhotoPainter(Draws draws, int width, int height)
{
    private const int Kinds = 3;
    private static readonly (int Cell, double Weight)[] Scales = [(160, 0.45), (40, 0.3), (10, 0.18), (3, 0.07)];

    private ulong _position;

    public Image Picture { get; } = new(width, height);

    /// <summary>Paints and gives the boxes of the shapes; shape j is of kind j mod 3.</summary>
    public List<CocoBox> Paint()
    {
        PaintNoise();
        var boxes = new List<CocoBox>();
        for (var left = 3 + draws.Below(_position++, 6); left > 0; left--)
        {
            boxes.Add(PaintShape(boxes.Count % Kinds));
        }

        PaintGrain();
        return boxes;
    }

    private void PaintNoise()
    {
        var sums = new double[Picture.Pixels.Length];
        foreach (var (cell, weight) in Scales)
        {
            var coarse = new Image(width / cell + 2, height / cell + 2);
            foreach (ref var value in coarse.Pixels)
            {
                value = (byte)draws.Below(_position++, 256);
            }

            var fine = Resampling.Resize(coarse, width, height, PixelInterpolation.Bilinear);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += weight * fine.Pixels[i];
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            Picture.Pixels[i] = (byte)sums[i];
        }
    }

    private CocoBox PaintShape(int kind)
    {
        int boxWidth = 24 + draws.Below(_position++, width / 2), boxHeight = 24 + draws.Below(_position++, height / 2);
        int left = draws.Below(_position++, width - boxWidth), top = draws.Below(_position++, height - boxHeight);
        var colour = draws.Bits(_position++);
        for (var y = 0; y < boxHeight; y++)
        {
            for (var x = 0; x < boxWidth; x++)
            {
                if (IsPainted(kind, x, y, boxWidth, boxHeight))
                {
                    var at = ((top + y) * width + left + x) * Image.Channels;
                    for (var channel = 0; channel < Image.Channels; channel++)
                    {
                        // Half the colour, half of what is below: a shape with the texture of its ground.
                        Picture.Pixels[at + channel] = (byte)((Picture.Pixels[at + channel] + (byte)(colour >> (8 * channel))) / 2);
                    }
                }
            }
        }

        return new CocoBox(left, top, boxWidth, boxHeight);
    }

    private static bool IsPainted(int kind, int x, int y, int boxWidth, int boxHeight)
    {
        var (acrossX, acrossY) = ((2.0 * x + 1) / boxWidth - 1, (2.0 * y + 1) / boxHeight - 1);
        return kind switch
        {
            0 => true,
            1 => acrossX * acrossX + acrossY * acrossY <= 1,
            _ => (x + y) / 12 % 2 == 0,
        };
    }

    private void PaintGrain()
    {
        foreach (ref var value in Picture.Pixels)
        {
            value = (byte)Math.Clamp(value + draws.Below(_position++, 17) - 8, 0, 255);
        }
    }
}
