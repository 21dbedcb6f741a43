using Cawb.Detection.Model;
using Cawb.Detection.Weights;

namespace Cawb.Cli.Detection;

/// <summary>The tensors of one layer of the network.</summary>
/// <param name="Layer">0 to 24.</param>
/// <param name="Block">What it is made of.</param>
/// <param name="Tensors">How many.</param>
/// <param name="Parameters">Values that training changes.</param>
/// <param name="Statistics">Running means and variances.</param>
internal sealed record LayerGroup(int Layer, string Block, int Tensors, long Parameters, long Statistics)
{
    /// <summary>Layer by layer; those without tensors (upsampling, concatenation) are left out.</summary>
    public static IReadOnlyList<LayerGroup> Of(WeightDescription weights) =>
        [.. weights.Declared.GroupBy(tensor => tensor.Layer).OrderBy(layer => layer.Key).Select(layer => new LayerGroup(
            layer.Key, BlockOf(layer, weights.Size.Layout == NetworkLayout.Release5), layer.Count(), Elements(layer.Where(tensor => tensor.IsTrained)), Elements(layer.Where(tensor => !tensor.IsTrained))))];

    /// <summary>The groups of the optimizer, and what it leaves alone.</summary>
    public static IReadOnlyList<(string Name, int Tensors, long Elements)> ByRole(IReadOnlyList<DeclaredTensor> declared) =>
    [
        Named("kernels, with weight decay", declared.Where(tensor => tensor.Role is ParameterRole.ConvolutionWeight or ParameterRole.HeadWeight)),
        Named("normalisation scales", declared.Where(tensor => tensor.Role == ParameterRole.NormWeight)),
        Named("biases", declared.Where(tensor => tensor.Role is ParameterRole.NormBias or ParameterRole.HeadBias)),
        Named("running statistics, not trained", declared.Where(tensor => !tensor.IsTrained)),
    ];

    private static (string Name, int Tensors, long Elements) Named(string name, IEnumerable<DeclaredTensor> tensors) => (name, tensors.Count(), Elements(tensors));

    private static long Elements(IEnumerable<DeclaredTensor> tensors) => tensors.Sum(tensor => tensor.ElementCount);

    // YOLOv5's names of the blocks, told by the tensors that only they have.
    private static string BlockOf(IGrouping<int, DeclaredTensor> layer, bool isRelease5) =>
        layer.Any(tensor => tensor.Role == ParameterRole.HeadBias) ? "Detect"
        : layer.Any(tensor => tensor.Name.Contains(".cv3.", StringComparison.Ordinal)) ? "C3"
        : layer.Any(tensor => tensor.Name.Contains(".cv2.", StringComparison.Ordinal)) ? isRelease5 ? "SPP" : "SPPF"
        : isRelease5 && layer.Key == 0 ? "Focus"
        : "Conv";
}
