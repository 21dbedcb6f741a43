using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cawb.Cli.Detection;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb info</c>: what a weights file holds.</summary>
internal static class InfoCommand
{
    private const string Help = """
        Says what a weights file holds: size of the network, classes, parameters of each layer and group, notes, hash.

        Examples:
          cawb info runs/train/exp
          cawb info yolov5s.pt --json
        """;

    public static Command Create()
    {
        var weights = WeightsArgument.Create();
        var json = new Option<bool>("--json") { Description = "Print everything, with every tensor, as JSON." };
        var command = new Command("info", Help) { weights, json };
        command.SetAction(result =>
        {
            var path = WeightsArgument.Meant(result, result.GetRequiredValue(weights));
            var description = WeightsArgument.Describe(path);
            var hash = WeightsArgument.Reading(path, () =>
            {
                using var stream = File.OpenRead(path);
                return (Bytes: stream.Length, Sha256: Convert.ToHexStringLower(SHA256.HashData(stream)));
            });
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                Output.WriteJson(output, Json(description, hash.Bytes, hash.Sha256));
            }
            else
            {
                WriteText(output, description, hash.Bytes, hash.Sha256);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteText(TextWriter output, WeightDescription weights, long bytes, string sha256)
    {
        var size = weights.ImageSize is { } side ? $", trained at {Number(side)} pixels" : "";
        output.WriteLine($"{weights.Path}: YOLOv5{weights.Size.Name}, {Counted.Of(weights.ClassCount, "class", "classes")}{size}");
        output.WriteLine($"classes     {(weights.ClassNames.Count == 0 ? "not named" : string.Join(", ", weights.ClassNames))}");
        foreach (var (name, text) in weights.Metadata.Where(note => note.Key is not ("classes" or "anchors")).OrderBy(note => note.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{name.PadRight(11)} {text}");
        }

        output.WriteLine($"anchors     {string.Join(", ", weights.Anchors.ToPixels().Select(anchor => string.Create(CultureInfo.InvariantCulture, $"{anchor.Width:0.##} x {anchor.Height:0.##}")))} pixels");
        output.WriteLine($"file        {Number(bytes)} bytes, {Number(weights.Tensors.Count)} tensors of {string.Join(" and ", weights.Tensors.Select(tensor => tensor.Type).Distinct().Order())}");
        output.WriteLine($"SHA-256     {sha256}");
        output.WriteLine();
        Output.WriteTable(output, ["layer", "block", "tensors", "parameters", "statistics"], LayerGroup.Of(weights).Select(Row));
        output.WriteLine();
        Output.WriteTable(output, ["group", "tensors", "parameters"], LayerGroup.ByRole(weights.Declared).Select(group => new[] { group.Name, Number(group.Tensors), Number(group.Elements) }));
        output.WriteLine();
        output.WriteLine($"{Number(LayerGroup.Of(weights).Sum(layer => layer.Parameters))} parameters; {Number(FoldedCount(weights.Declared))} once normalisation is folded into the convolutions");
    }

    private static string[] Row(LayerGroup layer) =>
        [Number(layer.Layer), layer.Block, Number(layer.Tensors), Number(layer.Parameters), Number(layer.Statistics)];

    private static JsonObject Json(WeightDescription weights, long bytes, string sha256) => new()
    {
        ["path"] = weights.Path,
        ["size"] = weights.Size.Name,
        ["classes"] = weights.ClassCount,
        ["classNames"] = new JsonArray([.. weights.ClassNames.Select(name => (JsonNode)JsonValue.Create(name))]),
        ["imageSize"] = weights.ImageSize,
        ["anchors"] = new JsonArray([.. weights.Anchors.ToPixels().Select(anchor => new JsonArray(anchor.Width, anchor.Height))]),
        ["bytes"] = bytes,
        ["sha256"] = sha256,
        ["parameters"] = LayerGroup.Of(weights).Sum(layer => layer.Parameters),
        ["parametersFolded"] = FoldedCount(weights.Declared),
        ["metadata"] = new JsonObject(weights.Metadata.OrderBy(note => note.Key, StringComparer.Ordinal).Select(note => KeyValuePair.Create(note.Key, (JsonNode?)JsonValue.Create(note.Value)))),
        ["layers"] = new JsonArray([.. LayerGroup.Of(weights).Select(layer => new JsonObject
        {
            ["layer"] = layer.Layer, ["block"] = layer.Block, ["tensors"] = layer.Tensors, ["parameters"] = layer.Parameters, ["statistics"] = layer.Statistics,
        })]),
        ["groups"] = new JsonArray([.. LayerGroup.ByRole(weights.Declared).Select(group => new JsonObject
        {
            ["name"] = group.Name, ["tensors"] = group.Tensors, ["parameters"] = group.Elements,
        })]),
        ["tensors"] = new JsonArray([.. weights.Tensors.Select(tensor => new JsonObject
        {
            ["name"] = tensor.Name, ["type"] = tensor.Type.ToString(), ["shape"] = new JsonArray([.. tensor.Shape.Select(length => (JsonNode)JsonValue.Create(length))]),
        })]),
    };

    /// <summary>Each normalisation leaves one bias where it had scale and shift.</summary>
    private static long FoldedCount(IReadOnlyList<DeclaredTensor> declared) =>
        declared.Where(tensor => tensor.IsTrained && tensor.Role != ParameterRole.NormWeight).Sum(tensor => tensor.ElementCount);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
