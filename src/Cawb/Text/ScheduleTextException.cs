namespace Cawb;

/// <summary>A schedule's text cannot be read: the message says where, what is wrong and what is allowed.</summary>
public sealed class ScheduleTextException : Exception
{
    internal ScheduleTextException(string path, int lineNumber, int columnNumber, string problem)
        : base($"{(path.Length > 0 ? path + ", line" : "Line")} {lineNumber}, column {columnNumber}: {problem}")
    {
        Path = path;
        LineNumber = lineNumber;
        ColumnNumber = columnNumber;
        Problem = problem;
    }

    /// <summary>The file; empty when the text did not come from one.</summary>
    public string Path { get; }

    /// <summary>1-based.</summary>
    public int LineNumber { get; }

    /// <summary>1-based, in UTF-16 characters as editors count.</summary>
    public int ColumnNumber { get; }

    /// <summary>The message without the place.</summary>
    public string Problem { get; }
}
