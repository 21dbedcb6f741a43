namespace Cawb.Training.Comparison.Jobs;

/// <summary>What runs take.</summary>
/// <param name="Time">On this machine, at the pace that was measured.</param>
/// <param name="Operations">Floating-point operations of the convolutions: those of a forward pass for each validation image, three times as many for each training image.</param>
public sealed record RunCost(TimeSpan Time, double Operations)
{
    /// <summary>Nothing.</summary>
    public static RunCost None { get; } = new(TimeSpan.Zero, 0);
}
