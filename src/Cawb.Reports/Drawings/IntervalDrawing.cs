using System.Text;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Drawings;

/// <summary>An <see cref="IntervalChart"/> of some width; its height follows from the number of rows.</summary>
/// <param name="chart">What to show.</param>
/// <param name="width">320 to 4000 CSS pixels.</param>
public sealed class IntervalDrawing(IntervalChart chart, int width) : Drawing(chart.Title, width, chart.HeightAt(width))
{
    /// <summary>What it shows.</summary>
    public IntervalChart Chart { get; } = chart;

    internal override void Append(StringBuilder svg, string prefix) => Chart.Append(svg, Width, prefix);
}
