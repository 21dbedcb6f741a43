using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>The former recording state of this thread, put back by <see cref="Dispose"/>.</summary>
/// <remarks>Lives on the stack, so that it cannot wander to another thread. The default value does nothing.</remarks>
public readonly ref struct GradientModeSwitch : IDisposable
{
    private readonly bool former;
    private readonly bool armed;

    internal GradientModeSwitch(bool enabled)
    {
        former = Autograd.Enabled;
        armed = true;
        _ = Native.SetGradMode(enabled ? 1 : 0);
    }

    /// <summary>Puts the former state back.</summary>
    public void Dispose()
    {
        if (armed)
        {
            _ = Native.SetGradMode(former ? 1 : 0);
        }
    }
}
