using System.Globalization;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;

namespace Cawb.Cli.Detection;

/// <summary>Cuts found objects out, a folder for each class: <c>crops/CLASS/NAME.jpg</c>.</summary>
/// <param name="folder">Where the folders of the classes come.</param>
/// <param name="names">Of the classes.</param>
internal sealed class CropFolder(string folder, IReadOnlyList<string> names)
{
    // As YOLOv5: a fiftieth larger on each axis, and ten pixels.
    private const float Gain = 1.02f;
    private const float Padding = 10;

    // What no system allows in a name, or takes for a path.
    private static readonly char[] Forbidden = [.. "<>:\"/\\|?*", .. Enumerable.Range(0, 32).Select(code => (char)code)];

    private readonly string[] folders = FoldersOf(names);

    /// <summary>Writes one file for each box; the second of a class and image is NAME-2.jpg.</summary>
    public void Write(Image image, IReadOnlyList<DetectedBox> boxes, string name)
    {
        foreach (var ofClass in boxes.GroupBy(box => box.Class))
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, folders[ofClass.Key])).FullName;
            var number = 0;
            foreach (var box in ofClass)
            {
                number++;
                ImageFile.Write(Path.Combine(place, number == 1 ? $"{name}.jpg" : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}.jpg")), Cut(image, box));
            }
        }
    }

    private static Image Cut(Image image, DetectedBox box)
    {
        var (left, right) = Span(box.Left, box.Right, image.Width);
        var (top, bottom) = Span(box.Top, box.Bottom, image.Height);
        return image.Crop(left, top, right - left, bottom - top);
    }

    private static (int First, int End) Span(float from, float to, int length)
    {
        var (centre, half) = ((from + to) / 2, ((to - from) * Gain + Padding) / 2);
        var first = (int)Math.Clamp(centre - half, 0, length - 1);
        return (first, Math.Max(first + 1, (int)Math.Clamp(centre + half, 0, length)));
    }

    /// <summary>Names as folders; where two classes would share one, the class index stands behind.</summary>
    private static string[] FoldersOf(IReadOnlyList<string> names)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select((name, index) =>
        {
            var plain = string.Concat(name.Select(letter => Forbidden.Contains(letter) ? '_' : letter)).Trim(' ', '.');
            var wanted = plain.Length > 0 ? plain : "class";
            return used.Add(wanted) ? wanted : Numbered(wanted, index, used);
        })];
    }

    private static string Numbered(string name, int index, HashSet<string> used)
    {
        var numbered = string.Create(CultureInfo.InvariantCulture, $"{name}-{index}");
        return used.Add(numbered) ? numbered : Numbered(numbered, index, used);
    }
}
