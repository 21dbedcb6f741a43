namespace Cawb;

public abstract partial record Schedule
{
    /// <summary>A straight ramp in front: <c>start + (value(0) - start) * t / epochs</c>, then this schedule, whose time starts at the end of the ramp.</summary>
    /// <param name="epochs">Length of the ramp, above 0. The whole is so much longer.</param>
    /// <param name="start">Where the ramp starts; 0 by default.</param>
    /// <returns>Equal to <c>new WarmupSchedule(schedule, epochs, start)</c>.</returns>
    /// <exception cref="ArgumentException">The length is not above 0, or this is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public WarmupSchedule WithWarmup(double epochs, Level start = default) => new(this, Require.Positive(epochs), start);

    /// <summary>Another schedule as soon as this one has ended, with a time of its own that starts there.</summary>
    /// <param name="next">What follows.</param>
    /// <returns>Equal to <c>schedule.Then(next, schedule.EndEpochs)</c>.</returns>
    /// <exception cref="InvalidOperationException">This schedule has no end after 0; <see cref="Then(Schedule, double)"/> says when the next one starts.</exception>
    /// <exception cref="ArgumentException">One of the two is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public SequenceSchedule Then(Schedule next) => EndEpochs > 0 && double.IsFinite(EndEpochs)
        ? Then(next, EndEpochs)
        : throw new InvalidOperationException(
            $"{(EndEpochs > 0 ? "This schedule never ends" : "This schedule is the same from the start on")}; say when the next one starts: Then(next, atEpochs).");

    /// <summary>Another schedule from a moment on, with a time of its own that starts there.</summary>
    /// <param name="next">What follows; it has the moment itself.</param>
    /// <param name="atEpochs">When it starts, above 0; what this schedule would do later is cut off.</param>
    /// <returns>Equal to <c>new SequenceSchedule([schedule, next], [atEpochs])</c>; of sequences, the sequence written flat.</returns>
    /// <exception cref="ArgumentException">The moment is not above 0, or one of the two is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public SequenceSchedule Then(Schedule next, double atEpochs) => new([this, Require.NotNull(next)], [Require.Positive(atEpochs)]);

    /// <summary>All values times a constant, those at absolute levels too.</summary>
    /// <param name="factor">0 or above.</param>
    /// <returns>Equal to <c>new ScaleSchedule(schedule, factor)</c>; of a scaled schedule, one with the product of the factors.</returns>
    /// <exception cref="ArgumentException">The factor is negative or not finite, or this is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public ScaleSchedule Times(double factor) => new(this, factor);

    /// <summary>Both schedules on the same clock, multiplied: the other one takes what this one gives for its base.</summary>
    /// <param name="other">The second factor.</param>
    /// <returns>Equal to <c>new ProductSchedule(schedule, other)</c>; of products, the product written flat.</returns>
    /// <exception cref="ArgumentException">One of the two is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public ProductSchedule Times(Schedule other) => new(this, Require.NotNull(other));

    /// <summary>The values of both schedules for the same base, on the same clock, added up.</summary>
    /// <param name="other">What is added.</param>
    /// <returns>Equal to <c>new SumSchedule(schedule, other)</c>; of sums, the sum written flat.</returns>
    /// <exception cref="ArgumentException">One of the two is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public SumSchedule Plus(Schedule other) => new(this, Require.NotNull(other));

    /// <summary>The values kept between two levels.</summary>
    /// <param name="min">Never below this.</param>
    /// <param name="max">Never above this; not below <paramref name="min"/> where both are of the same kind.</param>
    /// <returns>Equal to <c>new ClampSchedule(schedule, min, max)</c>.</returns>
    /// <exception cref="ArgumentException">The levels are of the same kind and crossed, or this is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public ClampSchedule Clamped(Level min, Level max) => new(this, min, max);

    /// <summary>The beginning again and again.</summary>
    /// <param name="periodEpochs">Length of a repetition in epochs, above 0; what this schedule would do later is cut off.</param>
    /// <param name="times">1 or more; <see cref="int.MaxValue"/>, the default, repeats for ever.</param>
    /// <returns>Equal to <c>new RepeatSchedule(schedule, periodEpochs, times)</c>; of a whole repetition, one longer repetition.</returns>
    /// <exception cref="ArgumentException">A value outside its range, or this is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public RepeatSchedule Repeated(double periodEpochs, int times = int.MaxValue) => new(this, periodEpochs, times);

    /// <summary>The schedule later, with its first value until then, or entered in its middle.</summary>
    /// <param name="offsetEpochs">How much later, in epochs; negative leaves the beginning out.</param>
    /// <returns>Equal to <c>new ShiftSchedule(schedule, offsetEpochs)</c>; of a shifted schedule, one shift by the sum where that is the same.</returns>
    /// <exception cref="ArgumentException">The offset is not finite, or this is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public ShiftSchedule Shifted(double offsetEpochs) => new(this, offsetEpochs);

    /// <summary>Every batch of an epoch trains with the value at the epoch's start.</summary>
    /// <returns>Equal to <c>new HoldPerEpochSchedule(schedule)</c>; held twice is held once.</returns>
    /// <exception cref="ArgumentException">This is a <see cref="PlateauSchedule"/>, which stands outermost.</exception>
    public HoldPerEpochSchedule HeldPerEpoch() => new(this);
}
