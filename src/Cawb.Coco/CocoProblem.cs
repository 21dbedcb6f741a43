namespace Cawb.Coco;

/// <summary>One fault of a data set.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Path">The file; empty if the data set came from none.</param>
/// <param name="Place">Where in the file; the default value if the data set came from none.</param>
/// <param name="JsonPath">The element in the manner of <c>$.annotations[5]</c>, counted from 0.</param>
/// <param name="Message">A sentence that names the ids and the numbers.</param>
public sealed record CocoProblem(CocoProblemKind Kind, string Path, CocoPlace Place, string JsonPath, string Message)
{
    /// <summary>Whether it spoils a training; if not, the trainer has a rule for it.</summary>
    public bool IsError => Kind < CocoProblemKind.EmptyBox;

    /// <summary>One line with path and place.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => new CocoFormatException(Path, Place, JsonPath, Message).Message;
}
