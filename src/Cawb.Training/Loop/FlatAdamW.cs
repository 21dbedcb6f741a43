using Cawb.Detection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>TorchSharp's AdamW, its groups and its state, with the step of <see cref="AdamStep"/>. Weight decay shrinks the weights themselves: <c>p *= 1 - rate decay</c>.</summary>
/// <param name="groups">Without AMSGrad; settings may change between steps.</param>
internal sealed class FlatAdamW(IEnumerable<AdamW.ParamGroup> groups) : AdamW(groups, lr: 0)
{
    /// <inheritdoc />
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

    private void Step(ParamGroup group)
    {
        var options = (Options)group.Options;
        var (rate, decay, epsilon) = (options.LearningRate ?? 0, options.weight_decay ?? 0, options.eps ?? 0);
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is { } gradient)
            {
                parameter.Scale_(1 - (rate * decay));
                var state = (State)_state[parameter.Handle];
                AdamStep.Apply(parameter, gradient, state.exp_avg, state.exp_avg_sq, ++state.step, rate, group.Betas, epsilon);
            }
        }
    }
}
