namespace Cawb.Detection.Data;

/// <summary>Darknet's description of a YOLO data set, which CVAT and datumaro export: lines <c>key = value</c> with <c>train</c>, <c>valid</c> and <c>names</c>, a file with a name on each line.</summary>
internal static class DarknetDescription
{
    private const int MostBytes = 16 << 20;

    private static readonly string[] KnownKeys = ["classes", "train", "valid", "names", "backup", "eval", "results"];

    internal static YoloDescription Read(string path, ProblemList problems)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in TextFile.Lines(path, MostBytes).Where(line => line[0] is not ('#' or ';')))
        {
            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [var key, { Length: > 0 } value] || !KnownKeys.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw new DatasetException(path, $"'{line}' is no line of a darknet description; a line is KEY = VALUE with one of the keys {string.Join(", ", KnownKeys)}.");
            }

            if (!values.TryAdd(key, value))
            {
                throw new DatasetException(path, $"Has the key `{key}` twice. Delete one of the lines.");
            }
        }

        var description = new YoloDescription(path, "", [Required("train")], [Required("valid")], []);
        string[] names = [.. TextFile.Lines(YoloPlaces.Find(description, Required("names"), "names", problems), MostBytes)];
        var count = values.GetValueOrDefault("classes", $"{names.Length}");
        return names.Length == 0 ? throw new DatasetException(path, "The file that `names` names is empty; there must be one class at least.")
            : count != $"{names.Length}" ? throw new DatasetException(path, $"`classes` is {count} and the file that `names` names has {names.Length} lines. Make them agree or leave `classes` out.")
            : description with { ClassNames = Array.AsReadOnly(names) };

        string Required(string key) => values.TryGetValue(key, out var value) ? value
            : throw new DatasetException(path, $"Has no key `{key}`; train, valid and names are needed.{(key == "valid" ? " An export of one subset has none: list the images of the validation part in a file, and name it with `valid`." : "")}");
    }
}
