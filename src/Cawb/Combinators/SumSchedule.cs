namespace Cawb;

/// <summary>The values of several schedules for the same base, added up.</summary>
/// <remarks>
/// <c>value(t) = v1(t) + v2(t) + ...</c>. A sum of sums is the sum written flat.
/// Source: pointwise addition, as functions of a step are added in optax. Differs from a <see cref="ProductSchedule"/> in that every part gets the base itself.
/// </remarks>
public sealed record SumSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<SumSchedule>(
        "sum",
        "The values of several schedules for the same base, added up.",
        [Field<SumSchedule>.Schedules("parts", schedule => schedule.Parts, "At least one.", EndMove.Follows)],
        values => new SumSchedule(values.Schedules("parts")));

    private readonly ValueList<Schedule> parts;

    /// <summary>The sum of schedules.</summary>
    /// <param name="parts">At least one.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    public SumSchedule(params IEnumerable<Schedule> parts)
    {
        this.parts = new ValueList<Schedule>(PartList.Checked(parts).SelectMany(part => part is SumSchedule inner ? inner.parts : (IEnumerable<Schedule>)[part]));
        IsRelative = this.parts.All(part => part.IsRelative);
        EndEpochs = this.parts.Max(part => part.EndEpochs);
    }

    /// <summary>At least one; no part is a sum itself.</summary>
    public IReadOnlyList<Schedule> Parts => parts;

    /// <inheritdoc/>
    public override bool IsRelative { get; }

    /// <inheritdoc/>
    public override double EndEpochs { get; }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var sum = 0.0;
        foreach (var part in parts.Span)
            sum += part.ValueAt(epochs, IsRelative ? 1 : baseValue);
        return IsRelative ? baseValue * sum : sum;
    }

    internal override Formula FormulaAt(double epochs, double baseValue) => new(string.Join(" + ", parts.Select((_, i) => parts.Count == 1 ? "inner" : $"part{i + 1}")))
    {
        Place = $"{parts.Count} schedules for the same base, added up.",
        Parts = [.. parts.Select(part => (part, epochs, baseValue))],
    };

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        var held = double.PositiveInfinity;
        foreach (var part in parts.Span)
            held = Math.Min(held, part.ConstantUntil(epochs));
        return held;
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => EventStream.OfParts(parts, EndEpochs, endEpochs);
}
