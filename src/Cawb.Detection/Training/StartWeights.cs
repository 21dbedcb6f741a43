using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>Weights that a training starts from instead of drawn ones.</summary>
public static class StartWeights
{
    // Of the release's files: how often a normalisation was updated, and its anchors; neither is a weight.
    private const string UpdateCount = ".num_batches_tracked";
    private const string Anchors = "model.24.anchors";
    private const int BoxOutputs = 5;

    /// <summary>Copies a file's tensors into a network. A head for another number of classes is left out.</summary>
    /// <param name="path">Safetensors with the release's names, in any floating type.</param>
    /// <param name="model">Keeps its own head where the file's has another number of classes.</param>
    /// <returns>The number of classes of a head that was left out; null when every tensor was taken.</returns>
    /// <exception cref="SafetensorsException">The file cannot be read, or does not fit the network; then it names the first missing and the first surplus tensor.</exception>
    public static int? Load(string path, YoloModel model)
    {
        using var content = Read(path);
        RequireNames(path, model, content);
        var leavesHead = model.Tensors.Any(tensor => IsHead(tensor) && !content.Tensors[tensor.Name].Shape.SequenceEqual(tensor.Value.Shape));
        using var noGrad = Autograd.NoGrad();
        var taken = model.Tensors.Where(tensor => !leavesHead || !IsHead(tensor)).ToArray();
        foreach (var tensor in taken)
        {
            RequireShape(path, model, tensor, content.Tensors[tensor.Name]);
        }

        foreach (var tensor in taken)
        {
            tensor.Value.CopyFrom(content.Tensors[tensor.Name]);
        }

        return leavesHead ? ClassesOf(path, model, content) : null;
    }

    private static SafetensorsContent Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Safetensors.Read(stream, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SafetensorsException(path, $"cannot be read: {exception.Message}", exception);
        }
    }

    private static void RequireNames(string path, YoloModel model, SafetensorsContent content)
    {
        var wanted = model.Tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var missing = model.Tensors.Select(tensor => tensor.Name).FirstOrDefault(name => !content.Tensors.ContainsKey(name));
        var surplus = content.Tensors.Keys.Order(StringComparer.Ordinal)
            .FirstOrDefault(name => !wanted.Contains(name) && name != Anchors && !name.EndsWith(UpdateCount, StringComparison.Ordinal));
        if (missing is not null || surplus is not null)
        {
            throw new SafetensorsException(
                path,
                $"does not fit YOLOv5{model.Size.Name}. First missing tensor: {missing ?? "none"}; first surplus tensor: {surplus ?? "none"}. Name a file of the same size of network, or change --model.");
        }
    }

    private static void RequireShape(string path, YoloModel model, NamedTensor tensor, Tensor saved)
    {
        if (!saved.Shape.SequenceEqual(tensor.Value.Shape) || saved.Type is not (ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64))
        {
            throw new SafetensorsException(
                path, $"does not fit YOLOv5{model.Size.Name}: {tensor.Name} is {saved}, and the network's is {tensor.Value}. Name a file of the same size of network, or change --model.");
        }
    }

    private static int ClassesOf(string path, YoloModel model, SafetensorsContent content)
    {
        var name = model.Tensors.First(IsHead).Name;
        var outputs = content.Tensors[name].Shape is [var first, ..] ? first : 0;
        return outputs % AnchorSet.PerLevel == 0 && outputs / AnchorSet.PerLevel > BoxOutputs
            ? (int)(outputs / AnchorSet.PerLevel) - BoxOutputs
            : throw new SafetensorsException(path, $"has a head that is none: {name} is {content.Tensors[name]}.");
    }

    private static bool IsHead(NamedTensor tensor) => tensor.Role is ParameterRole.HeadWeight or ParameterRole.HeadBias;
}
