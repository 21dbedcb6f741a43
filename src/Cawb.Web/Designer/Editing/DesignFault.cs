namespace Cawb.Web.Designer.Editing;

/// <summary>Why a text is no schedule.</summary>
/// <param name="Message">For people, with line and column where there are some.</param>
/// <param name="Path">The part that is wrong, such as <c>parts/1/stepScale</c>; empty for the whole.</param>
public sealed record DesignFault(string Message, string Path);
