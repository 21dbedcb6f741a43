using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Reports.Drawings;

namespace Cawb.Training.Pictures;

/// <summary>The labels of a part of a data set: instances per class, where boxes lie, how large they are.</summary>
public static class LabelsPicture
{
    private const int MostBins = 50;
    private const double Rounding = 1e-9;
    private const int MostRows = 60;
    private const int Width = 440;

    /// <summary>The picture.</summary>
    /// <param name="part">The labels.</param>
    public static Drawing Of(PartStatistics part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var title = string.Create(CultureInfo.InvariantCulture, $"Labels of {part.Part}: {part.Instances:N0} instances on {part.Images:N0} images{(part.Backgrounds > 0 ? $", {part.Backgrounds:N0} of them background" : "")}");
        return new DrawingGrid(title, columns: 3, [Counts(part.Classes), Centres(part), Sizes(part)]);
    }

    private static BarChart Counts(IReadOnlyList<ClassCount> classes)
    {
        BarRow[] rows = [.. ClassLabel.Of(classes.Select(one => one.Name)).Zip(classes, (name, one) => new BarRow(name, one.Instances))];
        if (rows.Length > MostRows)
        {
            // What matters in a long list are its ends.
            BarRow[] ordered = [.. rows.OrderByDescending(row => row.Value)];
            rows = [.. ordered[..(MostRows / 2)], new BarRow(string.Create(CultureInfo.InvariantCulture, $"{rows.Length - MostRows:N0} classes between"), double.NaN), .. ordered[^(MostRows / 2)..]];
        }

        return new BarChart("Instances per class", Width, rows);
    }

    private static HeatMap Centres(PartStatistics part)
    {
        var bins = Bins(part, 1);
        return Density(
            "Box centres", HeatMapAxis.OfRange("x, fraction of the image width", bins, 0, 1), HeatMapAxis.OfRange("y, fraction of the image height", bins, 0, 1), part.Boxes, box => (box.CenterX, box.CenterY));
    }

    private static HeatMap Sizes(PartStatistics part)
    {
        // Small boxes would all lie in one corner of the whole range.
        var (widest, highest) = part.Instances > 0 ? (part.Boxes.Max(box => box.Width), part.Boxes.Max(box => box.Height)) : (1, 1);
        var most = Math.Min(1, Math.Ceiling(20 * Math.Max(widest, highest)) / 20);
        var bins = Bins(part, most);
        return Density(
            "Box sizes", HeatMapAxis.OfRange("width, fraction of the image", bins, 0, most), HeatMapAxis.OfRange("height, fraction of the image", bins, 0, most).FromBottom(), part.Boxes,
            box => (box.Width / most, box.Height / most));
    }

    // Boxes lie on whole pixels: bins that are no whole pixels of small images would show stripes.
    private static int Bins(PartStatistics part, double share)
    {
        var pixels = share * part.MedianWidth;
        return Math.Clamp((int)Math.Round(pixels / Math.Ceiling(pixels / MostBins)), 10, MostBins);
    }

    private static HeatMap Density(string title, HeatMapAxis x, HeatMapAxis y, IReadOnlyList<LabelBox> boxes, Func<LabelBox, (double X, double Y)> place)
    {
        var bins = x.Count;
        var counts = new int[bins * bins];
        foreach (var (column, row) in boxes.Select(place).Select(at => (Bin(at.X), Bin(at.Y))))
        {
            counts[(row * bins) + column]++;
        }

        return new HeatMap(title, Width, x, y, (row, column) => counts[(row * bins) + column]) { IsRoot = true };

        int Bin(double share) => Math.Clamp((int)((share * bins) + Rounding), 0, bins - 1);
    }
}
