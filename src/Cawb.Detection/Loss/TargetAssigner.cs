using System.Numerics;
using Cawb.Detection.Data;
using Cawb.Detection.Model;

namespace Cawb.Detection.Loss;

/// <summary>Decides which anchors of which cells predict which labelled boxes, by shape and place, without overlap tests.</summary>
/// <remarks>
/// An anchor takes a box when none of the four ratios of their sides reaches the limit. Each such pair is trained in the cell that holds the centre and in up to two
/// neighbours nearest to it. All comparisons are strict. The order of the rows decides which of two rows for one cell wins in the objectness target: all own cells, then
/// all left, above, right, below; inside each, anchor by anchor, then label by label. Source: YOLOv5 7.0, which computes in single precision.
/// </remarks>
public static class TargetAssigner
{
    /// <summary>Appends the rows of one level.</summary>
    /// <typeparam name="T">The precision of the arithmetic: that of the maps.</typeparam>
    /// <param name="labels">The labels of the batch.</param>
    /// <param name="anchors">The reference boxes.</param>
    /// <param name="level">0 to 2.</param>
    /// <param name="gridHeight">Rows of the level's map.</param>
    /// <param name="gridWidth">Columns of the level's map.</param>
    /// <param name="maxRatio">The limit on the ratio of sides, 4 in YOLOv5.</param>
    /// <param name="rows">Where the rows go, in the order that decides ties.</param>
    public static void Assign<T>(
        ReadOnlySpan<LabelRow> labels, AnchorSet anchors, int level, int gridHeight, int gridWidth, double maxRatio, ICollection<Assignment> rows)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        T columns = T.CreateChecked(gridWidth), lines = T.CreateChecked(gridHeight), limit = T.CreateChecked(maxRatio);
        for (var slot = 0; slot <= 4; slot++)
        {
            for (var anchor = 0; anchor < AnchorSet.PerLevel; anchor++)
            {
                var (width, height) = anchors.Cells(level, anchor);
                T anchorWidth = T.CreateChecked(width), anchorHeight = T.CreateChecked(height);
                for (var target = 0; target < labels.Length; target++)
                {
                    var label = labels[target];
                    T x = T.CreateChecked(label.CenterX) * columns, y = T.CreateChecked(label.CenterY) * lines;
                    T across = T.CreateChecked(label.Width) * columns, down = T.CreateChecked(label.Height) * lines;
                    if (!Fits(across / anchorWidth, down / anchorHeight, limit) || !Takes(slot, x, y, columns, lines))
                    {
                        continue;
                    }

                    // Truncation towards zero, then into the map.
                    var cellX = Math.Clamp(int.CreateTruncating(slot switch { 1 => x - half, 3 => x + half, _ => x }), 0, gridWidth - 1);
                    var cellY = Math.Clamp(int.CreateTruncating(slot switch { 2 => y - half, 4 => y + half, _ => y }), 0, gridHeight - 1);
                    rows.Add(new Assignment(
                        label.Image,
                        label.Class,
                        anchor,
                        cellY,
                        cellX,
                        slot,
                        target,
                        double.CreateChecked(x - T.CreateChecked(cellX)),
                        double.CreateChecked(y - T.CreateChecked(cellY)),
                        double.CreateChecked(across),
                        double.CreateChecked(down)));
                }
            }
        }
    }

    private static bool Fits<T>(T across, T down, T limit)
        where T : IBinaryFloatingPointIeee754<T> =>
        T.Max(T.Max(across, T.One / across), T.Max(down, T.One / down)) < limit;

    private static bool Takes<T>(int slot, T x, T y, T columns, T lines)
        where T : IBinaryFloatingPointIeee754<T> => slot switch
        {
            1 => IsPastLine(x),
            2 => IsPastLine(y),
            3 => IsPastLine(columns - x),
            4 => IsPastLine(lines - y),
            _ => true,
        };

    /// <summary>Whether a place lies in the first half of its cell, and not in the first cell.</summary>
    private static bool IsPastLine<T>(T place)
        where T : IBinaryFloatingPointIeee754<T> => place % T.One < T.CreateChecked(0.5) && place > T.One;
}
