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
    /// <param name="dataset">The labels.</param>
    public static Drawing Of(DetectionDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        LabelBox[] boxes = [.. dataset.Images.SelectMany(image => image.Boxes)];
        var empty = dataset.Images.Count(image => image.Boxes.Count == 0);
        var title = string.Create(CultureInfo.InvariantCulture, $"Labels of {dataset.Part}: {boxes.Length:N0} instances on {dataset.Images.Count:N0} images{(empty > 0 ? $", {empty:N0} of them background" : "")}");
        return new DrawingGrid(title, columns: 3, [Counts(boxes, ClassLabel.Of(dataset.ClassNames)), Centres(boxes, dataset), Sizes(boxes, dataset)]);
    }

    private static BarChart Counts(LabelBox[] boxes, string[] names)
    {
        var counts = new int[names.Length];
        foreach (var box in boxes)
        {
            counts[box.ClassIndex]++;
        }

        BarRow[] rows = [.. counts.Select((count, index) => new BarRow(names[index], count))];
        if (rows.Length > MostRows)
        {
            // What matters in a long list are its ends.
            BarRow[] ordered = [.. rows.OrderByDescending(row => row.Value)];
            rows = [.. ordered[..(MostRows / 2)], new BarRow(string.Create(CultureInfo.InvariantCulture, $"{rows.Length - MostRows:N0} classes between"), double.NaN), .. ordered[^(MostRows / 2)..]];
        }

        return new BarChart("Instances per class", Width, rows);
    }

    private static HeatMap Centres(LabelBox[] boxes, DetectionDataset dataset)
    {
        var bins = Bins(dataset, 1);
        return Density(
            "Box centres", HeatMapAxis.OfRange("x, fraction of the image width", bins, 0, 1), HeatMapAxis.OfRange("y, fraction of the image height", bins, 0, 1), boxes, box => (box.CenterX, box.CenterY));
    }

    private static HeatMap Sizes(LabelBox[] boxes, DetectionDataset dataset)
    {
        // Small boxes would all lie in one corner of the whole range.
        var (widest, highest) = boxes.Length > 0 ? (boxes.Max(box => box.Width), boxes.Max(box => box.Height)) : (1, 1);
        var most = Math.Min(1, Math.Ceiling(20 * Math.Max(widest, highest)) / 20);
        var bins = Bins(dataset, most);
        return Density(
            "Box sizes", HeatMapAxis.OfRange("width, fraction of the image", bins, 0, most), HeatMapAxis.OfRange("height, fraction of the image", bins, 0, most).FromBottom(), boxes,
            box => (box.Width / most, box.Height / most));
    }

    // Boxes lie on whole pixels: bins that are no whole pixels of small images would show stripes.
    private static int Bins(DetectionDataset dataset, double share)
    {
        var pixels = share * dataset.Images.Select(image => image.Width).Order().ElementAt(dataset.Images.Count / 2);
        return Math.Clamp((int)Math.Round(pixels / Math.Ceiling(pixels / MostBins)), 10, MostBins);
    }

    private static HeatMap Density(string title, HeatMapAxis x, HeatMapAxis y, LabelBox[] boxes, Func<LabelBox, (double X, double Y)> place)
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
