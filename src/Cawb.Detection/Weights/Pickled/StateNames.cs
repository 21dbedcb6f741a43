namespace Cawb.Detection.Weights.Pickled;

/// <summary>The names of tensors, as YOLOv5's files have them, from what wrappers make of them.</summary>
internal static class StateNames
{
    private const string Layers = "model.";
    private const string Wrapper = "module.";

    // Made from the anchors; a buffer up to release 5.0 and in some files after it.
    private const string AnchorGrid = ".anchor_grid";

    /// <param name="path">For messages.</param>
    /// <param name="tensors">By name: <c>0.conv.weight</c>, <c>model.0.conv.weight</c>, <c>module.model.0.conv.weight</c>, <c>model.model.0.conv.weight</c>, ...</param>
    /// <exception cref="WeightFileException">A name stands for something else than a tensor, or two names become one.</exception>
    public static Dictionary<string, PickledTensor> Normalised(string path, IEnumerable<KeyValuePair<string, object?>> tensors)
    {
        var normalised = new Dictionary<string, PickledTensor>(StringComparer.Ordinal);
        foreach (var (given, value) in tensors)
        {
            if (given.EndsWith(AnchorGrid, StringComparison.Ordinal))
            {
                continue;
            }

            if (value is not PickledTensor tensor)
            {
                throw new WeightFileException(path, $"has '{given}' as something else than a plain tensor. Quantised, sparse and complex weights cannot be used; give those of the original network.");
            }

            if (!normalised.TryAdd(Normalised(given), tensor))
            {
                throw new WeightFileException(path, $"has the tensor '{Normalised(given)}' twice. Save the state dict of one network.");
            }
        }

        return normalised;
    }

    private static string Normalised(string name)
    {
        var rest = name.AsSpan();
        while (rest.StartsWith(Layers) || rest.StartsWith(Wrapper))
        {
            rest = rest[(rest.IndexOf('.') + 1)..];
        }

        return rest.Length > 0 && char.IsAsciiDigit(rest[0]) ? $"{Layers}{rest}" : name;
    }
}
