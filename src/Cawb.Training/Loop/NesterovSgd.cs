using Cawb.Detection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>
/// TorchSharp's SGD with Nesterov momentum, its groups and its state. The step gives the same bits, holds its scalars (see <see cref="Arithmetic"/>), and makes no tensors: it uses
/// the gradients up, so clear them after it.
/// </summary>
/// <param name="groups">Without dampening; settings may change between steps.</param>
internal sealed class NesterovSgd(IEnumerable<SGD.ParamGroup> groups) : SGD(groups, lr: 0)
{
    /// <inheritdoc />
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

    private void Step(ParamGroup group)
    {
        var options = (Options)group.Options;
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is { } gradient)
            {
                Step(parameter, gradient, (State)_state[parameter.Handle], options);
            }
        }
    }

    /// <summary><c>g += d p; m = momentum m + g</c> (at first <c>m = g</c>)<c>; p -= rate (g + momentum m)</c>, in PyTorch's order. Without momentum there is no m.</summary>
    private static void Step(Parameter parameter, Tensor gradient, State state, Options options)
    {
        double momentum = options.momentum ?? 0, decay = options.weight_decay ?? 0;
        if (decay != 0)
        {
            gradient.Add_(parameter, decay);
        }

        if (momentum != 0)
        {
            state.momentum_buffer = state.momentum_buffer is { } buffer ? buffer.Scale_(momentum).Add_(gradient) : gradient.clone().DetachFromDisposeScope();
            gradient.Add_(state.momentum_buffer, momentum);
        }

        parameter.Add_(gradient, -(options.LearningRate ?? 0));
    }
}
