using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>The style sheet inside a drawn chart, for a light ground and, where the viewer knows the reader's wish, for a dark one.</summary>
internal static class SvgStyle
{
    public const string FontFamily = "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif";

    public static string For(int seriesCount)
    {
        var css = new StringBuilder();
        css.Append(CultureInfo.InvariantCulture, $".cawb text{{font-family:{FontFamily};fill:#1f2328}}");
        css.Append(".cawb .ground{fill:#fff;stroke:#d8dee4}.cawb .grid{stroke:#e6eaef;fill:none}.cawb .axis{stroke:#8a939d;fill:none}");
        css.Append(CultureInfo.InvariantCulture, $".cawb .title{{font-size:{SvgLayout.TitleSize}px;font-weight:600}}.cawb .label{{font-size:{SvgLayout.LabelSize}px}}");
        css.Append(CultureInfo.InvariantCulture, $".cawb .tick text{{font-size:{SvgLayout.TickSize}px;fill:#59636e}}.cawb .note{{font-size:{SvgLayout.MarkerSize}px;fill:#59636e}}");
        css.Append(".cawb .middle{text-anchor:middle}.cawb .end{text-anchor:end}");
        css.Append(".cawb .line{fill:none;stroke-width:2;stroke-linejoin:round}.cawb .strong{stroke-width:4}.cawb .dot{fill:none;stroke-width:5.5;stroke-linecap:round}.cawb .band{stroke:none;fill-opacity:.13}");
        css.Append(".cawb .event{stroke:#8a939d;stroke-width:1;stroke-dasharray:3 3;fill:none}");
        AppendColours(css, seriesCount, ChartPalette.OnLight);
        css.Append("\n@media (prefers-color-scheme:dark){.cawb text{fill:#e6edf3}.cawb .ground{fill:#0d1117;stroke:#30363d}.cawb .grid{stroke:#21262d}");
        css.Append(".cawb .axis{stroke:#7d8590}.cawb .tick text,.cawb .note{fill:#9198a1}.cawb .event{stroke:#7d8590}.cawb .band{fill-opacity:.18}");
        AppendColours(css, seriesCount, ChartPalette.OnDark);
        return css.Append('}').ToString();
    }

    private static void AppendColours(StringBuilder css, int seriesCount, IReadOnlyList<string> colours)
    {
        for (var i = 0; i < seriesCount; i++)
        {
            var colour = colours[i % colours.Count];
            css.Append(CultureInfo.InvariantCulture, $".cawb .s{i}{{stroke:{colour}}}.cawb .f{i}{{fill:{colour}}}");
        }
    }
}
