namespace Cawb;

/// <summary>Schedules multiplied: each takes what the one before gives for its base.</summary>
/// <remarks>
/// <c>value(t) = base * f1(t) * f2(t) * ...</c> where all are relative. A part with absolute levels ignores or reads the product so far as its base.
/// A product of products is the product written flat. Source: PyTorch's <c>ChainedScheduler</c>. Differs from it in that each part is a function of the position: none sees a rate that another one left.
/// </remarks>
public sealed record ProductSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<ProductSchedule>(
        "product",
        "Schedules multiplied: each takes what the one before gives for its base.",
        [Field<ProductSchedule>.Schedules("parts", schedule => schedule.Parts, "At least one.", EndMove.Follows)],
        values => new ProductSchedule(values.Schedules("parts")));

    private readonly ValueList<Schedule> parts;

    /// <summary>The product of schedules.</summary>
    /// <param name="parts">At least one.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    public ProductSchedule(params IEnumerable<Schedule> parts)
    {
        this.parts = new ValueList<Schedule>(PartList.Checked(parts).SelectMany(part => part is ProductSchedule inner ? inner.parts : (IEnumerable<Schedule>)[part]));
        IsRelative = this.parts.All(part => part.IsRelative);
        EndEpochs = this.parts.Max(part => part.EndEpochs);
    }

    /// <summary>At least one; no part is a product itself.</summary>
    public IReadOnlyList<Schedule> Parts => parts;

    /// <inheritdoc/>
    public override bool IsRelative { get; }

    /// <inheritdoc/>
    public override double EndEpochs { get; }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var value = IsRelative ? 1 : baseValue;
        foreach (var part in parts.Span)
            value = part.ValueAt(epochs, value);
        return IsRelative ? baseValue * value : value;
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        // Each part takes what the one before gives for its base.
        var bases = new List<double> { baseValue };
        foreach (var part in parts)
            bases.Add(part.ValueAt(epochs, bases[^1]));
        var names = Enumerable.Range(1, parts.Count);
        var areFactors = IsRelative && baseValue != 0;
        return new Formula(
            areFactors ? $"base * {string.Join(" * ", names.Select(i => $"factor{i}"))}" : string.Join(" of ", names.Reverse().Select(i => $"part{i}")),
            [.. parts.Select((part, i) => ($"factor{i + 1}", part.ValueAt(epochs, 1))), ("last", bases[^1])])
        {
            Calculated = areFactors ? $"base * {string.Join(" * ", names.Select(i => $"factor{i}"))}" : "last",
            Place = $"{parts.Count} schedules, each with what the one before gives for its base.",
            Parts = [.. parts.Select((part, i) => (part, epochs, bases[i]))],
        };
    }

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
