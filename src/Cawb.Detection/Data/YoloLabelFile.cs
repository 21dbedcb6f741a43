using System.Globalization;

namespace Cawb.Detection.Data;

/// <summary>A label file: a line for each box, <c>class cx cy w h</c>, or a polygon <c>class x1 y1 x2 y2 x3 y3 ...</c>, all but the class normalised.</summary>
internal static class YoloLabelFile
{
    // Some 300,000 boxes.
    private const int MostBytes = 16 << 20;

    private static readonly string[] Endings = [".txt", ".TXT", ".Txt"];

    /// <summary>Where the labels of an image are: the last folder <c>images</c> of its path becomes <c>labels</c>, the extension <c>.txt</c>, in capitals where such a file is there.</summary>
    internal static string PathOf(string imagePath)
    {
        var bare = Path.ChangeExtension(Moved(imagePath), null);
        return bare + (Array.Find(Endings, ending => File.Exists(bare + ending)) ?? Endings[0]);
    }

    /// <summary>Where a folder of images or one of them has its labels.</summary>
    internal static string Moved(string path)
    {
        var sep = Path.DirectorySeparatorChar;
        var at = $"{path}{sep}".LastIndexOf($"{sep}images{sep}", StringComparison.Ordinal);
        return at < 0 ? path : Path.Join(path[..at], $"labels{sep}", path[Math.Min(at + 8, path.Length)..]).TrimEnd(sep);
    }

    /// <summary>A missing file means a background image.</summary>
    internal static LabelBox[] Read(string path, ImageHeaders.FileSize size, int classes, ProblemList problems)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        string[] lines;
        try
        {
            lines = TextFile.Read(path, MostBytes).Split('\n');
        }
        catch (DatasetException e)
        {
            problems.Add(ProblemKind.BrokenLabel, path, e.Problem);
            return [];
        }

        var rules = new LabelRules(size.Width, size.Height, problems);
        var number = 0;
        foreach (var line in lines)
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
                problems.Add(ProblemKind.BrokenLabel, path, $"{place}: '{Clipped(words[i])}' is no number. A line is: class cx cy w h.");
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
            problems.Add(ProblemKind.UnknownClass, path, $"{place} has class {Clipped(words[0])}; the data set has the classes 0 to {classes - 1}. Correct the line or add the class to `names`.");
            return;
        }

        // Tools round: what leaves 0 to 1 by as little as a box may leave its image is judged by the box.
        var isOutside = false;
        for (var i = 1; i < numbers.Length; i++)
        {
            var side = i % 2 == 1 ? size.Width : size.Height;
            var beyond = Math.Max(-numbers[i], numbers[i] - 1) * side;
            isOutside |= beyond > 0;
            if (beyond > 2 * LabelRules.Rounding(side) || beyond >= side / 2.0)
            {
                problems.Add(ProblemKind.BoxOutside, path, $"{place} ({Clipped(line)}) has a coordinate outside 0 to 1; coordinates are fractions of the image's width and height. Correct the line.");
                return;
            }
        }

        if (numbers.Length > 5)
        {
            problems.Add(ProblemKind.PolygonAsBox, path, $"{place} is a polygon of {numbers.Length / 2} points; the box around it is taken.");
        }

        var (left, top, right, bottom) = numbers.Length == 5 ? FromCenter(numbers) : AroundPolygon(numbers);
        rules.Add((int)numbers[0], left * size.Width, top * size.Height, right * size.Width, bottom * size.Height, path, place, isOutside);
    }

    private static string Clipped(string text) => text.Trim() is var bare && bare.Length <= 60 ? bare : $"{bare[..60]}...";

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
