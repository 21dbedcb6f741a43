using System.Text;

namespace Cawb.Code;

/// <summary>Lays code out in lines.</summary>
/// <param name="closesOnOwnLine">Whether a closing bracket has a line of its own and the last item a comma, as in Python.</param>
internal sealed class CodeLayout(bool closesOnOwnLine)
{
    private const int Width = 100;
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
            case not null when column + line.Length <= Width:
                Append(line);
                break;
            case CodeRow row:
                foreach (var part in row.Parts)
                    Write(part, indent);
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
            if (i > 0 && brackets.Fills && column + brackets.Items[i].OneLine.Length < Width)
                Append(" ");
            else
                Break(indent + Indent);
            Write(brackets.Items[i], indent + Indent);
            if (i < last || closesOnOwnLine)
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
