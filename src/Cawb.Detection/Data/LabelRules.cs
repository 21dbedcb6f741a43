using System.Globalization;

namespace Cawb.Detection.Data;

/// <summary>What a box must be before training uses it; the same for every format.</summary>
/// <remarks>
/// A box may leave its image by 2 pixels, or by 1 % of the side where that is more, as files rounded by other tools do: it is then cut, with a warning. Beyond that it is an
/// error. Boxes without width or height and exact repetitions are left out, with a warning.
/// </remarks>
internal sealed class LabelRules(int width, int height, ProblemList problems)
{
    private const double RoundingPixels = 2;
    private const double RoundingShare = 0.01;

    private readonly List<LabelBox> boxes = [];
    private readonly HashSet<LabelBox> seen = [];

    internal LabelBox[] Boxes => [.. boxes];

    /// <summary>By how many pixels of a side a box may leave its image.</summary>
    internal static double Rounding(double side) => Math.Max(RoundingPixels, RoundingShare * side);

    /// <param name="classIndex">Checked by the caller.</param>
    /// <param name="left">Pixels, like the others.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="right">Pixels.</param>
    /// <param name="bottom">Pixels.</param>
    /// <param name="file">For messages.</param>
    /// <param name="place">For messages: where in the file, a phrase that starts a sentence.</param>
    /// <param name="isStatedOutside">Whether a number of the file itself lies outside the image, however slightly.</param>
    internal void Add(int classIndex, double left, double top, double right, double bottom, string file, string place, bool isStatedOutside = false)
    {
        if (!(right > left && bottom > top))
        {
            problems.Add(ProblemKind.EmptyBox, file, $"{place} has no width or no height ({Text(left, top, right, bottom)}); training leaves it out.");
            return;
        }

        var beyond = Math.Max(
            Math.Max(-left, right - width) / Rounding(width),
            Math.Max(-top, bottom - height) / Rounding(height));
        if (beyond > 1)
        {
            problems.Add(ProblemKind.BoxOutside, file, $"{place} reaches from {Text(left, top, right, bottom)} and its image has {width} x {height} pixels. Correct the box or take the image out.");
            return;
        }

        if (beyond > 0)
        {
            (left, top, right, bottom) = (Math.Max(left, 0), Math.Max(top, 0), Math.Min(right, width), Math.Min(bottom, height));
            if (!(right > left && bottom > top))
            {
                problems.Add(ProblemKind.EmptyBox, file, $"{place} lies outside its image but for a rounding error; training leaves it out.");
                return;
            }

            // Sums of decimal fractions leave an image by a few millionths of a pixel; nobody wants to hear of those.
            if (beyond > 1e-3 || isStatedOutside)
            {
                problems.Add(ProblemKind.BoxCut, file, $"{place} leaves its image of {width} x {height} pixels slightly and is cut to it.");
            }
        }

        var box = LabelBox.FromCorners(classIndex, left, top, right, bottom, width, height);
        if (seen.Add(box))
        {
            boxes.Add(box);
        }
        else
        {
            problems.Add(ProblemKind.DuplicateBox, file, $"{place} repeats a box of the same class; training takes it once.");
        }
    }

    private static string Text(double left, double top, double right, double bottom) =>
        string.Create(CultureInfo.InvariantCulture, $"({left:0.##}, {top:0.##}) to ({right:0.##}, {bottom:0.##})");
}
