namespace Cawb.Coco;

/// <summary>A place in a text file.</summary>
/// <remarks>The default value means that no place is known.</remarks>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in bytes of the file.</param>
public readonly record struct CocoPlace(long Line, long Column)
{
    /// <summary>Whether there is a place.</summary>
    public bool IsKnown => Line > 0;

    /// <summary>For messages: <c>line 3, column 17</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsKnown ? FormattableString.Invariant($"line {Line}, column {Column}") : "no known place";
}
