namespace Cawb.Web.Designer.Editing;

/// <summary>A time of a part, as it can be dragged along the axis of the run.</summary>
/// <param name="Field">Its key.</param>
/// <param name="Index">In a list of times; -1 where it is a single one.</param>
/// <param name="Label">For people: <c>boot 2</c>.</param>
/// <param name="Origin">What is taken from a moment of the run to give the value.</param>
/// <param name="Value">As written, in epochs.</param>
/// <param name="Minimum">The earliest moment of the run that it may be dragged to.</param>
/// <param name="Maximum">The latest one.</param>
/// <param name="CanGo">Whether it can be left out.</param>
public sealed record TimeHandle(string Field, int Index, string Label, double Origin, double Value, double Minimum, double Maximum, bool CanGo)
{
    /// <summary>Names it on the page.</summary>
    public string Id => $"{Field}:{Index}";

    /// <summary>The moment of the run.</summary>
    public double At => Origin + Value;
}
