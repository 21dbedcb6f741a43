namespace Cawb.Foreign.WarmBoots;

/// <summary>
/// What the batches of the usual loop train with: <c>step_batch()</c> before each batch, <c>step()</c> after the batches of an epoch. Time is in epochs.
/// </summary>
/// <param name="Steps">The rates after 0, 1, 2, ... calls of <c>step()</c>.</param>
/// <param name="Group">The parameter group.</param>
/// <param name="RampCalls">How many calls of <c>step_batch()</c> the ramp takes.</param>
/// <param name="BatchesPerEpoch">Of the loop, which need not be what the ramp was made for.</param>
internal sealed record WarmbootingTraining(Replay Steps, int Group, double RampCalls, int BatchesPerEpoch) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var batch = BatchAt(Math.Max(epochs, 0));
        if (batch < RampCalls)
            return baseValue * (batch / RampCalls);
        var epoch = Math.Floor(batch / BatchesPerEpoch);
        // The ramp ends at its last batch, and what that left stays for the rest of its epoch.
        var lastOfRamp = Math.Ceiling(RampCalls) - 1;
        return lastOfRamp >= 0 && lastOfRamp >= epoch * BatchesPerEpoch
            ? baseValue * (lastOfRamp / RampCalls)
            : Steps.Value(epoch, Group, isMomentum: false);
    }

    // A quotient of whole numbers may lie a rounding below the batch that it names.
    private double BatchAt(double epochs) =>
        Math.Round(epochs * BatchesPerEpoch) is var nearest && Math.Abs(epochs * BatchesPerEpoch - nearest) < 1e-6 ? nearest : Math.Floor(epochs * BatchesPerEpoch);
}
