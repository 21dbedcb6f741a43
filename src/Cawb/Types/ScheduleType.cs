namespace Cawb.Types;

/// <summary>A type of the text form as help and forms show it: what it is, and what each of its fields takes.</summary>
/// <remarks>Made from what reads and writes the text and gives its JSON Schema, so that they cannot differ.</remarks>
public sealed record ScheduleType
{
    private ScheduleType(string name, string summary, IEnumerable<FieldFormat> fields, string example)
    {
        (Name, Summary, Example) = (name, summary, example);
        Fields = new ValueList<ScheduleField>(fields.Select(field => new ScheduleField(field)));
    }

    /// <summary>Every type of schedule, in the order of the JSON Schema.</summary>
    public static IReadOnlyList<ScheduleType> All { get; } =
        new ValueList<ScheduleType>(TextFormats.Schedules.Select(format => new ScheduleType(format.Name, format.Summary, format.Fields, TypeExamples.OfSchedule(format.Name))));

    /// <summary>Every type of annealing; beside them a formula of x and y is one.</summary>
    public static IReadOnlyList<ScheduleType> Annealings { get; } =
        new ValueList<ScheduleType>(TextFormats.Annealings.Select(format => new ScheduleType(format.Name, format.Summary, format.Fields, TypeExamples.OfAnnealing(format.Name))));

    /// <summary>The JSON's <c>type</c>.</summary>
    public string Name { get; }

    /// <summary>One sentence; of an annealing its formula in Python's syntax.</summary>
    public string Summary { get; }

    /// <summary>In the order of the text form.</summary>
    public IReadOnlyList<ScheduleField> Fields { get; }

    /// <summary>One of this type as JSON; a schedule is over a run of 100 epochs.</summary>
    public string Example { get; }

    /// <summary>The type of schedule of that name; null for none.</summary>
    public static ScheduleType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>The type of annealing of that name; null for none.</summary>
    public static ScheduleType? FindAnnealing(string name) => Annealings.FirstOrDefault(type => type.Name == name);
}
