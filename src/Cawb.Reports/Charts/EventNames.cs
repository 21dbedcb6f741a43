namespace Cawb.Reports.Charts;

/// <summary>Finds room for the names of events in a few rows beside a plot.</summary>
internal static class EventNames
{
    private const double Gap = 8;

    /// <summary>The events in the axis's range whose names find room, each with the place of its middle and its row from 0.</summary>
    /// <param name="markers">In the order of their place; those without a name are passed over.</param>
    /// <param name="x">Of the plot.</param>
    /// <param name="left">Of the room.</param>
    /// <param name="right">Of the room.</param>
    /// <param name="rows">Most of them.</param>
    /// <param name="textSize">Pixels.</param>
    /// <param name="padding">On either side of a name.</param>
    public static List<(ChartMarker Marker, double X, int Row)> Place(IReadOnlyList<ChartMarker> markers, AxisMap x, double left, double right, int rows, double textSize, double padding)
    {
        var rowEnds = new List<double>();
        var placed = new List<(ChartMarker Marker, double X, int Row)>();
        foreach (var marker in markers.Where(m => m.Label.Length > 0 && m.X >= x.Ticks.Minimum && m.X <= x.Ticks.Maximum))
        {
            var half = ChartText.Width(marker.Label, textSize) / 2 + padding;
            var place = Math.Clamp(x.At(marker.X), left + half, Math.Max(left + half, right - half));
            var row = rowEnds.FindIndex(end => place - half > end + Gap);
            if (row < 0 && rowEnds.Count < rows)
            {
                row = rowEnds.Count;
                rowEnds.Add(0);
            }
            if (row >= 0)
            {
                rowEnds[row] = place + half;
                placed.Add((marker, place, row));
            }
        }
        return placed;
    }
}
