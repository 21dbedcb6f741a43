namespace Cawb;

/// <summary>A JSON value with the place it was read at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Of its first byte in the UTF-8 text.</param>
internal sealed record TextNode(TextNodeKind Kind, int Offset)
{
    public double Number { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<TextMember> Members { get; init; } = [];

    public IReadOnlyList<TextNode> Items { get; init; } = [];

    public string Describe() => Kind switch
    {
        TextNodeKind.Number => $"the number {Require.Text(Number)}",
        TextNodeKind.Text => $"the text \"{Text}\"",
        TextNodeKind.True => "true",
        TextNodeKind.False => "false",
        TextNodeKind.Null => "null",
        TextNodeKind.Object => "an object",
        _ => "a list",
    };
}

/// <summary>A key of a JSON object and its value.</summary>
internal sealed record TextMember(string Name, int Offset, TextNode Value);
