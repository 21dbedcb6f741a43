using System.Runtime.CompilerServices;

namespace Cawb.Torch;

/// <summary>Parameters that are trained with the same settings. The settings may change between steps; the parameters may not.</summary>
public sealed class ParameterGroup
{
    private readonly string[] names;
    private readonly Tensor[] parameters;

    /// <summary>A group.</summary>
    /// <param name="parameters">
    /// Names, unique in the optimizer, under which the state is saved, and leaves that require a gradient. The tensors stay the caller's and must
    /// outlive the optimizer. May be empty.
    /// </param>
    /// <param name="learningRate">See <see cref="LearningRate"/>.</param>
    /// <param name="momentum">See <see cref="Momentum"/>.</param>
    /// <param name="weightDecay">See <see cref="WeightDecay"/>.</param>
    /// <param name="nesterov">See <see cref="Nesterov"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    /// <exception cref="ArgumentException">A tensor is no leaf that requires a gradient.</exception>
    public ParameterGroup(
        IEnumerable<(string Name, Tensor Parameter)> parameters, double learningRate, double momentum = 0, double weightDecay = 0, bool nesterov = false)
    {
        var pairs = parameters.ToArray();
        names = Array.ConvertAll(pairs, pair => pair.Name);
        this.parameters = Array.ConvertAll(pairs, pair => pair.Parameter);
        foreach (var (name, parameter) in pairs)
        {
            if (!parameter.RequiresGrad || !parameter.IsLeaf)
            {
                throw new ArgumentException($"'{name}' is no leaf that requires a gradient; set RequiresGrad on the tensor itself, not on a result.", nameof(parameters));
            }
        }

        LearningRate = learningRate;
        Momentum = momentum;
        WeightDecay = weightDecay;
        Nesterov = nesterov;
    }

    /// <summary>The names, in the order of <see cref="Parameters"/>.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The tensors that are trained.</summary>
    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>The factor of the update, absolute; finite and 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to anything else.</exception>
    public double LearningRate
    {
        get;
        set => field = NotNegative(value);
    }

    /// <summary>The share of the momentum buffer that a step keeps, 0 to below 1; 0 uses no buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to anything else.</exception>
    public double Momentum
    {
        get;
        set => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The momentum must be 0 or more and below 1.");
    }

    /// <summary>How much of the parameter is added to its gradient; finite and 0 or more. For a loss, this is the factor of half the squared norm.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to anything else.</exception>
    public double WeightDecay
    {
        get;
        set => field = NotNegative(value);
    }

    /// <summary>Whether the momentum buffer is looked ahead of: the gradient is added to it once more. No effect without momentum.</summary>
    public bool Nesterov { get; set; }

    internal Tensor[] Tensors => parameters;

    private static double NotNegative(double value, [CallerMemberName] string property = "") =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(property, value, $"The {property} must be finite and 0 or more.");
}
