using System.Runtime.CompilerServices;

namespace Cawb.Coco;

/// <summary>A box as COCO files hold it: top-left corner and size, in pixels of the original image.</summary>
/// <remarks>
/// The four numbers are finite, and nothing else is asked of them: files contain boxes that stick out of their image and boxes of zero or
/// negative size, and the evaluation has a rule for each. <see cref="CocoDataset.Check"/> reports such boxes.
/// The default value is the empty box at the origin, which is valid.
/// </remarks>
public readonly record struct CocoBox
{
    /// <summary>Takes the four numbers in the order of the file's <c>bbox</c>.</summary>
    /// <param name="x">Left edge, pixels.</param>
    /// <param name="y">Top edge, pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <exception cref="ArgumentException">A number is NaN or infinite.</exception>
    public CocoBox(double x, double y, double width, double height)
    {
        X = Finite(x);
        Y = Finite(y);
        Width = Finite(width);
        Height = Finite(height);
    }

    /// <summary>Left edge, pixels.</summary>
    public double X { get; }

    /// <summary>Top edge, pixels.</summary>
    public double Y { get; }

    /// <summary>Pixels; not necessarily positive.</summary>
    public double Width { get; }

    /// <summary>Pixels; not necessarily positive.</summary>
    public double Height { get; }

    /// <summary>Width times height in square pixels, one rounding. Negative if exactly one of the two is.</summary>
    public double Area => Width * Height;

    private static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw new ArgumentException(FormattableString.Invariant($"Must be a finite number of pixels; got {value}."), name);
}
