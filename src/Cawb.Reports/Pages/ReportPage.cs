using System.Globalization;
using System.Text;
using Cawb.Reports.Charts;
using Cawb.Reports.Drawings;
using Cawb.Reports.Tables;

namespace Cawb.Reports.Pages;

/// <summary>A page of headings, paragraphs, tables and pictures that comes out as Markdown beside picture files, or as one HTML file with everything inside.</summary>
public sealed class ReportPage
{
    private readonly List<Block> blocks = [];

    /// <summary>Pictures by file name, for the folder of the Markdown page.</summary>
    public IEnumerable<(string FileName, string Svg)> Pictures => blocks.OfType<Picture>().Select(p => (p.FileName, p.Svg()));

    /// <summary>Adds a heading.</summary>
    public void AddHeading(int level, string text) => blocks.Add(new Heading(level, text));

    /// <summary>Adds a paragraph.</summary>
    public void AddParagraph(string text) => blocks.Add(new Paragraph(text));

    /// <summary>Adds a table.</summary>
    public void AddTable(TextTable table) => blocks.Add(new Table(table));

    /// <summary>One line of a command.</summary>
    public void AddCode(string line) => blocks.Add(new Code(line));

    /// <summary>Adds a chart, whose picture beside the Markdown has that name.</summary>
    /// <param name="fileName">Such as <c>ap.svg</c>.</param>
    /// <param name="chart">Null for one that has nothing to show, which is left out.</param>
    public void AddChart(string fileName, Chart? chart)
    {
        if (chart is not null)
        {
            blocks.Add(new Picture(fileName, chart.Title, () => SvgChart.Render(chart, ChartSize.Readme), (html, id) => HtmlChart.AppendFigure(html, chart, ChartSize.Readme, id)));
        }
    }

    /// <summary>Adds a chart of intervals likewise.</summary>
    public void AddChart(string fileName, IntervalChart chart) => blocks.Add(new Picture(fileName, chart.Title, () => chart.RenderSvg(ChartSize.Readme.Width), (html, id) =>
    {
        html.Append("<figure>\n");
        chart.Append(html, ChartSize.Readme.Width, id);
        html.Append("\n</figure>\n");
    }));

    /// <summary>Adds a drawing, whose picture beside the Markdown has that name.</summary>
    public void AddDrawing(string fileName, Drawing drawing) => blocks.Add(new Picture(fileName, drawing.Title, drawing.ToSvg, (html, id) =>
    {
        html.Append("<figure>\n");
        drawing.Append(html, id);
        html.Append("\n</figure>\n");
    }));

    /// <summary>Adds charts that the HTML page shows with the values under the pointer, and the Markdown as one picture that lies beside it.</summary>
    /// <param name="fileName">Of that picture; empty where there is none.</param>
    /// <param name="alternative">What it shows, in words.</param>
    /// <param name="charts">In the order of reading, beside each other where there is room.</param>
    /// <param name="size">Of each.</param>
    public void AddLiveCharts(string fileName, string alternative, IEnumerable<Chart> charts, ChartSize size) => blocks.Add(new LiveCharts(fileName, alternative, [.. charts], size));

    /// <summary>Adds pictures that lie beside the page as files, for the HTML page too.</summary>
    /// <param name="files">Each in the folder of the page, and what it shows, in words; beside each other where there is room.</param>
    public void AddFiles(IEnumerable<(string FileName, string Alternative)> files) => blocks.Add(new PictureFiles([.. files]));

    /// <summary>The page for people who read files.</summary>
    public string ToMarkdown() => ToMarkdown(picture => picture);

    /// <summary>The page for people who read files.</summary>
    /// <param name="nameOf">The name under which a picture lies beside the page.</param>
    public string ToMarkdown(Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        var page = new StringBuilder();
        foreach (var block in blocks)
        {
            page.Append(block switch
            {
                Heading heading => $"{new string('#', heading.Level)} {heading.Text}\n\n",
                Paragraph paragraph => $"{paragraph.Text}\n\n",
                Table table => $"{table.Content.ToMarkdown()}\n",
                Code code => $"`{code.Line}`\n\n",
                Picture picture => $"![{picture.Alternative}]({nameOf(picture.FileName)})\n\n",
                LiveCharts { FileName.Length: > 0 } live => $"![{live.Alternative}]({nameOf(live.FileName)})\n\n",
                PictureFiles all => string.Concat(all.Files.Select(file => $"![{file.Alternative}]({nameOf(file.FileName)})\n\n")),
                _ => "",
            });
        }
        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The page on its own, pictures inside.</summary>
    public string ToHtml(string title)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{ChartText.Escape(title)}</title>\n<style>{HtmlChart.Css}\n{Css}</style>\n</head>\n<body>\n");
        var number = 0;
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading:
                    html.Append(CultureInfo.InvariantCulture, $"<h{heading.Level}>{ChartText.Escape(heading.Text)}</h{heading.Level}>\n");
                    break;
                case Paragraph paragraph:
                    html.Append(CultureInfo.InvariantCulture, $"<p>{ChartText.Escape(paragraph.Text)}</p>\n");
                    break;
                case Table table:
                    AppendTable(html, table.Content);
                    break;
                case Code code:
                    html.Append(CultureInfo.InvariantCulture, $"<pre>{ChartText.Escape(code.Line)}</pre>\n");
                    break;
                case Picture picture:
                    picture.AppendHtml(html, string.Create(CultureInfo.InvariantCulture, $"p{++number}"));
                    break;
                case LiveCharts live:
                    html.Append("<div class=\"grid\">\n");
                    foreach (var chart in live.Charts)
                    {
                        HtmlChart.AppendFigure(html, chart, live.Size, string.Create(CultureInfo.InvariantCulture, $"p{++number}"));
                    }
                    html.Append("</div>\n");
                    break;
                case PictureFiles all:
                    html.Append("<div class=\"grid\">\n");
                    foreach (var (file, alternative) in all.Files.Select(one => (ChartText.Escape(one.FileName), ChartText.Escape(one.Alternative))))
                    {
                        html.Append(CultureInfo.InvariantCulture, $"<figure><a href=\"{file}\"><img src=\"{file}\" alt=\"{alternative}\" loading=\"lazy\"></a><figcaption>{alternative}</figcaption></figure>\n");
                    }
                    html.Append("</div>\n");
                    break;
            }
        }
        html.Append(CultureInfo.InvariantCulture, $"<script>{HtmlChart.Script}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private const string Css = "h1{font-size:1.7em}h2{font-size:1.3em;margin-top:2em}figure{margin:0 0 20px}figure>svg{display:block;width:100%;height:auto}figure img{display:block;max-width:100%;height:auto}.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(440px,100%),1fr));gap:0 20px}figcaption{font-size:.88em;color:#59636e}"
        + ".wide{overflow-x:auto}table{border-collapse:collapse;margin:0 0 20px;font-size:.92em}th,td{padding:4px 10px;border-bottom:1px solid #d8dee488;text-align:right;white-space:nowrap}"
        + "th.left,td.left{text-align:left;white-space:normal}pre{overflow-x:auto;padding:10px;border:1px solid #d8dee488;border-radius:6px;font-size:.85em}";

    private static void AppendTable(StringBuilder html, TextTable table)
    {
        html.Append("<div class=\"wide\"><table>\n<thead><tr>");
        for (var i = 0; i < table.Heads.Count; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th{Class(table, i)}>{ChartText.Escape(table.Heads[i])}</th>");
        }
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td{Class(table, i)}>{ChartText.Escape(row[i])}</td>");
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }

    private static string Class(TextTable table, int column) => table.IsLeft(column) ? " class=\"left\"" : "";

    private abstract record Block;

    private sealed record Heading(int Level, string Text) : Block;

    private sealed record Paragraph(string Text) : Block;

    private sealed record Table(TextTable Content) : Block;

    private sealed record Code(string Line) : Block;

    private sealed record LiveCharts(string FileName, string Alternative, IReadOnlyList<Chart> Charts, ChartSize Size) : Block;

    private sealed record PictureFiles(IReadOnlyList<(string FileName, string Alternative)> Files) : Block;

    private sealed record Picture(string FileName, string Alternative, Func<string> Svg, Action<StringBuilder, string> AppendHtml) : Block;
}
