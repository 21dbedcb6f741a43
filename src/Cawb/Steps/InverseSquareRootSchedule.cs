namespace Cawb;

/// <summary>One over the square root of time; never ends. With a warm-up in front it is the schedule of the first Transformer.</summary>
/// <remarks>
/// <c>value(t) = base * sqrt(s / (t + s))</c> with the time scale s: the base at t = 0, half of it at t = 3 s.
/// Source: Vaswani et al., arXiv:1706.03762, section 5.3. Differs from it in that its <c>d^-0.5</c> is part of the base. Hugging Face's <c>get_inverse_sqrt_schedule</c> is the warm-up
/// followed by this with the warm-up's length as the time scale, as <see cref="Noam"/> makes it.
/// </remarks>
public sealed record InverseSquareRootSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<InverseSquareRootSchedule>(
        "inverseSquareRoot",
        "One over the square root of time.",
        [Field<InverseSquareRootSchedule>.Time("timescaleEpochs", schedule => schedule.TimescaleEpochs, "s, in epochs; at 3 s the value is half the base.", NumberRange.Positive)],
        values => new InverseSquareRootSchedule(values.Number("timescaleEpochs")));

    /// <summary>A decline that starts at the base.</summary>
    /// <param name="timescaleEpochs">s, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public InverseSquareRootSchedule(double timescaleEpochs) => TimescaleEpochs = Require.Positive(timescaleEpochs);

    /// <summary>s, in epochs.</summary>
    public double TimescaleEpochs { get; }

    /// <inheritdoc/>
    public override bool IsRelative => true;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <summary>The Transformer's schedule: up to the base over the warm-up, then <c>base * sqrt(W / t)</c>.</summary>
    /// <param name="warmupEpochs">W, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public static WarmupSchedule Noam(double warmupEpochs) => new(new InverseSquareRootSchedule(warmupEpochs), warmupEpochs);

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => baseValue * Math.Sqrt(TimescaleEpochs / (Math.Max(epochs, 0) + TimescaleEpochs));

    internal override Formula FormulaAt(double epochs, double baseValue) =>
        new("base * sqrt(timescaleEpochs / (t + timescaleEpochs))") { Stretch = "a decline that never ends" };
}
