namespace Cawb;

/// <summary>Cosine annealing with warm boots: the rate is annealed over segments and booted to a new, scaled start at each listed epoch.</summary>
/// <remarks>
/// <para>With W = <see cref="WarmupEpochs"/>, boots s1 &lt; ... &lt; sk and E = <see cref="Epochs"/>, the bounds are b0 = W, bi = si, b(k+1) = E.</para>
/// <para>t &lt; W: <c>factor(t) = start + (f(0, y0) - start) * t / W</c>, at every batch.</para>
/// <para>b(i) &lt;= t &lt; b(i+1): <c>factor(t) = StepScale^i * f(t - b(i), y(i))</c> with
/// <c>y(i) = (b(i+1) - b(i)) * EpochScale</c>, or <c>+ EpochScale</c>, the last segment's unscaled. The boot takes effect at the listed epoch.
/// A curve that is shorter than its segment stays at its end.</para>
/// <para>t &gt;= E: the value at E.</para>
/// <para>Source: Huangdebo, CAWB (2021), article and code. Differs from the published code, which is kept bit for bit in
/// <c>Cawb.Published.CosineAnnealingWarmbootingLR</c>: segments are half open, so boots are not an epoch late and their peak is trained with; training does not lag an
/// epoch behind; the warm-up ends at the first segment's start; nothing rebounds past the end; a position is enough to resume.</para>
/// </remarks>
public sealed record CawbSchedule : Schedule
{
    private readonly WarmBootSegments segments;

    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<CawbSchedule>(
        "cawb",
        "Annealing with warm boots at listed epochs.",
        [
            Field<CawbSchedule>.Time("epochs", schedule => schedule.Epochs, "Length of the run in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<CawbSchedule>.Times("bootEpochs", schedule => schedule.BootEpochs, "When the rate is booted, between warm-up and end.", NumberRange.NotNegative, EndMove.Drops, isOptional: true),
            Field<CawbSchedule>.Annealing("annealing", schedule => schedule.Annealing, "Shape of a segment."),
            Field<CawbSchedule>.Number("stepScale", schedule => schedule.StepScale, "Each boot multiplies the start of the segment by this.", NumberRange.Positive, 0.8),
            Field<CawbSchedule>.Number("epochScale", schedule => schedule.EpochScale, "Stretches the curve of every segment but the last.", NumberRange.Finite, 1),
            Field<CawbSchedule>.Choice("epochScaleMode", schedule => schedule.EpochScaleMode, "Whether the stretch multiplies or is added.", EpochScaleMode.Multiply),
            Field<CawbSchedule>.Time("warmupEpochs", schedule => schedule.WarmupEpochs, "Length of the ramp at the start in epochs.", NumberRange.NotNegative, fallback: 0),
            Field<CawbSchedule>.Number("warmupStartFactor", schedule => schedule.WarmupStartFactor, "Where the ramp starts, as a multiple of the base.", NumberRange.NotNegative, 0),
            Field<CawbSchedule>.Choice("annealingUpdate", schedule => schedule.AnnealingUpdate, "How often the annealing is evaluated.", AnnealingUpdate.PerEpoch),
        ],
        values => new CawbSchedule(
            values.Number("epochs"),
            values.Numbers("bootEpochs"),
            values.Annealing("annealing"),
            values.Number("stepScale"),
            values.Number("epochScale"),
            values.Choice<EpochScaleMode>("epochScaleMode"),
            values.Number("warmupEpochs"),
            values.Number("warmupStartFactor"),
            values.Choice<AnnealingUpdate>("annealingUpdate")));

    /// <summary>A run with warm boots. The defaults are the author's where there is one.</summary>
    /// <param name="epochs">E, the length of the run in epochs, above 0.</param>
    /// <param name="bootEpochs">Each strictly between the warm-up and the end, none twice, in any order; may be empty. One at the end itself changes nothing and is left out.</param>
    /// <param name="annealing">Shape of a segment, the author's <c>lf</c>.</param>
    /// <param name="stepScale">Each boot multiplies the start of the segment by this; above 0.</param>
    /// <param name="epochScale">Stretches the curve of every segment but the last, so that it is cut off while the rate is still high.</param>
    /// <param name="epochScaleMode">Whether the stretch multiplies, as in the article, or is added, as in the published code.</param>
    /// <param name="warmupEpochs">W, the length of the ramp at the start in epochs, 0 or more and before the end.</param>
    /// <param name="warmupStartFactor">Where the ramp starts, as a multiple of the base; 0 as published.</param>
    /// <param name="annealingUpdate">Whether the annealing is evaluated once per epoch, as published, or at every batch.</param>
    /// <exception cref="ArgumentException">A value outside its range, boots that break the rules, or an annealing that gives a negative or non-finite factor.</exception>
    public CawbSchedule(
        double epochs,
        IEnumerable<double> bootEpochs,
        Annealing annealing,
        double stepScale = 0.8,
        double epochScale = 1,
        EpochScaleMode epochScaleMode = EpochScaleMode.Multiply,
        double warmupEpochs = 0,
        double warmupStartFactor = 0,
        AnnealingUpdate annealingUpdate = AnnealingUpdate.PerEpoch)
    {
        Epochs = Require.Positive(epochs);
        Annealing = Require.NotNull(annealing);
        StepScale = Require.Positive(stepScale);
        EpochScale = Require.Finite(epochScale);
        EpochScaleMode = Require.Defined(epochScaleMode);
        WarmupEpochs = Require.NotNegative(warmupEpochs);
        WarmupStartFactor = Require.NotNegative(warmupStartFactor);
        AnnealingUpdate = Require.Defined(annealingUpdate);
        if (warmupEpochs >= epochs)
        {
            throw new ArgumentException(
                $"The warm-up of {Counted.Of(Require.Text(warmupEpochs), "epoch")} must end before the run of {Counted.Of(Require.Text(epochs), "epoch")} does.", nameof(warmupEpochs));
        }

        BootEpochs = BootList.Checked(Require.NotNull(bootEpochs), warmupEpochs, epochs);
        segments = new WarmBootSegments(this, epochScale, annealing);
    }

    /// <summary>E, the length of the run in epochs.</summary>
    public double Epochs { get; }

    /// <summary>When the rate is booted, in epochs, rising.</summary>
    public IReadOnlyList<double> BootEpochs { get; }

    /// <summary>Shape of a segment.</summary>
    public Annealing Annealing { get; }

    /// <summary>Each boot multiplies the start of the segment by this.</summary>
    public double StepScale { get; }

    /// <summary>Stretches the curve of every segment but the last.</summary>
    public double EpochScale { get; }

    /// <summary>Whether the stretch multiplies or is added.</summary>
    public EpochScaleMode EpochScaleMode { get; }

    /// <summary>W, the length of the ramp at the start in epochs.</summary>
    public double WarmupEpochs { get; }

    /// <summary>Where the ramp starts, as a multiple of the base.</summary>
    public double WarmupStartFactor { get; }

    /// <summary>How often the annealing is evaluated. The warm-up is always evaluated at every batch.</summary>
    public AnnealingUpdate AnnealingUpdate { get; }

    /// <summary>The stretches between warm-up, boots and end, with the length and the start of their curves.</summary>
    public IReadOnlyList<WarmBootSegment> Segments => segments.All;

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double EndEpochs => Epochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => baseValue * FactorAt(Math.Max(epochs, 0));

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        if (epochs >= Epochs)
            return double.PositiveInfinity;
        if (epochs < WarmupEpochs || AnnealingUpdate == AnnealingUpdate.PerBatch)
            return epochs;
        return Math.Min(Math.Floor(epochs) + 1, segments.All[segments.IndexAt(epochs)].EndEpochs);
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        if (WarmupEpochs > 0 && WarmupEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.WarmupEnd, WarmupEpochs, Index: 0);
        for (var boot = 0; boot < BootEpochs.Count && BootEpochs[boot] <= endEpochs; boot++)
        {
            yield return new ScheduleEvent(ScheduleEventKind.Trough, BootEpochs[boot], boot);
            yield return new ScheduleEvent(ScheduleEventKind.Boot, BootEpochs[boot], boot);
        }

        if (Epochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, Epochs, Index: 0);
    }

    // A stretch that is added is a length; the other times are the fields'.
    internal override Schedule Stretched(TimeStretch stretch) => TextFormat.Changed(
        this, (field, value) => field.Name == "epochScale" && EpochScaleMode == EpochScaleMode.Add ? EpochScale * stretch.To / stretch.From : stretch.Of(field, value));

    private double FactorAt(double epochs)
    {
        if (epochs < WarmupEpochs)
            return WarmupStartFactor + (segments.Peak - WarmupStartFactor) * (epochs / WarmupEpochs);
        if (epochs < Epochs)
            return segments.FactorAt(epochs, AnnealingUpdate);
        return segments.Last;
    }
}
