namespace Cawb.Types;

/// <summary>A field of a <see cref="ScheduleType"/>: what it means, takes and is by default.</summary>
public sealed record ScheduleField
{
    internal ScheduleField(FieldFormat format)
    {
        var range = NumberBounds.Of(format.Range);
        (Name, Summary, Kind, Words) = (format.Name, format.Summary, format.Kind, new ValueList<string>(format.Options));
        (Minimum, ExcludesMinimum, Maximum, IsWhole) = Kind switch
        {
            FieldKind.Number or FieldKind.Time or FieldKind.Times => range,
            FieldKind.Level or FieldKind.Levels => NumberBounds.Of(NumberRange.NotNegative),
            _ => NumberBounds.Of(NumberRange.Finite),
        };
        Default = format.Default is { } value ? TextWriting.ValueText(value) : "";
        DefaultWords = format.Default is (double)int.MaxValue ? "for ever" : Default;
    }

    /// <summary>The JSON's key.</summary>
    public string Name { get; }

    /// <summary>One sentence.</summary>
    public string Summary { get; }

    /// <summary>What it takes.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether it takes several values.</summary>
    public bool IsList => Kind is FieldKind.Times or FieldKind.Levels or FieldKind.Schedules;

    /// <summary>Whether it takes numbers of epochs.</summary>
    public bool IsTime => Kind is FieldKind.Time or FieldKind.Times;

    /// <summary>The lowest number that it takes, or that its items are; negative infinity where there is none.</summary>
    public double Minimum { get; }

    /// <summary>Whether numbers must lie above <see cref="Minimum"/>.</summary>
    public bool ExcludesMinimum { get; }

    /// <summary>The highest number; positive infinity where there is none.</summary>
    public double Maximum { get; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool IsWhole { get; }

    /// <summary>The words that are allowed; none where it takes something else.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>As JSON; empty where it must be given.</summary>
    public string Default { get; }

    /// <summary>The default for people.</summary>
    public string DefaultWords { get; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired => Default.Length == 0;

    /// <summary>What it takes and in which range, for people.</summary>
    public string Takes => $"{(IsList ? "list of " : "")}{Kind switch
    {
        FieldKind.Choice => string.Join(" | ", Words),
        FieldKind.Flag => "true | false",
        FieldKind.Level or FieldKind.Levels => "factor of the base, or {\"absolute\": value}",
        FieldKind.Annealing => "formula of x and y, or an annealing as JSON",
        FieldKind.Schedule or FieldKind.Schedules => "schedule as JSON",
        FieldKind.Time or FieldKind.Times => $"epochs{Range}",
        _ => $"{(IsWhole ? "whole number" : "number")}{Range}",
    }}";

    private string Range => (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
    {
        (false, false) => "",
        (true, false) => ExcludesMinimum ? $" above {Require.Text(Minimum)}" : $", {Require.Text(Minimum)} or more",
        (true, true) => $", {Require.Text(Minimum)} to {Require.Text(Maximum)}",
        (false, true) => $" up to {Require.Text(Maximum)}",
    };
}
