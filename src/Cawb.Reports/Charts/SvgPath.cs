using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>The <c>d</c> attribute of an SVG path, as short as relative moves make it.</summary>
internal static class SvgPath
{
    // Above this many points a tenth of a pixel is fine enough, and the file stays small.
    private const int FinePoints = 1200;

    public static void AppendPolyline(StringBuilder svg, IReadOnlyList<ChartPoint> points) => Append(svg, points, points.Count > FinePoints ? 1 : 2);

    /// <summary>The area between two edges that share their x.</summary>
    public static void AppendArea(StringBuilder svg, IReadOnlyList<ChartPoint> upper, IReadOnlyList<ChartPoint> lower)
    {
        Append(svg, [.. upper, .. lower.Reverse()], upper.Count > FinePoints / 2 ? 1 : 2);
        svg.Append('z');
    }

    private static void Append(StringBuilder svg, IReadOnlyList<ChartPoint> points, int decimals)
    {
        var scale = decimals == 1 ? 10 : 100;
        var (lastX, lastY) = (Round(points[0].X, scale), Round(points[0].Y, scale));
        svg.Append('M');
        AppendNumber(svg, lastX, scale, isFirst: true);
        AppendNumber(svg, lastY, scale, isFirst: false);
        var last = 'M';
        for (var i = 1; i < points.Count; i++)
        {
            var (x, y) = (Round(points[i].X, scale), Round(points[i].Y, scale));
            var (dx, dy) = (x - lastX, y - lastY);
            (lastX, lastY) = (x, y);
            if (dx == 0 && dy == 0)
            {
                continue;
            }
            var command = dx == 0 ? 'v' : dy == 0 ? 'h' : 'l';
            var isFirst = command != last;
            if (isFirst)
            {
                svg.Append(command);
                last = command;
            }
            if (command != 'v')
            {
                AppendNumber(svg, dx, scale, isFirst);
                isFirst = false;
            }
            if (command != 'h')
            {
                AppendNumber(svg, dy, scale, isFirst);
            }
        }
        if (points.Count == 1)
        {
            svg.Append("h0");
        }
    }

    private static long Round(double place, int scale) => (long)Math.Round(place * scale, MidpointRounding.AwayFromZero);

    // Numbers need a space between them only where no sign separates them; the 0 before a decimal point is left out.
    private static void AppendNumber(StringBuilder svg, long scaled, int scale, bool isFirst)
    {
        if (scaled < 0)
        {
            svg.Append('-');
        }
        else if (!isFirst)
        {
            svg.Append(' ');
        }
        var magnitude = Math.Abs(scaled);
        var (whole, fraction) = (magnitude / scale, magnitude % scale);
        if (whole > 0 || fraction == 0)
        {
            svg.Append(whole);
        }
        if (fraction > 0)
        {
            var digits = fraction.ToString(scale == 10 ? "0" : "00", CultureInfo.InvariantCulture).TrimEnd('0');
            svg.Append('.').Append(digits);
        }
    }
}
