using System.Security.Cryptography;
using System.Text;

namespace Cawb;

/// <summary>
/// The value of a hyper-parameter as a pure function of time and of the base value of a parameter group.
/// </summary>
/// <remarks>
/// A schedule is an immutable value. It does not know what it drives: learning rate, momentum and weight decay use the same type.
/// Most schedules are relative (<c>value = base * factor</c>); those with absolute rates read the base or ignore it.
/// Evaluation never allocates, may happen in any order, and gives the same bits for the same arguments.
/// Two schedules are equal when their parameters are.
/// </remarks>
public abstract partial record Schedule
{
    /// <summary>
    /// Whether the value is the base value times a factor that depends on time alone, bit for bit:
    /// <c>ValueAt(t, b) == b * ValueAt(t, 1)</c>. A walker then evaluates the factor once for all groups.
    /// </summary>
    public virtual bool IsRelative => false;

    /// <summary>The time in epochs from which on the value no longer changes; positive infinity for a schedule that goes on for ever.</summary>
    public virtual double EndEpochs => double.PositiveInfinity;

    /// <summary>The schedule on one line of strict JSON, defaults left out: equal schedules have equal canonical text.</summary>
    /// <exception cref="NotSupportedException">A part of the schedule is a delegate, or a type of another assembly, and has no text.</exception>
    public string CanonicalText => ScheduleText.Print(this, TextLayout.Canonical);

    /// <summary>
    /// 32 hexadecimal digits that name this schedule: the start of the SHA-256 of its canonical text, in which a delegate is represented by its name
    /// and a type of another assembly by its <see cref="Identity"/>.
    /// </summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Description)).AsSpan(0, 16));

    /// <summary>The canonical text, with delegates written by name; readable by people, and by <see cref="ScheduleText"/> where there are no delegates.</summary>
    internal string Description => ScheduleText.Print(this, TextLayout.Description);

    /// <summary>How the text form names and reads this type; none for types of other assemblies.</summary>
    internal virtual ObjectFormat<Schedule>? Format => null;

    /// <summary>
    /// For types of other assemblies, which have no text form: a text with every parameter, so that fingerprints, differences and states see them.
    /// The default lists the record's public properties in the invariant culture. A type with private parameters, delegates or lists overrides it.
    /// </summary>
    /// <exception cref="NotSupportedException">A property's text is only its type's name, as that of lists is: the type must override this.</exception>
    protected internal virtual string Identity => ScheduleIdentity.Of(GetType(), PrintMembers);

    /// <summary>The value at a moment of the run.</summary>
    /// <param name="epochs">Time in epochs, 0 at the start of the run; whole numbers are epoch starts, fractions are batches. Any number but NaN;
    /// times before 0 have the value at 0.</param>
    /// <param name="baseValue">The parameter group's base value, for a learning rate the rate the optimizer was made with.</param>
    /// <returns>The value that the batch starting at that moment trains with. Defined and finite for every time, past the end included.</returns>
    public abstract double ValueAt(double epochs, double baseValue);

    /// <summary>The values of many batches at once; the same bits as <see cref="ValueAt"/> for each.</summary>
    /// <param name="plan">Converts batches into epochs.</param>
    /// <param name="firstBatch">0-based number of the first batch, 0 or more.</param>
    /// <param name="baseValue">The parameter group's base value.</param>
    /// <param name="destination">Receives one value per batch.</param>
    public void Fill(TrainingPlan plan, long firstBatch, double baseValue, Span<double> destination)
    {
        Require.NotNull(plan);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        FillCore(plan, firstBatch, baseValue, destination);
    }

    /// <summary>
    /// A time up to which, starting at <paramref name="epochs"/>, the value stays the same, so that a walker need not ask again before.
    /// </summary>
    /// <param name="epochs">Time in epochs, 0 or later.</param>
    /// <returns>The end of the constant stretch, which does not belong to it; <paramref name="epochs"/> itself where the value changes at once or nothing is known.</returns>
    public virtual double ConstantUntil(double epochs) => epochs;

    /// <summary>What happens at exact moments of the schedule, in order of time.</summary>
    /// <param name="endEpochs">Where to stop, in epochs; events at that moment are included. Needed because some schedules never end.</param>
    /// <returns>The events after time 0 and up to <paramref name="endEpochs"/>; a trough comes right before the boot or restart of the same moment.</returns>
    public virtual IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        if (EndEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0);
    }

    /// <summary>What gives the value at a moment; none for types of other assemblies.</summary>
    internal virtual Formula? FormulaAt(double epochs, double baseValue) => null;

    /// <summary>Fills stretch by stretch where values hold, else value by value. Schedules with a vectorised formula replace it.</summary>
    internal virtual void FillCore(TrainingPlan plan, long firstBatch, double baseValue, Span<double> destination)
    {
        for (var i = 0; i < destination.Length;)
        {
            var epochs = plan.EpochsFromBatches(firstBatch + i);
            var held = ConstantUntil(epochs);
            var count = held > epochs ? Math.Clamp(plan.BatchAt(held) - firstBatch - i, 1, destination.Length - i) : 1;
            destination.Slice(i, (int)count).Fill(ValueAt(epochs, baseValue));
            i += (int)count;
        }
    }

    /// <summary>The <see cref="CanonicalText"/>, with delegates written by name.</summary>
    public sealed override string ToString() => Description;

    /// <summary>Writes the parameters for <see cref="Identity"/>. The base has none: its properties are derived from them.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
