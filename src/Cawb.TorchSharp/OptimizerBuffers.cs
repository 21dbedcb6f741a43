using TorchSharp;
using TorchSharp.Modules;

namespace Cawb.TorchSharp;

/// <summary>The tensors that an optimizer keeps between its steps.</summary>
internal static class OptimizerBuffers
{
    /// <summary>Takes them out of whatever dispose scope they were made in.</summary>
    public static void Keep(OptimizerState state)
    {
        foreach (var buffer in Of(state))
        {
            buffer?.DetachFromDisposeScope();
        }
    }

    private static torch.Tensor?[] Of(OptimizerState state) => state switch
    {
        SGD.State buffers => [buffers.momentum_buffer],
        Adam.State buffers => [buffers.exp_avg, buffers.exp_avg_sq, buffers.max_exp_avg_sq],
        AdamW.State buffers => [buffers.exp_avg, buffers.exp_avg_sq, buffers.max_exp_avg_sq],
        RMSProp.State buffers => [buffers.square_avg, buffers.momentum_buffer, buffers.grad_avg],
        Adagrad.State buffers => [buffers.sum],
        Adadelta.State buffers => [buffers.square_avg, buffers.acc_delta],
        ASGD.State buffers => [buffers.ax],
        Adamax.State buffers => [buffers.exp_avg, buffers.exp_inf],
        NAdam.State buffers => [buffers.exp_avg, buffers.exp_avg_sq],
        RAdam.State buffers => [buffers.exp_avg, buffers.exp_avg_sq],
        _ => throw new NotSupportedException($"{state.GetType()} is the state of an optimizer that Cawb.TorchSharp does not know; load it outside of any dispose scope by the optimizer's own load_state_dict."),
    };
}
