using Cawb.Expressions;
using Cawb.Types;

namespace Cawb;

/// <summary>Turns JSON values into schedules and annealings and says precisely what is wrong where that fails.</summary>
internal sealed class TextReading(TextSource source)
{
    public Schedule ReadRoot()
    {
        var node = source.Read();
        // Editors attach a schema through this key; it says nothing about the schedule.
        var members = node.Members.Where(member => member.Name != "$schema").ToList();
        return ReadSchedule(node with { Members = members });
    }

    private Schedule ReadSchedule(TextNode node) => ReadObject(node, "schedule", TextFormats.Schedules);

    private Annealing ReadAnnealing(TextNode node)
    {
        if (node.Kind != TextNodeKind.Text)
            return ReadObject(node, "annealing", TextFormats.Annealings);
        try
        {
            return Annealing.Expression(node.Text);
        }
        catch (ExpressionException exception)
        {
            throw source.Fault(node.Offset, $"In the annealing expression, column {exception.Column}: {exception.Problem}");
        }
    }

    private TBase ReadObject<TBase>(TextNode node, string what, IReadOnlyList<ObjectFormat<TBase>> formats) where TBase : notnull
    {
        if (node.Kind != TextNodeKind.Object)
            throw source.Fault(node.Offset, $"Expected an object for the {what}, found {node.Describe()}.");
        var type = node.Members.FirstOrDefault(member => member.Name == "type")
            ?? throw source.Fault(node.Offset, $"The {what} has no \"type\"; it must be one of {Listed(formats.Select(format => format.Name))}.");
        if (type.Value.Kind != TextNodeKind.Text)
            throw source.Fault(type.Value.Offset, $"Expected the name of the {what} as a text, found {type.Value.Describe()}.");
        var format = formats.FirstOrDefault(format => format.Name == type.Value.Text)
            ?? throw source.Fault(type.Value.Offset, Unknown($"{what} type", type.Value.Text, formats.Select(format => format.Name)));
        var values = ReadFields(node, format);
        try
        {
            return format.Create(new FieldValues(values));
        }
        catch (ArgumentException exception)
        {
            throw source.Fault(PlaceOf(exception, node), $"{KeyOf(exception)}{ArgumentText.Of(exception)}");
        }
    }

    private Dictionary<string, object> ReadFields<TBase>(TextNode node, ObjectFormat<TBase> format) where TBase : notnull
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in node.Members.Where(member => member.Name != "type"))
        {
            var field = format.Fields.FirstOrDefault(field => field.Name == member.Name)
                ?? throw source.Fault(member.Offset, Unknown($"key in \"{format.Name}\"", member.Name, format.Fields.Select(field => field.Name)));
            values.Add(field.Name, ReadValue(member.Value, field));
        }

        foreach (var field in format.Fields.Where(field => !values.ContainsKey(field.Name)))
        {
            values.Add(
                field.Name,
                field.Default ?? throw source.Fault(node.Offset, $"\"{format.Name}\" needs the key \"{field.Name}\": {field.Summary}"));
        }

        return values;
    }

    private object ReadValue(TextNode node, FieldFormat field) => field.Kind switch
    {
        FieldKind.Number or FieldKind.Time => ReadNumber(node, field),
        FieldKind.Times => new ValueList<double>(ReadItems(node, field).Select(item => ReadNumber(item, field))),
        FieldKind.Flag => ReadFlag(node, field),
        FieldKind.Choice => ReadChoice(node, field),
        FieldKind.Level => ReadLevel(node, field),
        FieldKind.Levels => new ValueList<Level>(ReadItems(node, field).Select(item => ReadLevel(item, field))),
        FieldKind.Annealing => ReadAnnealing(node),
        FieldKind.Schedule => ReadSchedule(node),
        _ => new ValueList<Schedule>(ReadItems(node, field).Select(ReadSchedule)),
    };

    private double ReadNumber(TextNode node, FieldFormat field) => Expect(node, TextNodeKind.Number, field, "a number").Number;

    private IReadOnlyList<TextNode> ReadItems(TextNode node, FieldFormat field) => Expect(node, TextNodeKind.List, field, "a list").Items;

    private object ReadFlag(TextNode node, FieldFormat field) =>
        node.Kind == TextNodeKind.True || Expect(node, TextNodeKind.False, field, "true or false").Kind == TextNodeKind.True;

    private string ReadChoice(TextNode node, FieldFormat field)
    {
        var word = Expect(node, TextNodeKind.Text, field, $"one of {Listed(field.Options)}").Text;
        return field.Options.Contains(word) ? word : throw source.Fault(node.Offset, Unknown($"value of \"{field.Name}\"", word, field.Options));
    }

    private Level ReadLevel(TextNode node, FieldFormat field)
    {
        try
        {
            if (node.Kind == TextNodeKind.Number)
                return Level.Factor(node.Number);
            if (node is { Kind: TextNodeKind.Object, Members: [{ Name: "absolute", Value.Kind: TextNodeKind.Number } member] })
                return Level.Absolute(member.Value.Number);
        }
        catch (ArgumentException exception)
        {
            throw source.Fault(node.Offset, $"\"{field.Name}\": {ArgumentText.Of(exception)}");
        }

        throw source.Fault(
            node.Offset, $"Expected a factor of the base value such as 0.1, or an absolute value such as {{\"absolute\": 0.001}}, for \"{field.Name}\"; found {node.Describe()}.");
    }

    private TextNode Expect(TextNode node, TextNodeKind kind, FieldFormat field, string expected) =>
        node.Kind == kind ? node : throw source.Fault(node.Offset, $"Expected {expected} for \"{field.Name}\", found {node.Describe()}.");

    // Constructors name their parameters as the text names its keys, so the parameter leads to the place.
    private static int PlaceOf(ArgumentException exception, TextNode node) =>
        node.Members.FirstOrDefault(member => member.Name == exception.ParamName)?.Value.Offset ?? node.Offset;

    private static string KeyOf(ArgumentException exception) => exception.ParamName is { Length: > 0 } name ? $"\"{name}\": " : "";

    private static string Unknown(string what, string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var nearest = NearestName.Of(name, names);
        var hint = nearest.Length > 0 ? $"did you mean \"{nearest}\"?" : $"known are {Listed(names)}.";
        return $"Unknown {what}: \"{name}\"; {hint}";
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
