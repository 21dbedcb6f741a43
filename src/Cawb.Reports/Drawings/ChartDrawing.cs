using System.Text;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Drawings;

/// <summary>A <see cref="Chart"/> of some size.</summary>
/// <param name="chart">What to show.</param>
/// <param name="size">How large.</param>
public sealed class ChartDrawing(Chart chart, ChartSize size) : Drawing(chart.Title, size.Width, size.Height)
{
    /// <summary>What it shows.</summary>
    public Chart Chart { get; } = chart;

    internal override void Append(StringBuilder svg, string prefix) => SvgChart.Append(svg, Chart, SvgLayout.Of(Chart, new ChartSize(Width, Height)), prefix);
}
