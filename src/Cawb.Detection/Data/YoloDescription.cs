using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cawb.Detection.Data;

/// <summary>The YAML file of a YOLO data set: where the images are and what the classes are called.</summary>
/// <param name="Path">The file.</param>
/// <param name="Root">What relative paths are relative to as it is written: <c>path</c>; empty for the file's folder.</param>
/// <param name="Training">Folders and list files, as they are written.</param>
/// <param name="Validation">Folders and list files, as they are written.</param>
/// <param name="ClassNames">By class index.</param>
internal sealed record YoloDescription(
    string Path, string Root, IReadOnlyList<string> Training, IReadOnlyList<string> Validation, IReadOnlyList<string> ClassNames)
{
    // Far above any description, and below what would fill the memory.
    private const int MostBytes = 16 << 20;
    private const int MostDepth = 32;

    // Keys that tools write and that change nothing here.
    private static readonly string[] KnownKeys =
    [
        "path", "train", "val", "names", "nc", "test", "download", "minival", "license", "licence", "version", "description", "author", "date", "url", "docs", "roboflow", "yolo_id", "stride", "task",
        "info", "channels",
    ];

    /// <summary>The folder that the file is in.</summary>
    internal string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "/";

    internal static YoloDescription Read(string path, ProblemList problems)
    {
        var root = Parse(path);
        var folder = root.Children.TryGetValue("path", out var named) && !IsEmpty(named) ? Scalar(path, named, "path") : "";
        if (root.Children.TryGetValue("kpt_shape", out var keypoints))
        {
            throw At(path, keypoints, "`kpt_shape` says that the labels have keypoints; boxes alone are read. Export the data set for detection.");
        }

        if (root.Children.TryGetValue("channels", out var channels) && !IsEmpty(channels) && Scalar(path, channels, "channels") != "3")
        {
            throw At(path, channels, $"`channels` is {channels}; images are read with 3 channels. Leave it out if that is what you want.");
        }

        foreach (var key in root.Children.Keys.Select(key => $"{key}").Where(key => !KnownKeys.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add(ProblemKind.UnusedKey, path, $"Nothing is done with the key `{key}`.{Correction(root, key)}");
        }

        var names = Names(path, Required(path, root, "names"));
        if (root.Children.TryGetValue("nc", out var count) && Scalar(path, count, "nc") is var text && text != names.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw At(path, count, $"`nc` is {text} and `names` has {names.Length}. Make them agree or leave `nc` out.");
        }

        foreach (var twin in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(ProblemKind.RepeatedClassName, path, $"`names` has '{twin.Key}' {twin.Count()} times; they are trained as different classes.");
        }

        return new YoloDescription(path, folder, Entries(path, root, "train"), Entries(path, root, "val"), Array.AsReadOnly(names));
    }

    private static YamlMappingNode Parse(string path)
    {
        try
        {
            var text = TextFile.Read(path, MostBytes);
            RequireShallow(path, text);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 1 && yaml.Documents[0].RootNode is YamlMappingNode root
                ? root
                : throw new DatasetException(path, "Is no description of a data set: expected the keys train, val and names.");
        }
        catch (YamlException e)
        {
            throw new DatasetException(path, $"Is no valid YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // What YamlDotNet 16 throws at a bracket that is never closed.
            throw new DatasetException(path, "Is no valid YAML: a bracket or a quotation mark is opened and never closed.", e);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or KeyNotFoundException or FormatException or InvalidCastException or NullReferenceException)
        {
            // What YamlDotNet throws at text that it meets where it expects none.
            throw new DatasetException(path, "Is no valid YAML: its brackets, marks or indents do not belong together. Write it anew with the keys train, val and names.", e);
        }
    }

    // The reader goes down by recursion, which a file of brackets alone would bring to its end with the whole process.
    private static void RequireShallow(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current?.NestingIncrease ?? 0;
            if (depth > MostDepth)
            {
                throw new DatasetException(path, $"Is no description of a data set: brackets and indents go deeper than {MostDepth} at line {parser.Current?.Start.Line}. Expected the keys train, val and names.");
            }
        }
    }

    private static string Correction(YamlMappingNode root, string key) =>
        key.ToUpperInvariant() is "VALID" or "VALIDATION" && !root.Children.ContainsKey("val") ? " If it is the validation part, call it `val`."
        : NearestName.Suggestion(key, ["path", "train", "val", "names", "nc"]);

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string[] Names(string path, YamlNode node)
    {
        if (node is YamlSequenceNode list)
        {
            return NotEmpty(path, node, [.. list.Children.Select(name => Scalar(path, name, "names"))]);
        }

        if (node is not YamlMappingNode map)
        {
            throw At(path, node, "`names` must be a list of names or a map from class index to name.");
        }

        var names = new string[map.Children.Count];
        foreach (var (key, value) in map.Children)
        {
            if (!int.TryParse(Scalar(path, key, "names"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= names.Length || names[index] is not null)
            {
                throw At(path, key, $"`names` must have each class index from 0 to {names.Length - 1} once; found {key}.");
            }

            names[index] = Scalar(path, value, "names");
        }

        return NotEmpty(path, node, names);
    }

    private static string[] NotEmpty(string path, YamlNode node, string[] names) =>
        names.Length > 0 ? names : throw At(path, node, "`names` is empty; there must be one class at least.");

    private static string[] Entries(string path, YamlMappingNode root, string key)
    {
        var node = Required(path, root, key);
        return node is YamlSequenceNode list ? [.. list.Children.Select(entry => Scalar(path, entry, key))] : [Scalar(path, node, key)];
    }

    private static YamlNode Required(string path, YamlMappingNode root, string key) =>
        root.Children.TryGetValue(key, out var node) ? node
        : throw new DatasetException(path, $"Has no key `{key}`; train, val and names are needed.{(key == "val" ? string.Concat(root.Children.Keys.Select(other => Correction(root, $"{other}")).Where(text => text.Contains("`val`", StringComparison.Ordinal))) : "")}");

    private static string Scalar(string path, YamlNode node, string key) =>
        node is YamlScalarNode { Value: { Length: > 0 } value } && !value.Contains('\0', StringComparison.Ordinal) ? value : throw At(path, node, $"`{key}` must be a text here.");

    private static DatasetException At(string path, YamlNode node, string problem) => new(path, $"Line {node.Start.Line}, column {node.Start.Column}: {problem}");
}
