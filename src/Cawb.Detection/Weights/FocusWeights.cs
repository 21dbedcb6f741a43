using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>A file of YOLOv5 5.0 whose first layer, Focus, is shown as the convolution that computes the same.</summary>
/// <remarks>
/// Focus lays the pixels of each 2 x 2 block into channels, three for each, in the order (even row, even column), (odd, even), (even, odd), (odd, odd), and convolves them 3 x 3 with stride 1.
/// That is a convolution of 6 x 6 pixels with stride 2 and padding 2: <c>kernel'[o, c, 2y + i, 2x + j] = kernel[o, 3(2j + i) + c, y, x]</c>.
/// </remarks>
internal sealed class FocusWeights : WeightSource
{
    private const string Layer = "model.0.";
    private const string Inner = Layer + "conv.";
    private const string Kernel = Inner + "conv.weight";

    private readonly WeightSource file;

    private FocusWeights(WeightSource file)
    {
        this.file = file;
        Tensors = [.. file.Tensors.Select(tensor => tensor.Name == Kernel
            ? tensor with { Name = Shown(tensor.Name), Shape = [tensor.Shape[0], 3, 6, 6] }
            : tensor with { Name = Shown(tensor.Name) })];
    }

    public override IReadOnlyList<StoredTensor> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata => file.Metadata;

    public override bool LeavesAverage => file.LeavesAverage;

    /// <summary>The file itself, where it is of another network or its first layer is folded already.</summary>
    public static WeightSource Folded(WeightSource file) =>
        WeightHeader.LayoutOf(file.Tensors) == NetworkLayout.Release5
            && file.Tensors.Any(tensor => tensor is { Name: Kernel, Shape: [_, 12, 3, 3] })
            && file.Tensors.All(tensor => !tensor.Name.StartsWith(Layer, StringComparison.Ordinal) || IsInner(tensor.Name))
            ? new FocusWeights(file)
            : file;

    public override void Read(IEnumerable<string> names, Action<string, Tensor> take)
    {
        var stored = file.Tensors.ToDictionary(tensor => Shown(tensor.Name), tensor => tensor.Name, StringComparer.Ordinal);
        file.Read(names.Select(name => stored[name]), (name, tensor) => take(Shown(name), name == Kernel ? Convolution(tensor) : tensor));
    }

    public override void Dispose() => file.Dispose();

    private static bool IsInner(string name) => name.StartsWith(Inner, StringComparison.Ordinal);

    private static string Shown(string name) => IsInner(name) ? $"{Layer}{name.AsSpan(Inner.Length)}" : name;

    // Both belong to the scope that the file has open around a tensor.
    private static Tensor Convolution(Tensor kernel) => kernel.reshape(-1, 2, 2, 3, 3, 3).permute(0, 3, 4, 2, 5, 1).reshape(-1, 3, 6, 6);
}
