using Cawb.Detection;
using Cawb.Detection.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>The three groups that the release trains a model in: biases, decayed kernels, scales of normalisations; under stochastic gradient descent with Nesterov momentum.</summary>
/// <remarks>
/// TorchSharp's optimizer sees each group as one parameter without dimensions of its own: a <see cref="WeightSection"/> of the model's memory, with one gradient and one momentum
/// buffer of the same layout. The gradients of the model's tensors are views of the group's, into which backward adds. A step is elementwise, so the bits are those of an optimizer
/// over the single tensors; the norm of the gradients is summed in another order.
/// </remarks>
public sealed class ParameterGroups : IDisposable
{
    /// <summary>Position of the group of biases.</summary>
    public const int Biases = (int)WeightSection.Biases;

    /// <summary>Position of the group of kernels, the one that decays.</summary>
    public const int Kernels = (int)WeightSection.Kernels;

    /// <summary>Position of the group of the scales of normalisations.</summary>
    public const int Scales = (int)WeightSection.NormWeights;

    /// <summary>Number of groups.</summary>
    public const int Count = 3;

    private readonly YoloModel model;
    private readonly NamedTensor[] trained;
    private readonly Parameter[] parameters = new Parameter[Count];
    private readonly Tensor[] gradients = new Tensor[Count];
    private readonly SGD.State[] states;

    /// <summary>Groups without a rate, momentum or weight decay, which an <see cref="OptimizerDriver"/> sets; the buffer of momentum comes with the first step.</summary>
    /// <param name="model">Its tensors are marked for autograd; outlives this object.</param>
    /// <param name="frozenLayers">The tensors of this many layers from the start on are in no group.</param>
    public ParameterGroups(YoloModel model, int frozenLayers = 0)
    {
        this.model = model;
        model.SetRequiresGrad(true, frozenLayers);
        trained = [.. model.Tensors.Where(tensor => tensor.IsTrained && tensor.Layer >= frozenLayers)];
        using var scope = NewDisposeScope();
        for (var group = 0; group < Count; group++)
        {
            parameters[group] = new Parameter(model.Memory.From((WeightSection)group, frozenLayers), requires_grad: true);
            parameters[group].DetachFromDisposeScope();
            gradients[group] = zeros_like(parameters[group]).DetachFromDisposeScope();
            parameters[group].grad = gradients[group];
        }

        foreach (var tensor in trained)
        {
            tensor.Value.grad = model.Memory.PartOf(gradients[(int)tensor.Section], tensor);
        }

        Groups = [.. parameters.Select((parameter, group) => new SGD.ParamGroup(
            [parameter], new SGD.Options { LearningRate = 0, momentum = 0, dampening = 0, nesterov = true, maximize = false, weight_decay = 0 }))];
        Optimizer = new NesterovSgd(Groups);
        states = [.. Optimizer.state_dict().State.Cast<SGD.State>()];
    }

    /// <summary>The settings of each group, which may change between steps.</summary>
    public IReadOnlyList<SGD.ParamGroup> Groups { get; }

    /// <summary>Steps all groups; owned by this object.</summary>
    public SGD Optimizer { get; }

    /// <summary>One for each group, without dimensions of its own.</summary>
    internal IReadOnlyList<Tensor> Gradients => gradients;

    /// <inheritdoc cref="GradientNorm.Limit" />
    public double ClipGradients(double limit) => GradientNorm.Limit(gradients, limit);

    /// <summary>The gradients of all trained tensors by name; views that belong to the open scope.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedGradients() => NamedGradients(gradients);

    /// <summary>The gradients that another rank has, by name; views that belong to the open scope.</summary>
    /// <param name="others">Laid out like <see cref="Gradients"/>.</param>
    internal IEnumerable<KeyValuePair<string, Tensor>> NamedGradients(IReadOnlyList<Tensor> others) => Named(group => others[group]);

    /// <summary>The momentum of all trained tensors by name; views that belong to the open scope. None before the first step with momentum.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedMomentum() => Named(group => states[group].momentum_buffer);

    /// <summary>Takes up gradients.</summary>
    /// <param name="gradientOf">By the tensor's name; null for zero.</param>
    public void RestoreGradients(Func<string, Tensor?> gradientOf)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Optimizer.zero_grad();
        Fill(group => gradients[group], gradientOf);
    }

    /// <summary>Takes up momentum.</summary>
    /// <param name="momentumOf">By the tensor's name; null where there is none yet, which holds for all of a group alike.</param>
    public void RestoreMomentum(Func<string, Tensor?> momentumOf)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var group = 0; group < Count; group++)
        {
            states[group].momentum_buffer?.Dispose();
            var isThere = trained.Any(tensor => (int)tensor.Section == group && momentumOf(tensor.Name) is not null);
            states[group].momentum_buffer = isThere ? zeros_like(parameters[group]).DetachFromDisposeScope() : null;
        }

        Fill(group => states[group].momentum_buffer, momentumOf);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        for (var group = 0; group < Count; group++)
        {
            states[group].momentum_buffer?.Dispose();
            gradients[group].Dispose();
            parameters[group].Dispose();
        }
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Named(Func<int, Tensor?> bufferOf) =>
        from tensor in trained
        let buffer = bufferOf((int)tensor.Section)
        where buffer is not null
        select KeyValuePair.Create(tensor.Name, model.Memory.PartOf(buffer, tensor));

    private void Fill(Func<int, Tensor?> bufferOf, Func<string, Tensor?> valueOf)
    {
        foreach (var (name, part) in Named(bufferOf))
        {
            if (valueOf(name) is { } value)
            {
                part.copy_(value.shape.AsSpan().SequenceEqual(part.shape)
                    ? value
                    : throw new TrainingException($"'{name}' is {EngineException.Describe(value)} in the checkpoint and {EngineException.Describe(part)} in the network; it belongs to another network."));
            }
        }
    }
}
