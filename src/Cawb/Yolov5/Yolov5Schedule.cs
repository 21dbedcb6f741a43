namespace Cawb.Yolov5;

/// <summary>The learning rate of one parameter group as YOLOv5 (versions 6.1 to 7.0) trains with it: per-iteration warm-up, then one value per epoch, which lags an epoch behind.</summary>
/// <remarks>
/// <para>With W warm-up epochs, e = floor(t) and the curve f: for t &lt;= W a straight line from the start level to <c>base * f(e)</c>, whose end moves with the epoch;
/// in the rest of the epoch in which W lies <c>base * f(e)</c>; later <c>base * f(e - 1)</c>, because the original's scheduler counts from one before the first epoch.
/// After E the value of the last epoch stays.</para>
/// <para>Source: the training loop of YOLOv5, versions 6.1 to 7.0, by its numbers. Differs from it past the end, which it never reaches.</para>
/// <para>The bias group starts at the absolute rate 0.1, the others at 0; <see cref="Yolov5Recipe"/> makes both, and momentum.</para>
/// </remarks>
public sealed record Yolov5Schedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<Yolov5Schedule>(
        "yolov5",
        "The learning rate of one parameter group as YOLOv5 trains with it.",
        [
            Field<Yolov5Schedule>.Time("epochs", schedule => schedule.Epochs, "Length of the run in epochs, a whole number.", NumberRange.Count, EndMove.Follows),
            Field<Yolov5Schedule>.Time("warmupEpochs", schedule => schedule.WarmupEpochs, "Length of the warm-up in epochs, its last iteration included.", NumberRange.NotNegative),
            Field<Yolov5Schedule>.Level("start", schedule => schedule.Start, "Where the warm-up starts.", Level.Zero),
            Field<Yolov5Schedule>.Number("finalFactor", schedule => schedule.FinalFactor, "What the curve falls to, the original's lrf.", NumberRange.Factor, 0.01),
            Field<Yolov5Schedule>.Choice("curve", schedule => schedule.Curve, "How it falls.", Yolov5Curve.Linear),
        ],
        values => new Yolov5Schedule(
            values.Count("epochs"), values.Number("warmupEpochs"), values.Level("start"), values.Number("finalFactor"), values.Choice<Yolov5Curve>("curve")));

    /// <summary>One group's learning rate.</summary>
    /// <param name="epochs">E, 1 or more.</param>
    /// <param name="warmupEpochs">W, the number of warm-up iterations over the batches of an epoch; 0 or more, and it may exceed the run, which then never leaves the warm-up.</param>
    /// <param name="start">Where the warm-up starts.</param>
    /// <param name="finalFactor">r, between 0 and 1.</param>
    /// <param name="curve">How the rate falls.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public Yolov5Schedule(int epochs, double warmupEpochs, Level start = default, double finalFactor = 0.01, Yolov5Curve curve = Yolov5Curve.Linear)
    {
        Epochs = Require.AtLeast(epochs, 1);
        WarmupEpochs = Require.NotNegative(warmupEpochs);
        Start = start;
        FinalFactor = Require.Factor(finalFactor);
        Curve = Require.Defined(curve);
    }

    /// <summary>E, the length of the run in epochs.</summary>
    public int Epochs { get; }

    /// <summary>W, in epochs; the iteration at W itself belongs to the warm-up.</summary>
    public double WarmupEpochs { get; }

    /// <summary>Where the warm-up starts.</summary>
    public Level Start { get; }

    /// <summary>r, what the curve falls to.</summary>
    public double FinalFactor { get; }

    /// <summary>How the rate falls.</summary>
    public Yolov5Curve Curve { get; }

    /// <inheritdoc/>
    public override bool IsRelative => !Start.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => Epochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var time = Math.Clamp(epochs, 0, LastMoment);
        var epoch = Math.Floor(time);
        if (time <= WarmupEpochs)
            return WarmedUp(time, FactorAt(epoch), baseValue);
        return baseValue * FactorAt(CountedEpoch(time));
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var time = Math.Min(epochs, LastMoment);
        var curve = Curve == Yolov5Curve.Linear ? "(1 - e / epochs) * (1 - finalFactor) + finalFactor" : "1 + (finalFactor - 1) * ((1 - cos(e * pi / epochs)) / 2)";
        var isWarmup = time <= WarmupEpochs && WarmupEpochs > 0;
        return new Formula(
            isWarmup ? $"start + (base * ({curve}) - start) * t / warmupEpochs" : $"base * ({curve})",
            ("t", time), ("e", CountedEpoch(time)), ("number", Math.Floor(time)))
        {
            Stretch = isWarmup ? "the warm-up" : "the decay",
            Reason = isWarmup ? "The end of the ramp moves with the epoch, e."
                : "All batches of epoch {number} train with one value." + (CountedEpoch(time) < Math.Floor(time) ? " The original counts its epochs, e, from one before the first." : ""),
        };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        if (epochs >= Epochs)
            return double.PositiveInfinity;
        return epochs <= WarmupEpochs ? epochs : Math.Floor(epochs) + 1;
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        if (WarmupEpochs > 0 && WarmupEpochs < Epochs && WarmupEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.WarmupEnd, WarmupEpochs, Index: 0);
        if (Epochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, Epochs, Index: 0);
    }

    // The original has no batch at E; the value there is the one that the last epoch ends with.
    private double LastMoment => Math.BitDecrement((double)Epochs);

    // After the epoch in which the warm-up ends the original's scheduler lags one epoch behind.
    private double CountedEpoch(double time) => Math.Floor(time) is var epoch && (time <= WarmupEpochs || epoch == Math.Floor(WarmupEpochs)) ? epoch : Math.Max(0, epoch - 1);

    private double FactorAt(double epoch) => Curve == Yolov5Curve.Linear
        ? (1 - epoch / Epochs) * (1 - FinalFactor) + FinalFactor
        : 1 + (FinalFactor - 1) * ((1 - Math.Cos(epoch * Math.PI / Epochs)) / 2);

    private double WarmedUp(double time, double factor, double baseValue)
    {
        if (WarmupEpochs == 0)
            return baseValue * factor;
        var progress = time / WarmupEpochs;
        return new LevelSpan(Level.Factor(factor), Start).ValueAt(progress, baseValue);
    }
}
