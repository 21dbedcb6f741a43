namespace Cawb.Code;

/// <summary>Code as a tree, so that it can be laid out: on one line where it fits, else broken inside its brackets.</summary>
internal abstract record CodeText
{
    /// <summary>All of it on one line.</summary>
    public abstract string OneLine { get; }

    public static CodeText Of(params CodeText[] parts) => new CodeRow(parts);

    public static CodeText Call(string name, IEnumerable<CodeText> arguments) => new CodeBrackets($"{name}(", [.. arguments], ")");

    public static CodeText List(IEnumerable<CodeText> items) => new CodeBrackets("[", [.. items], "]");

    public static implicit operator CodeText(string text) => new CodeWord(text);

    public static string Number(double number) => Require.Text(number == 0 ? 0 : number).Replace("E", "e", StringComparison.Ordinal);
}

/// <summary>What is never broken.</summary>
internal sealed record CodeWord(string Text) : CodeText
{
    public override string OneLine => Text;
}

/// <summary>Parts that follow each other.</summary>
internal sealed record CodeRow(IReadOnlyList<CodeText> Parts) : CodeText
{
    public override string OneLine => string.Concat(Parts.Select(part => part.OneLine));
}

/// <summary>A list of items with something around it.</summary>
internal sealed record CodeBrackets(string Open, IReadOnlyList<CodeText> Items, string Close) : CodeText
{
    public override string OneLine => $"{Open}{string.Join(", ", Items.Select(item => item.OneLine))}{Close}";

    /// <summary>Numbers and names fill their lines; other items have a line each.</summary>
    public bool Fills => Items.All(item => item is CodeWord);
}

/// <summary>Operands with words between them, such as an operator.</summary>
internal sealed record CodeOperation(CodeText First, IReadOnlyList<(string Word, CodeText Operand)> Rest) : CodeText
{
    /// <summary>Whether it stands in parentheses on one line too.</summary>
    public bool IsEnclosed { get; init; }

    public override string OneLine
    {
        get
        {
            var line = $"{First.OneLine}{string.Concat(Rest.Select(next => $" {next.Word} {next.Operand.OneLine}"))}";
            return IsEnclosed ? $"({line})" : line;
        }
    }

    /// <summary>With one operand that can be broken, nothing else has to be.</summary>
    public bool Hangs => !IsEnclosed && Rest.Select(next => next.Operand).Append(First).Count(operand => operand is not CodeWord) < 2;
}

/// <summary>Calls of methods, one on what the other gives.</summary>
internal sealed record CodeChain(CodeText Head, IReadOnlyList<CodeText> Calls) : CodeText
{
    public override string OneLine => $"{Head.OneLine}{string.Concat(Calls.Select(call => call.OneLine))}";
}
