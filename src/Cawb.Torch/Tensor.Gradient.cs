using Cawb.Torch.Interop;

namespace Cawb.Torch;

public sealed partial class Tensor
{
    private static readonly Operator DetachOperator = new("aten::detach");

    /// <summary>Whether operations on this tensor are recorded, so that <see cref="Backward(Tensor, bool)"/> reaches it.</summary>
    /// <exception cref="TorchException">Set on a tensor that is a recorded result, or whose elements are whole numbers.</exception>
    public bool RequiresGrad
    {
        get => TensorMeta.Of(Handle).RequiresGradient != 0;
        set
        {
            if (Native.SetRequiresGradient(Handle, value ? 1 : 0) < 0)
            {
                throw NativeError.Of($"setting RequiresGrad of {this} to {value}");
            }
        }
    }

    /// <summary>Whether this tensor is no recorded result: a parameter or plain data. Only leaves that require a gradient collect one.</summary>
    public bool IsLeaf => TensorMeta.Of(Handle).IsLeaf != 0;

    /// <summary>
    /// The sum of all gradients since the last <see cref="ZeroGradient"/>; null when there is none. Each read makes a new object that shares the
    /// gradient's memory and is owned like any new tensor.
    /// </summary>
    /// <exception cref="TorchException">Set to a tensor of another shape or type.</exception>
    public unsafe Tensor? Gradient
    {
        get
        {
            nint gradient;
            var found = Native.GetGradient(Handle, &gradient);
            NativeError.ThrowIf(found < 0, "reading a gradient");
            return found == 1 ? new Tensor(gradient) : null;
        }

        set
        {
            if (Native.SetGradient(Handle, value?.Handle ?? 0) < 0)
            {
                throw NativeError.Of($"setting the gradient of {this} to {value?.ToString() ?? "none"}");
            }
        }
    }

    /// <summary>Drops the gradient: afterwards there is none, which is cheaper than one of zeros and adds up the same.</summary>
    public void ZeroGradient() => NativeError.ThrowIf(Native.SetGradient(Handle, 0) < 0, "dropping a gradient");

    /// <summary>
    /// Runs the recorded operations backwards from this tensor and adds the gradients to <see cref="Gradient"/> of every leaf that requires one.
    /// </summary>
    /// <param name="gradient">The gradient of the result for this tensor, of the same shape; null for 1, which needs a tensor of one element.</param>
    /// <param name="retainGraph">Keep what was recorded for another call; otherwise it is freed on the way.</param>
    /// <exception cref="TorchException">Nothing was recorded, it was freed already, or the gradient does not fit.</exception>
    public void Backward(Tensor? gradient = null, bool retainGraph = false)
    {
        if (Native.Backward(Handle, gradient?.Handle ?? 0, retainGraph ? 1 : 0) < 0)
        {
            throw NativeError.Of($"backward from {this}");
        }
    }

    /// <summary>The same elements, cut off from what was recorded.</summary>
    /// <returns>A view that requires no gradient.</returns>
    public Tensor Detach() => DetachOperator.Invoke(this);
}
