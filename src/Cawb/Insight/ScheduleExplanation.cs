using System.Text;

namespace Cawb.Insight;

/// <summary>Why a schedule has the value that it has at one moment.</summary>
/// <remarks>Made by <see cref="ScheduleInsight.Explain"/>. The texts show six significant digits; <see cref="Value"/> is exact.</remarks>
public sealed record ScheduleExplanation
{
    /// <summary>The schedule's name in the text form, such as <c>cawb</c>, or its type's name.</summary>
    public required string Schedule { get; init; }

    /// <summary>The moment, in epochs of the schedule that is explained: in a part of a composition its own time.</summary>
    public required double Epochs { get; init; }

    /// <summary>The base value it was asked with.</summary>
    public required double BaseValue { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>One sentence: which part of the schedule the moment lies in.</summary>
    public required string Segment { get; init; }

    /// <summary>The formula that holds there, in the names of its parameters.</summary>
    public required string Formula { get; init; }

    /// <summary>The same with numbers, and what it gives.</summary>
    public required string Calculation { get; init; }

    /// <summary>One or two sentences: why the value is what it is. May be empty where the formula says it all.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The schedules inside that made the value, explained at their own times.</summary>
    public IReadOnlyList<ScheduleExplanation> Parts { get; init => field = new ValueList<ScheduleExplanation>(value); } = new ValueList<ScheduleExplanation>([]);

    /// <summary>Everything as indented lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Print(text, "");
        return text.ToString().TrimEnd('\n');
    }

    private void Print(StringBuilder text, string indent)
    {
        text.Append(indent).Append(Schedule).Append(" at epoch ").Append(InsightText.Number(Epochs)).Append(": ").Append(InsightText.Number(Value)).Append('\n');
        foreach (var line in (string[])[Segment, Formula.Length > 0 ? $"value = {Formula}" : "", Calculation.Length > 0 ? $"      = {Calculation}" : "", Reason])
        {
            if (line.Length > 0)
            {
                text.Append(indent).Append("  ").Append(line).Append('\n');
            }
        }

        foreach (var part in Parts)
        {
            part.Print(text, indent + "  ");
        }
    }
}
