using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>Stochastic gradient descent with momentum, Nesterov's variant of it, and weight decay.</summary>
/// <remarks>
/// <para>For parameter p with gradient g, in PyTorch's order of operations, so that the results are the same bits:
/// <c>g = g + weightDecay p</c>; <c>buffer = momentum buffer + g</c> (at first: <c>buffer = g</c>); <c>g = g + momentum buffer</c> with Nesterov, else
/// <c>g = buffer</c>; <c>p = p - learningRate g</c>.</para>
/// <para>The gradients themselves are left as they are. Parameters without a gradient are left out, with their buffers.</para>
/// <para>The momentum buffers are the optimizer's own; <see cref="Dispose"/> frees them.</para>
/// </remarks>
public sealed class SgdOptimizer : IDisposable
{
    private const string BufferSuffix = ".momentum_buffer";

    private static readonly Operator AddOperator = new("aten::_foreach_add", "List");
    private static readonly Operator AddInPlaceOperator = new("aten::_foreach_add_", "List");
    private static readonly Operator MulInPlaceOperator = new("aten::_foreach_mul_", "Scalar");

    private readonly ParameterGroup[] groups;
    private readonly Tensor?[][] buffers;
    // Refilled for every group of every step, so that a step allocates only what libtorch returns.
    private readonly List<int> active = [];
    private readonly List<Tensor> gradients = [];
    private readonly TensorList parameterList = new();
    private readonly TensorList updateList = new();
    private readonly TensorList bufferList = new();
    private readonly TensorList addendList = new();

    /// <summary>An optimizer without momentum buffers; they come with the first step.</summary>
    /// <param name="groups">The groups; no name may occur twice.</param>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public SgdOptimizer(IEnumerable<ParameterGroup> groups)
    {
        this.groups = groups.ToArray();
        buffers = Array.ConvertAll(this.groups, group => new Tensor?[group.Parameters.Count]);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in this.groups.SelectMany(group => group.Names))
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"The parameter '{name}' occurs twice; each belongs to one group, under a name of its own.", nameof(groups));
            }
        }
    }

    /// <summary>The groups in the order given.</summary>
    public IReadOnlyList<ParameterGroup> Groups => groups;

    /// <summary>Moves every parameter that has a gradient by one step.</summary>
    public void Step()
    {
        using var noGrad = Autograd.NoGrad();
        for (var i = 0; i < groups.Length; i++)
        {
            StepGroup(groups[i], buffers[i]);
        }
    }

    /// <summary>Drops the gradients of all parameters.</summary>
    public void ZeroGradients()
    {
        foreach (var group in groups)
        {
            foreach (var parameter in group.Tensors)
            {
                parameter.ZeroGradient();
            }
        }
    }

    /// <summary>
    /// Scales all gradients by one factor so that the Euclidean norm of all of them together is at most a limit:
    /// <c>g *= min(1, maxNorm / (norm + 1e-6))</c>, as PyTorch's <c>clip_grad_norm_</c>.
    /// </summary>
    /// <param name="parameters">Tensors; those without a gradient are left out.</param>
    /// <param name="maxNorm">The limit, finite and above 0.</param>
    /// <returns>The norm before scaling: the norm of the norms of the single gradients, in their precision. 0 without gradients.</returns>
    /// <remarks>A norm that is not finite is returned, and the gradients are scaled as the formula says: look at the result before you step.</remarks>
    public static double ClipGradientNorm(IEnumerable<Tensor> parameters, double maxNorm) => GradientClipping.Clip(parameters, maxNorm);

    /// <summary>Copies of the momentum buffers, named after their parameters: <c>NAME.momentum_buffer</c>.</summary>
    /// <returns>New tensors, owned like any; a parameter that never had a gradient has none.</returns>
    public IReadOnlyDictionary<string, Tensor> CaptureState()
    {
        using var noGrad = Autograd.NoGrad();
        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Length; i++)
        {
            for (var j = 0; j < buffers[i].Length; j++)
            {
                if (buffers[i][j] is { } buffer)
                {
                    state.Add(groups[i].Names[j] + BufferSuffix, buffer.Clone());
                }
            }
        }

        return state;
    }

    /// <summary>Takes momentum buffers over; parameters that are not named start without one. Settings of the groups are not part of the state.</summary>
    /// <param name="state">What <see cref="CaptureState"/> gave; it is copied.</param>
    /// <exception cref="ArgumentException">A name belongs to no parameter, or a shape or type is another one. Nothing is changed then.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        using var noGrad = Autograd.NoGrad();
        var wanted = groups.SelectMany(group => group.Names.Zip(group.Parameters))
            .ToDictionary(pair => pair.First + BufferSuffix, pair => pair.Second, StringComparer.Ordinal);
        foreach (var (name, tensor) in state)
        {
            if (!wanted.TryGetValue(name, out var parameter))
            {
                throw new ArgumentException($"The state has '{name}', which belongs to none of the {wanted.Count} parameters.", nameof(state));
            }

            if (!tensor.Shape.SequenceEqual(parameter.Shape) || tensor.Type != parameter.Type)
            {
                throw new ArgumentException($"'{name}' is {tensor}; its parameter is {parameter}.", nameof(state));
            }
        }

        using var scope = TensorScope.Begin();
        for (var i = 0; i < groups.Length; i++)
        {
            for (var j = 0; j < buffers[i].Length; j++)
            {
                buffers[i][j]?.Dispose();
                buffers[i][j] = state.TryGetValue(groups[i].Names[j] + BufferSuffix, out var saved)
                    ? scope.Detach(groups[i].Tensors[j].EmptyLike().CopyFrom(saved))
                    : null;
            }
        }
    }

    /// <summary>Frees the momentum buffers. The parameters stay.</summary>
    public void Dispose()
    {
        foreach (var group in buffers)
        {
            foreach (var buffer in group)
            {
                buffer?.Dispose();
            }

            Array.Clear(group);
        }
    }

    private void StepGroup(ParameterGroup group, Tensor?[] momentumBuffers)
    {
        using var scope = TensorScope.Begin();
        CollectGradients(group);
        if (active.Count == 0)
        {
            return;
        }

        // The gradients belong to the parameters; only tensors that were made here are written over.
        Tensor[]? made = null;
        updateList.Fill(gradients);
        if (group.WeightDecay != 0)
        {
            made = AddOperator.InvokeList(updateList.Argument, parameterList.Argument, group.WeightDecay);
            updateList.Fill(made);
        }

        if (group.Momentum != 0)
        {
            UpdateBuffers(momentumBuffers, made is null ? gradients : made, group.Momentum, scope);
            if (!group.Nesterov)
            {
                updateList.Fill(active, momentumBuffers);
            }
            else if (made is not null)
            {
                AddInPlaceOperator.Run(updateList.Argument, bufferList.Argument, group.Momentum);
            }
            else
            {
                updateList.Fill(AddOperator.InvokeList(updateList.Argument, bufferList.Argument, group.Momentum));
            }
        }

        AddInPlaceOperator.Run(parameterList.Argument, updateList.Argument, -group.LearningRate);
    }

    private void CollectGradients(ParameterGroup group)
    {
        active.Clear();
        gradients.Clear();
        parameterList.Clear();
        for (var i = 0; i < group.Tensors.Length; i++)
        {
            if (group.Tensors[i].Gradient is { } gradient)
            {
                active.Add(i);
                gradients.Add(gradient);
                parameterList.Add(group.Tensors[i]);
            }
        }
    }

    /// <summary>Afterwards <see cref="bufferList"/> has the buffer of every active parameter.</summary>
    private void UpdateBuffers(Tensor?[] momentumBuffers, IReadOnlyList<Tensor> updates, double momentum, TensorScope scope)
    {
        bufferList.Clear();
        addendList.Clear();
        for (var k = 0; k < active.Count; k++)
        {
            if (momentumBuffers[active[k]] is { } buffer)
            {
                bufferList.Add(buffer);
                addendList.Add(updates[k]);
            }
        }

        if (bufferList.Count > 0)
        {
            MulInPlaceOperator.Run(bufferList.Argument, momentum);
            AddInPlaceOperator.Run(bufferList.Argument, addendList.Argument);
        }

        if (bufferList.Count == active.Count)
        {
            return;
        }

        for (var k = 0; k < active.Count; k++)
        {
            momentumBuffers[active[k]] ??= scope.Detach(updates[k].Clone());
        }

        bufferList.Fill(active, momentumBuffers);
    }
}
