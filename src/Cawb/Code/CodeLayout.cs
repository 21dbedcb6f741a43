using System.Text;

namespace Cawb.Code;

/// <summary>Lays code out in lines.</summary>
/// <param name="width">How long a line may be, as far as it can be broken.</param>
/// <param name="closesOnOwnLine">Whether a closing bracket has a line of its own and the last item a comma, as in Python.</param>
internal sealed class CodeLayout(int width, bool closesOnOwnLine)
{
    private const int Indent = 4;

    private readonly StringBuilder written = new();
    private int column;

    public override string ToString() => written.ToString();

    /// <summary>Writes a statement.</summary>
    public CodeLayout Line(CodeText code, int indent = 0)
    {
        Append(new string(' ', indent));
        Write(code, indent);
        written.Append('\n');
        column = 0;
        return this;
    }

    private void Write(CodeText code, int indent)
    {
        var line = code.OneLine;
        switch (code)
        {
            case CodeWord:
            case not null when column + line.Length <= width:
                Append(line);
                break;
            case CodeRow row:
                foreach (var part in row.Parts)
                    Write(part, indent);
                break;
            case CodeOperation { Hangs: true } operation:
                Write(operation.First, indent);
                foreach (var (word, operand) in operation.Rest)
                {
                    Append($" {word} ");
                    Write(operand, indent);
                }

                break;
            case CodeOperation operation:
                Append("(");
                Break(indent + Indent);
                Write(operation.First, indent + Indent);
                foreach (var (word, operand) in operation.Rest)
                {
                    Break(indent + Indent);
                    Append($"{word} ");
                    Write(operand, indent + Indent);
                }

                Break(indent);
                Append(")");
                break;
            case CodeChain chain:
                Write(chain.Head, indent);
                foreach (var call in chain.Calls)
                {
                    Break(indent + Indent);
                    Write(call, indent + Indent);
                }

                break;
            case CodeBrackets brackets:
                Write(brackets, indent);
                break;
        }
    }

    private void Write(CodeBrackets brackets, int indent)
    {
        Append(brackets.Open);
        var last = brackets.Items.Count - 1;
        for (var i = 0; i <= last; i++)
        {
            if (i > 0 && brackets.Fills && column + brackets.Items[i].OneLine.Length < width)
                Append(" ");
            else
                Break(indent + Indent);
            Write(brackets.Items[i], indent + Indent);
            if (i < last || (closesOnOwnLine && !brackets.Fills))
                Append(",");
        }

        if (closesOnOwnLine)
            Break(indent);
        Append(brackets.Close);
    }

    private void Break(int indent)
    {
        written.Append('\n').Append(' ', indent);
        column = indent;
    }

    private void Append(string text)
    {
        written.Append(text);
        column += text.Length;
    }
}
