using Cawb.Detection;
using Cawb.Detection.Model;
using Cawb.Training.Options;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>The three groups that YOLOv5 trains a model in: biases, decayed kernels, scales of normalisations; under SGD with Nesterov momentum, Adam or AdamW.</summary>
/// <remarks>
/// TorchSharp's optimizer sees each group as one parameter without dimensions of its own: a <see cref="WeightSection"/> of the model's memory, with one gradient and buffers
/// of the same layout. The gradients of the model's tensors are views of the group's, into which backward adds. A step is elementwise, so the bits are those of an optimizer
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
    private readonly OptimizerState[] states;

    /// <summary>Groups without a rate, momentum or weight decay, which an <see cref="OptimizerDriver"/> sets; SGD's buffer of momentum comes with the first step.</summary>
    /// <param name="model">Its tensors are marked for autograd; outlives this object.</param>
    /// <param name="frozenLayers">The tensors of this many layers from the start on are in no group.</param>
    /// <param name="optimizer">See <see cref="TrainOptions.Optimizer"/>.</param>
    public ParameterGroups(YoloModel model, int frozenLayers = 0, string optimizer = TrainOptions.Sgd)
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

        Optimizer = GroupOptimizer.Create(optimizer, parameters);
        Groups = [.. Optimizer.ParamGroups.Cast<ParamGroup>()];
        states = [.. Optimizer.state_dict().State];
        foreach (var (_, buffer) in states.SelectMany(GroupOptimizer.BuffersOf))
        {
            buffer?.DetachFromDisposeScope();
        }
    }

    /// <summary>The settings of each group, which may change between steps.</summary>
    public IReadOnlyList<ParamGroup> Groups { get; }

    /// <summary>Steps all groups; owned by this object.</summary>
    public OptimizerHelper Optimizer { get; }

    /// <summary>Steps that Adam and AdamW have taken; 0 of SGD, which does not count them. Setting it is for going on from a checkpoint.</summary>
    public long Steps
    {
        get => GroupOptimizer.StepsOf(states[0]);
        set => Array.ForEach(states, state => GroupOptimizer.SetSteps(state, value));
    }

    /// <summary>One for each group, without dimensions of its own.</summary>
    internal IReadOnlyList<Tensor> Gradients => gradients;

    /// <inheritdoc cref="GradientNorm.Limit" />
    public double ClipGradients(double limit) => GradientNorm.Limit(gradients, limit);

    /// <summary>The gradients of all trained tensors by name; views that belong to the open scope.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedGradients() => NamedGradients(gradients);

    /// <summary>The gradients that another rank has, by name; views that belong to the open scope.</summary>
    /// <param name="others">Laid out like <see cref="Gradients"/>.</param>
    internal IEnumerable<KeyValuePair<string, Tensor>> NamedGradients(IReadOnlyList<Tensor> others) => Named(group => others[group]);

    /// <summary>
    /// What the optimizer keeps of all trained tensors, by <c>momentum.</c> and name, of Adam and AdamW also by <c>squares.</c> and name; views that belong to the open scope. SGD has none
    /// before the first step with momentum.
    /// </summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedBuffers() => Kinds.SelectMany(kind => Named(group => BufferOf(group, kind)).Select(part => KeyValuePair.Create(kind + part.Key, part.Value)));

    /// <summary>Takes up gradients.</summary>
    /// <param name="gradientOf">By the tensor's name; null for zero.</param>
    public void RestoreGradients(Func<string, Tensor?> gradientOf)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Optimizer.zero_grad();
        Fill(group => gradients[group], gradientOf);
    }

    /// <summary>Takes up what <see cref="NamedBuffers"/> gave.</summary>
    /// <param name="bufferOf">By that name; null where there is none yet, which holds for all of a group alike.</param>
    public void RestoreBuffers(Func<string, Tensor?> bufferOf)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (state, group) in states.Select((state, group) => (state, group)))
        {
            if (state is SGD.State sgd)
            {
                sgd.momentum_buffer?.Dispose();
                var isThere = trained.Any(tensor => (int)tensor.Section == group && bufferOf(GroupOptimizer.Momentum + tensor.Name) is not null);
                sgd.momentum_buffer = isThere ? zeros_like(parameters[group]).DetachFromDisposeScope() : null;
            }
        }

        foreach (var kind in Kinds)
        {
            Fill(group => BufferOf(group, kind), name => bufferOf(kind + name));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        for (var group = 0; group < Count; group++)
        {
            foreach (var (_, buffer) in GroupOptimizer.BuffersOf(states[group]))
            {
                buffer?.Dispose();
            }

            gradients[group].Dispose();
            parameters[group].Dispose();
        }
    }

    private IEnumerable<string> Kinds => GroupOptimizer.BuffersOf(states[0]).Select(buffer => buffer.Kind);

    private Tensor? BufferOf(int group, string kind) => GroupOptimizer.BuffersOf(states[group]).Single(buffer => buffer.Kind == kind).Buffer;

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
