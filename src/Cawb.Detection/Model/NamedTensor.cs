using System.Globalization;
using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>A tensor of the network under the name that YOLOv5's weight files give it.</summary>
/// <param name="Name">For example <c>model.4.m.0.cv1.conv.weight</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Value">Owned by the model; do not dispose.</param>
public readonly record struct NamedTensor(string Name, ParameterRole Role, Tensor Value)
{
    private const string Prefix = "model.";

    /// <summary>Number of the layer that it belongs to, 0 to 24: the second part of its name.</summary>
    public int Layer => int.Parse(Name.AsSpan(Prefix.Length)[..Name.AsSpan(Prefix.Length).IndexOf('.')], NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The part of the network's memory that it belongs to.</summary>
    public WeightSection Section => Role.Section();

    /// <summary>Whether the optimizer changes it.</summary>
    public bool IsTrained => Section != WeightSection.Statistics;
}
