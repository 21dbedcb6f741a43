using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cawb.Detection.Inference;

namespace Cawb.Cli.Detection;

/// <summary>What was found on one image, in the forms in which it is written down.</summary>
/// <param name="Id">In result files.</param>
/// <param name="Path">The image, as it was named.</param>
/// <param name="Name">Of the files that are written for it, without ending; no two images share one.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Boxes">In the image's pixels, best first.</param>
internal sealed record ImageFindings(long Id, string Path, string Name, int Width, int Height, IReadOnlyList<DetectedBox> Boxes)
{
    /// <summary>Such as <c>street.jpg: 640 x 480; car: 2, dog: 1</c>.</summary>
    public string ToLine(IReadOnlyList<string> names)
    {
        var counts = Boxes.GroupBy(box => box.Class).OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{names[group.Key]}: {group.Count()}"));
        return string.Create(CultureInfo.InvariantCulture, $"{Path}: {Width} x {Height}; {(Boxes.Count == 0 ? "nothing found" : string.Join(", ", counts))}");
    }

    /// <summary>The elements of a COCO result file, with the names beside; pixels with three decimals, scores with five.</summary>
    public IEnumerable<JsonObject> ToResults(IReadOnlyList<string> names) => Boxes.Select(box => new JsonObject
    {
        ["image_id"] = Id,
        ["file_name"] = Path,
        ["category_id"] = box.Class,
        ["category_name"] = names[box.Class],
        ["bbox"] = new JsonArray(Rounded(box.Left, 3), Rounded(box.Top, 3), Rounded((double)box.Right - box.Left, 3), Rounded((double)box.Bottom - box.Top, 3)),
        ["score"] = Rounded(box.Score, 5),
    });

    /// <summary>A line for each box as YOLO writes labels, with the confidence behind: class, centre x, centre y, width, height (fractions of the image), score.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var box in Boxes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{box.Class} {(box.Left + box.Right) / 2 / Width:0.######} {(box.Top + box.Bottom) / 2 / Height:0.######} {(box.Right - box.Left) / Width:0.######} {(box.Bottom - box.Top) / Height:0.######} {box.Score:0.######}\n");
        }

        return text.ToString();
    }

    private static double Rounded(double value, int decimals) => Math.Round(value, decimals);
}
