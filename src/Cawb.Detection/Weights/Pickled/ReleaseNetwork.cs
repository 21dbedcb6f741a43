using System.Globalization;
using Cawb.Detection.Model;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>
/// Holds a pickled network against the one that is computed here. Tensors of the right names and shapes are not enough: another activation, stride or order of layers would give wrong boxes without
/// a word. What a file does not say is not held against it.
/// </summary>
/// <remarks>Source: YOLOv5 5.0 to 7.0, models n, s, m, l, x.</remarks>
internal static class ReleaseNetwork
{
    private const double NormEpsilon = 1e-3;
    private const string FirstOfRelease5 = "Focus";

    private static readonly string[] LayersOfRelease6 =
    [
        "Conv", "Conv", "C3", "Conv", "C3", "Conv", "C3", "Conv", "C3", "SPPF", "Conv", "Upsample", "Concat", "C3", "Conv", "Upsample", "Concat", "C3", "Conv", "Concat", "C3", "Conv", "Concat", "C3", "Detect",
    ];

    private static readonly string[] LayersOfRelease5 = [FirstOfRelease5, .. LayersOfRelease6[1..8], "SPP", "C3", .. LayersOfRelease6[10..]];

    /// <summary>Layers that take another input than the layer before them.</summary>
    private static readonly Dictionary<int, long[]> Inputs = new() { [12] = [-1, 6], [16] = [-1, 4], [19] = [-1, 14], [22] = [-1, 10], [24] = [17, 20, 23] };

    private static readonly int[] HalvingLayers = [0, 1, 3, 5, 7, 18, 21];

    // From here on the stages have no shortcuts: the neck, and in 5.0 the last stage of the backbone.
    private const int FirstLayerWithoutShortcuts = 9;

    /// <summary>Demands a network of YOLOv5.</summary>
    /// <exception cref="WeightFileException">It is another. The message names the first difference.</exception>
    public static void Require(string path, ModuleTree network)
    {
        var layout = LayoutOf(network);
        var expected = layout == NetworkLayout.Release5 ? LayersOfRelease5 : LayersOfRelease6;
        var layers = 0;
        foreach (var (name, module) in network.Modules)
        {
            if (LayerOf(name) is not { } layer)
            {
                continue;
            }

            var isWhole = name.AsSpan(name.LastIndexOf('.') + 1).SequenceEqual(layer.ToString(CultureInfo.InvariantCulture)) && name.Count(letter => letter == '.') <= 1;
            if (isWhole)
            {
                layers++;
            }

            var fault = (isWhole ? LayerFault(expected, layer, module) : null) ?? PartFault(layout, layer, name, module);
            if (fault is not null)
            {
                throw Refusal(path, network, $"'{name}' {fault}");
            }
        }

        if (layers != expected.Length)
        {
            throw Refusal(path, network, $"it has {layers} layers, not {expected.Length}");
        }
    }

    /// <summary>The versions of YOLOv5 that may have written a network; null for a class that is none of theirs.</summary>
    /// <param name="network">One that is computed as theirs.</param>
    /// <param name="isRepositoryNoted">Whether the checkpoint says from which commit it is, which 7.0 began with.</param>
    public static string? Release(ModuleTree network, bool isRepositoryNoted) => network.Root.Type is not { Name: var name } type || !type.Module.EndsWith("models.yolo", StringComparison.Ordinal) ? null
        : isRepositoryNoted ? "7.0"
        : name == "DetectionModel" ? "6.2 or 7.0"
        : name != "Model" ? null
        : LayoutOf(network) == NetworkLayout.Release5 ? "4.0 or 5.0"
        : "6.0 or 6.1";

    // What is no network of 5.0 nevertheless is found out layer by layer.
    private static NetworkLayout LayoutOf(ModuleTree network) =>
        network.Modules.Any(module => module.Value.Type?.Name == FirstOfRelease5) ? NetworkLayout.Release5 : NetworkLayout.Release6;

    private static WeightFileException Refusal(string path, ModuleTree network, string difference)
    {
        var type = network.Root.Type?.ToString() ?? "";
        return new WeightFileException(
            path,
            type.StartsWith("ultralytics.", StringComparison.Ordinal) ? $"is a network of the package ultralytics ({type}), YOLOv8 or later. Give weights of YOLOv5 5.0 to 7.0 (n, s, m, l or x)."
            : $"is another network than those of YOLOv5 5.0 to 7.0 that are read here (n, s, m, l, x for detection): {difference} ({type}). Its weights would give wrong boxes; give others.");
    }

    /// <summary>The number of the layer that a module is, or is part of; null for what is above the layers.</summary>
    private static int? LayerOf(string name) =>
        int.TryParse(name.Split('.').FirstOrDefault(part => part is not "model"), NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : null;

    private static string? LayerFault(string[] layers, int layer, PickledObject module)
    {
        if (layer >= layers.Length)
        {
            return $"is one layer more than {layers.Length}";
        }

        if (module.Type is { } type && type.Name.Split('.')[^1] != layers[layer])
        {
            return $"is {type.Name}, not {layers[layer]}";
        }

        var expected = Inputs.GetValueOrDefault(layer, [-1]);
        return module["f"] switch
        {
            null => null,
            long from => Differs("f", from, expected is [var only] ? only : long.MinValue),
            PickledList from when from.ToNumbers(expected.Length) is { } inputs && inputs.SequenceEqual(expected) => null,
            _ => "takes other layers for its input",
        };
    }

    private static string? PartFault(NetworkLayout layout, int layer, string name, PickledObject module) => module.Type?.Name switch
    {
        "Conv2d" => Pair(module, "stride", HalvingLayers.Contains(layer) && !IsFocus(layout, layer) ? 2 : 1) ?? Pair(module, "padding", Padding(layout, layer, module)) ?? Pair(module, "dilation", 1)
            ?? Differs("groups", module["groups"] ?? 1L, 1L) ?? Differs("padding_mode", module["padding_mode"] ?? "zeros", "zeros"),
        "BatchNorm2d" => module["eps"] is null or (double and > NormEpsilon - 1e-9 and < NormEpsilon + 1e-9) ? null : "has another eps than 0.001",
        "Bottleneck" => Differs("add", module["add"] ?? layer < FirstLayerWithoutShortcuts, layer < FirstLayerWithoutShortcuts),
        "MaxPool2d" => PoolFault(module, layout == NetworkLayout.Release5 ? WidthOfSppPool(name) : 5),
        "Upsample" => module["scale_factor"] is null or 2L or 2.0 && module["mode"] is null or "nearest" ? null : "does not repeat each cell twice",
        "Concat" => Differs("d", module["d"] ?? 1L, 1L),
        "Detect" => Differs("nl", module["nl"] ?? 3L, 3L) ?? Differs("na", module["na"] ?? 3L, 3L),
        { } other when name.EndsWith(".act", StringComparison.Ordinal) && other != "SiLU" => $"is {other}, not SiLU",
        _ => null,
    };

    private static bool IsFocus(NetworkLayout layout, int layer) => layout == NetworkLayout.Release5 && layer == 0;

    private static int WidthOfSppPool(string name) => name[^1] switch { '0' => 5, '1' => 9, '2' => 13, _ => 0 };

    private static string? PoolFault(PickledObject pool, int kernel) => Pair(pool, "kernel_size", kernel) ?? Pair(pool, "stride", 1) ?? Pair(pool, "padding", kernel / 2);

    private static long Padding(NetworkLayout layout, int layer, PickledObject convolution) =>
        layer == 0 && !IsFocus(layout, layer) ? 2 : convolution["kernel_size"] is PickledList { Items: [long kernel, ..] } ? kernel / 2 : -1;

    /// <summary>A number, or the same for height and width.</summary>
    private static string? Pair(PickledObject module, string name, long expected) => expected < 0 ? null : module[name] switch
    {
        null => null,
        PickledList { Items: [long high, long wide] } when high == expected && wide == expected => null,
        long both when both == expected => null,
        _ => $"has another {name} than {expected}",
    };

    private static string? Differs(string name, object found, object expected) => Equals(found, expected) ? null : $"has another {name} than {expected}";
}
