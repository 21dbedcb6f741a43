using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cawb.Detection.Data;

/// <summary>The YAML file of a YOLO data set: where the pictures are and what the classes are called.</summary>
/// <param name="Path">The YAML file.</param>
/// <param name="Root">What relative paths are relative to: <c>path</c>, else the file's folder.</param>
/// <param name="Training">Folders and list files.</param>
/// <param name="Validation">Folders and list files.</param>
/// <param name="ClassNames">By class index.</param>
internal sealed record YoloDescription(
    string Path, string Root, IReadOnlyList<string> Training, IReadOnlyList<string> Validation, IReadOnlyList<string> ClassNames)
{
    internal static YoloDescription Read(string path)
    {
        var root = Parse(path);
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "/";
        if (root.Children.TryGetValue("path", out var named))
        {
            folder = System.IO.Path.Combine(folder, Scalar(path, named, "path"));
        }

        var names = Names(path, Required(path, root, "names"));
        if (root.Children.TryGetValue("nc", out var count) && Scalar(path, count, "nc") is var text && text != names.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw At(path, count, $"`nc` is {text} and `names` has {names.Length}. Make them agree or leave `nc` out.");
        }

        return new YoloDescription(path, folder, Places(path, root, folder, "train"), Places(path, root, folder, "val"), Array.AsReadOnly(names));
    }

    private static YamlMappingNode Parse(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
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
    }

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

    private static IReadOnlyList<string> Places(string path, YamlMappingNode root, string folder, string key)
    {
        var node = Required(path, root, key);
        var entries = node is YamlSequenceNode list ? list.Children.Select(entry => Scalar(path, entry, key)) : [Scalar(path, node, key)];
        return [.. entries.Select(entry => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, entry)))];
    }

    private static YamlNode Required(string path, YamlMappingNode root, string key) =>
        root.Children.TryGetValue(key, out var node) ? node : throw new DatasetException(path, $"Has no key `{key}`; train, val and names are needed.");

    private static string Scalar(string path, YamlNode node, string key) =>
        node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw At(path, node, $"`{key}` must be a text here.");

    private static DatasetException At(string path, YamlNode node, string problem) => new(path, $"Line {node.Start.Line}, column {node.Start.Column}: {problem}");
}
