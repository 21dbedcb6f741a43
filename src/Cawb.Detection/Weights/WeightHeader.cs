using System.Globalization;
using System.Text.Json;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>Holds what a file announces against the networks there are.</summary>
internal static class WeightHeader
{
    private const string FirstKernel = "model.0.conv.weight";
    private const string FirstNorm = "model.0.bn.weight";
    private const string FirstFusedBias = "model.0.conv.bias";
    private const string FirstHeadBias = "model.24.m.0.bias";

    // Layer 9 is a stage in the network of YOLOv5 5.0 and the pyramid of pools in the later one.
    private const string StageInLayer9 = "model.9.cv3.conv.weight";

    // A counter of the framework's that no computation here needs.
    private const string BatchCounter = ".num_batches_tracked";

    private static readonly ScalarType[] Fractions = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    public static WeightDescription Describe(string path, WeightSource file)
    {
        if (file.Metadata.TryGetValue(WeightFile.FormatNote, out var format) && format.StartsWith("cawb-", StringComparison.Ordinal) && format != WeightFile.Format)
        {
            throw new WeightFileException(path, $"is of the format '{format}'; this version reads '{WeightFile.Format}'. Use the version that wrote it.");
        }

        var names = ClassNames(path, file.Metadata);
        var size = Size(path, file);
        var classCount = ClassCount(file.Tensors) ?? Math.Max(1, names.Length);
        var declared = YoloModel.Declare(size, classCount);
        RequireFit(path, file.Tensors, declared, size, classCount);
        if (names.Length > 0 && names.Length != classCount)
        {
            throw new WeightFileException(path, $"names {names.Length} classes, but its head has {classCount}. The file is inconsistent; export it again.");
        }

        return new WeightDescription
        {
            Path = path,
            Size = size,
            ClassCount = classCount,
            ClassNames = names,
            Anchors = Anchors(path, file),
            ImageSize = ImageSize(path, file.Metadata),
            Tensors = file.Tensors,
            Metadata = file.Metadata,
            Declared = declared,
        };
    }

    /// <summary>Demands every tensor of a network in its shape, and no other but those that YOLOv5's files have beside.</summary>
    public static void RequireFit(string path, IReadOnlyList<StoredTensor> stored, IReadOnlyList<DeclaredTensor> declared, ModelSize size, int classCount)
    {
        var byName = stored.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var needed = declared.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var missing = declared.Where(tensor => !byName.ContainsKey(tensor.Name)).ToArray();
        var surplus = stored.Where(tensor => !needed.Contains(tensor.Name) && !IsBeside(tensor)).ToArray();
        var model = string.Create(CultureInfo.InvariantCulture, $"YOLOv5{size.Name} with {Counted.Of(classCount, "class", "classes")}");
        if (missing.Any(tensor => tensor.Name == FirstNorm) && surplus.Any(tensor => tensor.Name == FirstFusedBias))
        {
            throw new WeightFileException(path, "holds a network whose normalisations were folded into its convolutions before it was saved, which cannot be undone. Give the file that it was made from.");
        }

        if (missing.Length > 0 || surplus.Length > 0)
        {
            throw new WeightFileException(
                path, $"does not fit {model}: {Count(missing.Length, "missing", missing.FirstOrDefault()?.Name)}; {Count(surplus.Length, "surplus", surplus.FirstOrDefault()?.Name)}. Give weights of that network, or name the network that the weights are of.");
        }

        foreach (var tensor in declared)
        {
            var found = byName[tensor.Name];
            if (!found.Shape.SequenceEqual(tensor.Shape))
            {
                throw new WeightFileException(path, $"does not fit {model}: '{tensor.Name}' is {found}, the network needs [{string.Join(", ", tensor.Shape)}]. Give weights of that network, or name the network that the weights are of.");
            }

            if (!Fractions.Contains(found.Type))
            {
                throw new WeightFileException(path, $"has '{tensor.Name}' as {found}; weights are float16, bfloat16, float32 or float64.");
            }
        }
    }

    private static AnchorSet AnchorsOf(string text, string path)
    {
        var sides = new List<double>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            sides.Add(double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var side)
                ? side
                : throw new WeightFileException(path, $"has '{word}' among its anchors, where a number of pixels belongs. The file was put together wrongly; make it anew."));
        }

        return AnchorsOf(sides, path);
    }

    private static AnchorSet AnchorsOf(IEnumerable<double> pixels, string path)
    {
        try
        {
            return AnchorSet.FromPixels(pixels);
        }
        catch (ArgumentException fault)
        {
            throw new WeightFileException(path, $"has unusable anchors. {fault.Message}");
        }
    }

    /// <summary>The notes have them as they were; the tensor in single or half precision; a file with neither has YOLOv5's.</summary>
    public static AnchorSet Anchors(string path, WeightSource file)
    {
        if (file.Metadata.TryGetValue(WeightFile.AnchorsNote, out var text))
        {
            return AnchorsOf(text, path);
        }

        if (file.Tensors.All(tensor => tensor.Name != WeightFile.AnchorTensor))
        {
            return AnchorSet.Coco;
        }

        using var scope = NewDisposeScope();
        double[] cells = [];
        file.Read([WeightFile.AnchorTensor], (_, tensor) => cells = tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray());
        var perLevel = AnchorSet.PerLevel * 2;
        return AnchorsOf(cells.Select((side, i) => side * AnchorSet.Strides[Math.Min(i / perLevel, AnchorSet.Levels - 1)]), path);
    }

    private static string Count(int count, string what, string? first) => count == 0
        ? $"no tensor is {what}"
        : $"{Counted.Of(count, "tensor is", "tensors are")} {what}, the first is '{first}'";

    private static bool IsBeside(StoredTensor tensor) =>
        tensor.Name == WeightFile.AnchorTensor ? tensor.Shape.SequenceEqual([AnchorSet.Levels, AnchorSet.PerLevel, 2]) && Fractions.Contains(tensor.Type)
        : tensor.Name.EndsWith(BatchCounter, StringComparison.Ordinal);

    private static ModelSize Size(string path, WeightSource file)
    {
        if (file.Metadata.TryGetValue(WeightFile.SizeNote, out var name))
        {
            return ModelSize.All.FirstOrDefault(size => size.Name == name)
                ?? throw new WeightFileException(path, $"notes the model size '{name}'; there are {string.Join(", ", ModelSize.All.Select(size => size.Name))}.");
        }

        var layout = LayoutOf(file.Tensors);
        var first = file.Tensors.FirstOrDefault(tensor => tensor.Name == FirstKernel);
        var sizes = ModelSize.All.Where(size => size.Layout == layout).ToArray();
        return Array.Find(sizes, size => first?.Shape is [var channels, ..] && channels == size.Channels(64)) ?? sizes[0];
    }

    /// <summary>From the names, which is sure for the networks that are read here.</summary>
    public static NetworkLayout LayoutOf(IReadOnlyList<StoredTensor> tensors) =>
        tensors.Any(tensor => tensor.Name == StageInLayer9) ? NetworkLayout.Release5 : NetworkLayout.Release6;

    /// <summary>From the outputs of the head: three anchors of 5 + classes numbers.</summary>
    public static int? ClassCount(IReadOnlyList<StoredTensor> tensors) =>
        tensors.FirstOrDefault(tensor => tensor.Name == FirstHeadBias)?.Shape is [var outputs]
            && outputs % AnchorSet.PerLevel == 0 && outputs / AnchorSet.PerLevel is > 5 and <= int.MaxValue and var numbers
            ? (int)numbers - 5
            : null;

    private static string[] ClassNames(string path, IReadOnlyDictionary<string, string> notes)
    {
        if (!notes.TryGetValue(WeightFile.ClassesNote, out var text))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(text) is { } names && !names.Contains(null) ? Shown(path, names) : throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new WeightFileException(path, $"has class names that are no JSON list of strings. Correct the note '{WeightFile.ClassesNote}' or leave it out and give --names.");
        }
    }

    private static string[] Shown(string path, string[] names) => names.Any(name => name.Any(char.IsControl))
        ? throw new WeightFileException(path, "has a class name with control characters, which cannot be shown. Correct the names, or leave them out and give --names.")
        : names;

    private static int? ImageSize(string path, IReadOnlyDictionary<string, string> notes) =>
        !notes.TryGetValue(WeightFile.ImageSizeNote, out var text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 32 and <= 8192 && side % 32 == 0 ? side
        : throw new WeightFileException(path, $"notes the image size '{text}'; it must be a multiple of 32 from 32 to 8192. Correct the note '{WeightFile.ImageSizeNote}' or leave it out.");
}
