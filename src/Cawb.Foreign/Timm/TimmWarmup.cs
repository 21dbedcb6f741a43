namespace Cawb.Foreign.Timm;

/// <summary>timm's ramp: from an absolute rate to the base rate in so many steps.</summary>
/// <param name="Steps">0 = none.</param>
/// <param name="Start">The absolute rate at step 0.</param>
/// <param name="IsPrefix">Whether the schedule starts after the ramp; otherwise it runs underneath and is joined part-way.</param>
internal readonly record struct TimmWarmup(double Steps, double Start, bool IsPrefix)
{
    public static TimmWarmup Read(Arguments arguments) => new(
        arguments.Number("warmup_t", steps => steps >= 0, "0 or more"),
        arguments.Number("warmup_lr_init"),
        arguments.Knows("warmup_prefix") && arguments.Flag("warmup_prefix"));

    public double At(double t, double target) => Start + t * ((target - Start) / Steps);
}
