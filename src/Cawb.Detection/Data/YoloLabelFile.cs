using System.Globalization;

namespace Cawb.Detection.Data;

/// <summary>A label file: a line for each box, <c>class cx cy w h</c>, or a polygon <c>class x1 y1 x2 y2 x3 y3 ...</c>, all but the class normalised.</summary>
internal static class YoloLabelFile
{
    /// <summary>Where the labels of a picture are: the last folder <c>images</c> of its path becomes <c>labels</c>, the extension <c>.txt</c>.</summary>
    internal static string PathOf(string imagePath)
    {
        var sep = Path.DirectorySeparatorChar;
        var at = imagePath.LastIndexOf($"{sep}images{sep}", StringComparison.Ordinal);
        var moved = at < 0 ? imagePath : $"{imagePath[..at]}{sep}labels{sep}{imagePath[(at + 8)..]}";
        return Path.ChangeExtension(moved, ".txt");
    }

    /// <summary>A missing file means a background picture.</summary>
    internal static LabelBox[] Read(string path, ImageHeaders.FileSize size, int classes, ProblemList problems)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var rules = new LabelRules(size.Width, size.Height, problems);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                ReadLine(line, size, classes, path, $"Line {number}", rules, problems);
            }
        }

        return rules.Boxes;
    }

    private static void ReadLine(string line, ImageHeaders.FileSize size, int classes, string path, string place, LabelRules rules, ProblemList problems)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                problems.Add(ProblemKind.BrokenLabel, path, $"{place}: '{words[i]}' is no number. A line is: class cx cy w h.");
                return;
            }
        }

        if (numbers.Length != 5 && (numbers.Length < 7 || numbers.Length % 2 == 0))
        {
            problems.Add(ProblemKind.BrokenLabel, path, $"{place} has {numbers.Length} numbers; a box has 5 (class cx cy w h), a polygon 7 or more in pairs (class x1 y1 x2 y2 x3 y3 ...).");
            return;
        }

        if (numbers[0] != Math.Floor(numbers[0]) || numbers[0] < 0 || numbers[0] >= classes)
        {
            problems.Add(ProblemKind.UnknownClass, path, $"{place} has class {words[0]}; the data set has the classes 0 to {classes - 1}. Correct the line or add the class to `names`.");
            return;
        }

        if (Array.Exists(numbers[1..], value => value is < 0 or > 1))
        {
            problems.Add(ProblemKind.BoxOutside, path, $"{place} ({line.Trim()}) has a coordinate outside 0 to 1; coordinates are shares of the picture's width and height. Correct the line.");
            return;
        }

        var (left, top, right, bottom) = numbers.Length == 5 ? FromCenter(numbers) : AroundPolygon(numbers);
        rules.Add((int)numbers[0], left * size.Width, top * size.Height, right * size.Width, bottom * size.Height, path, place);
    }

    private static (double Left, double Top, double Right, double Bottom) FromCenter(double[] n) =>
        (n[1] - n[3] / 2, n[2] - n[4] / 2, n[1] + n[3] / 2, n[2] + n[4] / 2);

    private static (double Left, double Top, double Right, double Bottom) AroundPolygon(double[] n)
    {
        var (left, top, right, bottom) = (n[1], n[2], n[1], n[2]);
        for (var i = 3; i < n.Length; i += 2)
        {
            (left, right) = (Math.Min(left, n[i]), Math.Max(right, n[i]));
            (top, bottom) = (Math.Min(top, n[i + 1]), Math.Max(bottom, n[i + 1]));
        }

        return (left, top, right, bottom);
    }
}
