using Cawb.Detection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>TorchSharp's Adam, its groups and its state, with the step of <see cref="AdamStep"/>. Weight decay is added to the gradients, which it uses up: clear them after it.</summary>
/// <param name="groups">Without AMSGrad; settings may change between steps.</param>
internal sealed class FlatAdam(IEnumerable<Adam.ParamGroup> groups) : Adam(groups, lr: 0)
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
                if (decay != 0)
                {
                    gradient.Add_(parameter, decay);
                }

                var state = (State)_state[parameter.Handle];
                AdamStep.Apply(parameter, gradient, state.exp_avg, state.exp_avg_sq, ++state.step, rate, group.Betas, epsilon);
            }
        }
    }
}
