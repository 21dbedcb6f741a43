using System.Globalization;
using Cawb.Coco;
using Cawb.Reports.Drawings;

namespace Cawb.Training.Pictures;

/// <summary>A confusion matrix as YOLOv5 draws it: a column for each true class with the fractions that were predicted as each class, background at both ends.</summary>
public static class ConfusionPicture
{
    private const int MostNumbered = 30;
    private const int LeastWidth = 640;
    private const int MostWidth = 1600;
    private const int CellWidth = 40;
    private const string Background = "background";

    // Rounded to two decimals they would be 0, which an empty cell says better.
    private const double Least = 0.005;

    /// <summary>The picture.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="title">One line above it.</param>
    /// <param name="minScore">The lowest score that it counts.</param>
    public static Drawing Of(CocoConfusionMatrix matrix, string title, double minScore)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var count = matrix.Background + 1;
        string[] names = [.. ClassLabel.Of(matrix.Categories.Select(category => category.Name)), Background];
        double[] sums = [.. Enumerable.Range(0, count).Select(truth => (double)Enumerable.Range(0, count).Sum(found => matrix[truth, found]))];
        return new HeatMap(
            title, Math.Clamp(240 + (count * CellWidth), LeastWidth, MostWidth), HeatMapAxis.OfNames(string.Create(CultureInfo.InvariantCulture, $"true class (IoU 0.50, score {minScore:0.###} or more)"), names),
            HeatMapAxis.OfNames("predicted class", names),
            (found, truth) => sums[truth] > 0 && matrix[truth, found] / sums[truth] is >= Least and var share ? share : 0)
        {
            Maximum = 1,
            NumberFormat = count <= MostNumbered ? "0.00" : "",
        };
    }
}
