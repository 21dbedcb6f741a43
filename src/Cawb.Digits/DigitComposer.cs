using Cawb.Detection.Data;
using Cawb.Detection.Images;

namespace Cawb.Digits;

/// <summary>Composes one image: background, distractors, one to five digits.</summary>
internal static class DigitComposer
{
    /// <summary>Pixels on a side of every image.</summary>
    internal const int Side = 96;

    internal const int MaxDigits = 5;
    internal const int MinLongSide = 18;
    internal const int MaxLongSide = 44;
    internal const double MaxRadians = 12 * 3.14159265358979 / 180;

    /// <summary>The greatest share of the smaller of two boxes that the other may cover.</summary>
    internal const double MaxOverlap = 0.2;

    /// <summary>The least difference in luminance (0 to 255) between a digit and every pixel of its box and of a margin around it, before it was painted.</summary>
    internal const double MinContrast = 60;

    /// <summary>How far around a digit the contrast is asked for, so that neighbours that touch do not run into one another; pixels.</summary>
    internal const int ContrastMargin = 4;

    internal const double GrainAmplitude = 5;
    internal const int DistractorDistance = 3;
    private const int MaxDistractors = 4;
    private const double MinDistractorContrast = 25;
    private const int TriesPerDigit = 60;
    private const int TriesPerColour = 16;

    /// <param name="glyphs">Where the digits come from.</param>
    /// <param name="draws">Of this image alone.</param>
    internal static DigitImage Compose(DigitGlyphs glyphs, DrawSequence draws)
    {
        while (true)
        {
            var canvas = new Canvas(Side);
            SmoothNoise.Fill(canvas, ref draws);
            var wanted = 1 + draws.Below(MaxDigits);
            var digits = new List<PlacedDigit>();
            for (var tried = 0; digits.Count < wanted && tried < TriesPerDigit * wanted; tried++)
            {
                TryPlace(canvas, glyphs, digits, ref draws);
            }

            // Backgrounds in which not even one digit stands out, or for which the wanted number found no room, are drawn anew.
            if (digits.Count < wanted)
            {
                continue;
            }

            var distractors = PlaceDistractors(canvas, digits, ref draws);
            SmoothNoise.AddGrain(canvas, GrainAmplitude, ref draws);
            return new DigitImage(canvas.ToImage(), digits, distractors);
        }
    }

    private static void TryPlace(Canvas canvas, DigitGlyphs glyphs, List<PlacedDigit> digits, ref DrawSequence draws)
    {
        var index = draws.Below(glyphs.Count);
        var glyph = GlyphRenderer.Render(
            glyphs.Pixels(index), draws.Between(MinLongSide, MaxLongSide), draws.Between(-MaxRadians, MaxRadians), draws.Unit(), draws.Unit());
        if (glyph.InkBox.LongSide is < MinLongSide or > MaxLongSide)
        {
            return;
        }

        var touched = glyph.TouchedBox;
        var x = draws.Below(Side - touched.Width + 1) - touched.Left;
        var y = draws.Below(Side - touched.Height + 1) - touched.Top;
        var box = glyph.InkBox.Shifted(x, y);
        if (digits.Exists(other => box.OverlapOfSmaller(other.Box) > MaxOverlap))
        {
            return;
        }

        Span<double> colour = stackalloc double[Image.Channels];
        if (!TryColour(canvas, touched.Shifted(x, y).Grown(ContrastMargin), MinContrast, colour, out var contrast, ref draws))
        {
            return;
        }

        for (var row = touched.Top; row < touched.Bottom; row++)
        {
            for (var column = touched.Left; column < touched.Right; column++)
            {
                canvas.Paint(column + x, row + y, colour, glyph.Alpha[row * glyph.Side + column]);
            }
        }

        digits.Add(new PlacedDigit(glyphs.Label(index), box, contrast));
    }

    private static List<PixelBox> PlaceDistractors(Canvas canvas, List<PlacedDigit> digits, ref DrawSequence draws)
    {
        var boxes = new List<PixelBox>();
        var wanted = draws.Below(MaxDistractors + 1);
        Span<double> colour = stackalloc double[Image.Channels];
        for (var tried = 0; boxes.Count < wanted && tried < 12 * MaxDistractors; tried++)
        {
            var distractor = Distractor.Draw(Side, ref draws);
            var apart = distractor.Box.Grown(DistractorDistance);
            if (distractor.Box.Area == 0 || !distractor.Box.Inside(Side) || digits.Exists(digit => apart.IntersectionArea(digit.Box) > 0)
                || boxes.Exists(other => apart.IntersectionArea(other) > 0)
                || !TryColour(canvas, distractor.Box, MinDistractorContrast, colour, out _, ref draws))
            {
                continue;
            }

            distractor.Paint(canvas, colour);
            boxes.Add(distractor.Box);
        }

        return boxes;
    }

    private static bool TryColour(Canvas canvas, PixelBox box, double minContrast, Span<double> colour, out double contrast, ref DrawSequence draws)
    {
        for (var tried = 0; tried < TriesPerColour; tried++)
        {
            for (var c = 0; c < Image.Channels; c++)
            {
                colour[c] = draws.Between(5, 250);
            }

            contrast = ContrastAgainst(canvas, box, Canvas.Luminance(colour), minContrast);
            if (contrast >= minContrast)
            {
                return true;
            }
        }

        contrast = 0;
        return false;
    }

    // Exact where it is at least `enough`; below that the first pixel that falls short ends the search.
    private static double ContrastAgainst(Canvas canvas, PixelBox box, double luminance, double enough)
    {
        var least = double.MaxValue;
        for (var y = Math.Max(0, box.Top); least >= enough && y < Math.Min(Side, box.Bottom); y++)
        {
            for (var x = Math.Max(0, box.Left); x < Math.Min(Side, box.Right); x++)
            {
                least = Math.Min(least, Math.Abs(Canvas.Luminance(canvas[x, y]) - luminance));
            }
        }

        return least;
    }
}
