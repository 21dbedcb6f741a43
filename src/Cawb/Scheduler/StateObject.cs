namespace Cawb;

/// <summary>An object of a state's JSON that must have certain keys and no others.</summary>
internal sealed class StateObject
{
    private readonly TextSource source;
    private readonly TextNode node;

    public StateObject(TextSource source, TextNode node, params string[] keys)
    {
        (this.source, this.node) = (source, node);
        if (node.Kind != TextNodeKind.Object)
            throw source.Fault(node.Offset, $"Expected an object with {string.Join(", ", keys)}; found {node.Describe()}.");
        foreach (var member in node.Members.Where(member => !keys.Contains(member.Name)))
            throw source.Fault(member.Offset, $"Unknown key \"{member.Name}\"; known are {string.Join(", ", keys)}.");
        foreach (var key in keys.Where(key => !node.Members.Any(member => member.Name == key)))
            throw source.Fault(node.Offset, $"The key \"{key}\" is missing.");
    }

    public ScheduleTextException Fault(string key, string problem) => source.Fault(Value(key).Offset, problem);

    public double Number(string key) => Expect(Value(key), TextNodeKind.Number, key).Number;

    public double NumberOrInfinity(string key) => Value(key) switch
    {
        { Kind: TextNodeKind.Text, Text: "infinity" } => double.PositiveInfinity,
        { Kind: TextNodeKind.Text, Text: "-infinity" } => double.NegativeInfinity,
        _ => Number(key),
    };

    public string Text(string key) => Expect(Value(key), TextNodeKind.Text, key).Text;

    public long Whole(string key, long least, long most = 1L << 53)
    {
        var number = Number(key);
        return number == Math.Floor(number) && number >= least && number <= most
            ? (long)number
            : throw Fault(key, $"\"{key}\" must be a whole number between {least} and {most}; got {Require.Text(number)}.");
    }

    public StateObject Object(string key, params string[] keys) => new(source, Value(key), keys);

    public IEnumerable<StateObject> Objects(string key, params string[] keys) =>
        Items(key, TextNodeKind.Object).Select(item => new StateObject(source, item, keys));

    public IEnumerable<TextNode> Items(string key, TextNodeKind kind) =>
        Expect(Value(key), TextNodeKind.List, key).Items.Select(item => Expect(item, kind, key));

    private TextNode Value(string key) => node.Members.First(member => member.Name == key).Value;

    private TextNode Expect(TextNode value, TextNodeKind kind, string key) =>
        value.Kind == kind ? value : throw source.Fault(value.Offset, $"Expected {kind switch { TextNodeKind.Number => "a number", TextNodeKind.Text => "a text", TextNodeKind.List => "a list", _ => "an object" }} in \"{key}\", found {value.Describe()}.");
}
