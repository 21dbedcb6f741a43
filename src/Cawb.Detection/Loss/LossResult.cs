using static TorchSharp.torch;

namespace Cawb.Detection.Loss;

/// <summary>The loss of one batch.</summary>
/// <param name="total">What is differentiated.</param>
/// <param name="box">The box term after its gain.</param>
/// <param name="objectness">The objectness term after its gain.</param>
/// <param name="class">The class term after its gain.</param>
public sealed class LossResult(Tensor total, double box, double objectness, double @class)
{
    /// <summary>A scalar: images in the batch times the sum of the three terms. Belongs to the scope that was open.</summary>
    public Tensor Total { get; } = total;

    /// <summary>The box term after its gain, not multiplied by the number of images.</summary>
    public double Box { get; } = box;

    /// <summary>The objectness term after its gain, not multiplied by the number of images.</summary>
    public double Objectness { get; } = objectness;

    /// <summary>The class term after its gain, not multiplied by the number of images.</summary>
    public double Class { get; } = @class;
}
