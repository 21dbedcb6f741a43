using Cawb.Detection.Data;

namespace Cawb.Digits;

/// <summary>A small mark that is no digit: a dot, a short lying line, or a shallow arc.</summary>
/// <remarks>
/// At most 13 pixels long and 2 thick, while digits have 18 pixels and more; lines lie within about 30 degrees of the horizontal, so that none reads
/// as a one; arcs span less than a third of a circle, so that none reads as a zero or as the bow of another digit.
/// </remarks>
internal sealed class Distractor
{
    // No part of a mark is farther than this from its centre, pixels.
    private const int Reach = 10;

    private readonly double centreX;
    private readonly double centreY;
    private readonly double radius;
    private readonly double halfLength;
    private readonly double halfThickness;
    private readonly double directionX;
    private readonly double directionY;
    private readonly double minCosine;
    private readonly Kind kind;

    private Distractor(int side, ref DrawSequence draws)
    {
        kind = (Kind)draws.Below(3);
        halfThickness = draws.Between(0.5, 1.0);
        halfLength = draws.Between(2.5, 5.0);
        radius = kind == Kind.Dot ? draws.Between(0.7, 1.6) : draws.Between(4.5, 7.0);
        centreX = draws.Between(0, side);
        centreY = draws.Between(0, side);
        (directionX, directionY) = kind == Kind.Line ? Normalised(1, draws.Between(-0.58, 0.58)) : Direction(ref draws);
        // Half the span of an arc: 35 to 55 degrees.
        minCosine = draws.Between(0.574, 0.819);
        Box = Bounds();
    }

    private enum Kind
    {
        Dot,
        Line,
        Arc,
    }

    /// <summary>Tight around the pixels it touches; reaches outside where the mark does.</summary>
    internal PixelBox Box { get; }

    internal static Distractor Draw(int side, ref DrawSequence draws) => new(side, ref draws);

    internal void Paint(Canvas canvas, ReadOnlySpan<double> colour)
    {
        for (var y = Box.Top; y < Box.Bottom; y++)
        {
            for (var x = Box.Left; x < Box.Right; x++)
            {
                canvas.Paint(x, y, colour, Alpha(x + 0.5, y + 0.5));
            }
        }
    }

    private PixelBox Bounds()
    {
        int left = int.MaxValue, top = int.MaxValue, right = int.MinValue, bottom = int.MinValue;
        for (var y = (int)centreY - Reach; y <= (int)centreY + Reach; y++)
        {
            for (var x = (int)centreX - Reach; x <= (int)centreX + Reach; x++)
            {
                if (Alpha(x + 0.5, y + 0.5) > 0)
                {
                    (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
                    (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y + 1));
                }
            }
        }

        return left > right ? default : new PixelBox(left, top, right, bottom);
    }

    private double Alpha(double x, double y)
    {
        var dx = x - centreX;
        var dy = y - centreY;
        var fromCentre = Math.Sqrt(dx * dx + dy * dy);
        if (kind == Kind.Dot)
        {
            return Cover(fromCentre - radius);
        }

        if (kind == Kind.Arc)
        {
            var along = dx * directionX + dy * directionY;
            return along >= fromCentre * minCosine ? Cover(Math.Abs(fromCentre - radius) - halfThickness) : 0;
        }

        var t = Math.Clamp(dx * directionX + dy * directionY, -halfLength, halfLength);
        var awayX = dx - t * directionX;
        var awayY = dy - t * directionY;
        return Cover(Math.Sqrt(awayX * awayX + awayY * awayY) - halfThickness);
    }

    private static double Cover(double outside) => Math.Clamp(0.5 - outside, 0, 1);

    private static (double X, double Y) Normalised(double x, double y)
    {
        var length = Math.Sqrt(x * x + y * y);
        return (x / length, y / length);
    }

    // Uniform on the circle by rejection: no trigonometry, whose last bit differs between machines.
    private static (double X, double Y) Direction(ref DrawSequence draws)
    {
        while (true)
        {
            var x = draws.Between(-1, 1);
            var y = draws.Between(-1, 1);
            if (x * x + y * y is > 0.01 and <= 1)
            {
                return Normalised(x, y);
            }
        }
    }
}
