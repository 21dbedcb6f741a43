namespace Cawb;

public abstract partial record Schedule
{
    /// <summary>The same schedule on a slower or faster clock: all its lengths and moments times a factor.</summary>
    /// <remarks>See <see cref="Stretched(double, double, bool)"/>. A factor of 1/n divides by n, so that steps become the epochs at which a <see cref="TrainingPlan"/> starts them.</remarks>
    /// <param name="factor">Above 0; 2 takes twice as long.</param>
    /// <exception cref="ArgumentException">Not above 0, or the times are no longer legal: too large or too small for a number, or no whole epochs where only those are possible.</exception>
    /// <exception cref="NotSupportedException">A type of another assembly inside does not say how it is stretched.</exception>
    public Schedule Stretched(double factor)
    {
        var divisor = Math.Round(1 / Require.Positive(factor));
        return 1 / divisor == factor ? Stretched(divisor, 1) : Stretched(1, factor);
    }

    /// <summary>The same schedule on another clock: what happened at <paramref name="fromEpochs"/> happens at <paramref name="toEpochs"/>, and everything else in proportion.</summary>
    /// <remarks>
    /// <para><c>stretched(t * to / from) = value(t)</c>. Each length and moment is multiplied and then divided, rounded once each: a schedule in steps becomes one in epochs with
    /// <c>Stretched(stepsPerEpoch, 1)</c>, and its boundaries are the very moments at which a <see cref="TrainingPlan"/> with so many batches per epoch starts these steps.</para>
    /// <para>Rates per epoch (the decay of a <see cref="CyclicSchedule"/>, a stretch that is added, a formula that is no function of x / y) change with the clock. What is evaluated once
    /// per epoch (<see cref="HoldPerEpochSchedule"/>, <see cref="AnnealingUpdate.PerEpoch"/>, YOLOv5's own) still is, so that the equation above holds for its curve and not for its stairs.
    /// The reports of a plateau rule are no times and stay.</para>
    /// </remarks>
    /// <param name="fromEpochs">A time of this schedule's clock, above 0, such as the length of the run that it was made for.</param>
    /// <param name="toEpochs">The same time on the new clock, above 0.</param>
    /// <param name="keepsWholeEpochs">
    /// Whether whole epochs stay whole, rounded to the nearest and to at least 1, where the schedule is still legal then and ends no later than it should; otherwise all times are exact.
    /// </param>
    /// <exception cref="ArgumentException">A time that is not above 0, or the times are no longer legal: too large or too small for a number, or no whole epochs where only those are possible.</exception>
    /// <exception cref="NotSupportedException">A type of another assembly inside does not say how it is stretched.</exception>
    public Schedule Stretched(double fromEpochs, double toEpochs, bool keepsWholeEpochs = false)
    {
        var exact = new TimeStretch(Require.Positive(fromEpochs), Require.Positive(toEpochs));
        return (keepsWholeEpochs ? StretchedWhole(exact) : null) ?? Stretched(exact);
    }

    internal virtual Schedule Stretched(TimeStretch stretch) =>
        Format is { } format ? format.Changed(this, stretch.Of) : StretchedBy(stretch.To / stretch.From);

    /// <summary>
    /// For types of other assemblies: the same schedule with all its lengths and moments times a factor, for <see cref="Stretched(double)"/>. A type that has times overrides this, or it cannot be
    /// stretched.
    /// </summary>
    /// <param name="factor">Above 0.</param>
    /// <exception cref="ArgumentException">The schedule cannot be so long or so short.</exception>
    /// <exception cref="NotSupportedException">The type does not say how it is stretched.</exception>
    protected internal virtual Schedule StretchedBy(double factor) => throw new NotSupportedException(
        $"{GetType().FullName} does not say what it is on a clock that is {Require.Text(factor)} times as long. Override {nameof(StretchedBy)} in it.");

    /// <summary>
    /// The same schedule with its end at another moment, for a <see cref="PlanChange"/>: what is stretched or cut is said with <see cref="PlanChange.Extend"/>. A schedule that never ends
    /// stays as it is; a type of another assembly that ends overrides this, or its runs cannot be extended, shortened or restarted.
    /// </summary>
    /// <param name="endEpochs">Where it is to end, above 0.</param>
    /// <exception cref="ArgumentException">The schedule cannot end there.</exception>
    /// <exception cref="NotSupportedException">The type ends and does not say how it ends elsewhere.</exception>
    protected internal virtual Schedule WithEnd(double endEpochs)
    {
        if (Format is { } format)
            return format.Changed(this, new EndShift(EndEpochs, endEpochs).Of);
        return double.IsPositiveInfinity(EndEpochs)
            ? this
            : throw new NotSupportedException(
                $"{GetType().FullName} ends at {Require.Text(EndEpochs)} epochs and does not say how it would end at {Require.Text(endEpochs)}. Override {nameof(WithEnd)} in it, or start a new scheduler with a new schedule.");
    }

    private Schedule? StretchedWhole(TimeStretch exact)
    {
        try
        {
            var rounded = Stretched(exact with { KeepsWholeEpochs = true });
            return rounded.EndEpochs > Math.Max(exact.To, exact.Of(EndEpochs)) && double.IsFinite(rounded.EndEpochs) ? null : rounded;
        }
        catch (ArgumentException)
        {
            // Rounded, two moments fell together or past the end.
            return null;
        }
    }
}
