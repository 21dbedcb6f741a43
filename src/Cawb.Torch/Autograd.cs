using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>Whether operations are recorded for <see cref="Tensor.Backward(Tensor, bool)"/>. The switch belongs to the thread.</summary>
public static class Autograd
{
    /// <summary>Whether this thread records. On when a thread starts.</summary>
    public static bool Enabled => Native.GetGradMode() == 1;

    /// <summary>Stops recording on this thread until the result is disposed.</summary>
    /// <returns>Puts the former state back when disposed, on the same thread; may be nested.</returns>
    public static GradientModeSwitch NoGrad() => new(enabled: false);

    /// <summary>Records on this thread until the result is disposed, also inside <see cref="NoGrad"/>.</summary>
    /// <returns>Puts the former state back when disposed, on the same thread; may be nested.</returns>
    public static GradientModeSwitch WithGrad() => new(enabled: true);
}
