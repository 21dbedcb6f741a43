using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Export;

/// <summary>Layers as nodes of a graph. A map is the convolution's output, (B, anchors x outputs, H, W).</summary>
/// <param name="graph">Grows.</param>
/// <param name="isFused">Whether normalisations are part of the kernels.</param>
internal sealed class OnnxLayers(OnnxGraph graph, bool isFused) : LayerOperators<string>
{
    public override string Convolve(ConvolutionBlock block, string input)
    {
        var place = block.Name;
        var kernel = graph.Constant($"{place}.conv.weight", block.Weight);
        string[] bias = isFused ? [graph.Constant($"{place}.conv.bias", block.Norm.Bias)] : [];
        var x = graph.Add(
            "Conv", place, [input, kernel, .. bias],
            OnnxGraph.IntegerList("kernel_shape", block.Weight.shape.AsSpan(2)), OnnxGraph.IntegerList("strides", block.Strides),
            OnnxGraph.IntegerList("pads", [.. block.Paddings, .. block.Paddings]));
        if (!isFused)
        {
            x = graph.Add(
                "BatchNormalization", place,
                [
                    x, graph.Constant($"{place}.bn.weight", block.Norm.Weight), graph.Constant($"{place}.bn.bias", block.Norm.Bias),
                    graph.Constant($"{place}.bn.running_mean", block.Norm.RunningMean), graph.Constant($"{place}.bn.running_var", block.Norm.RunningVariance),
                ],
                OnnxGraph.Number("epsilon", (float)Normalisations.Epsilon));
        }

        return graph.Add("Mul", place, [x, graph.Add("Sigmoid", place, [x])]);
    }

    public override string Pool(string input) => graph.Add(
        "MaxPool", "pool", [input], OnnxGraph.IntegerList("kernel_shape", 5, 5), OnnxGraph.IntegerList("strides", 1, 1), OnnxGraph.IntegerList("pads", 2, 2, 2, 2));

    public override string Enlarge(string input) => graph.Add(
        "Resize", "upsample", [input, "", graph.Floats("upsample", [4], 1, 1, 2, 2)],
        OnnxGraph.Word("mode", "nearest"), OnnxGraph.Word("coordinate_transformation_mode", "asymmetric"), OnnxGraph.Word("nearest_mode", "floor"));

    public override string Join(params ReadOnlySpan<string> parts) => graph.Add("Concat", "join", parts, OnnxGraph.Integer("axis", 1));

    public override string Add(string first, string second) => graph.Add("Add", "shortcut", [first, second]);

    public override string Map(string name, string input, Tensor weight, Tensor bias, int outputs) =>
        graph.Add("Conv", name, [input, graph.Constant($"{name}.weight", weight), graph.Constant($"{name}.bias", bias)], OnnxGraph.IntegerList("kernel_shape", 1, 1));
}
