namespace Cawb.Insight;

/// <summary>Something about a schedule in a run that its author should look at.</summary>
/// <param name="Code">Names the kind of finding, such as <c>boot-never-fires</c>; stays the same from version to version.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Epochs">Where, in epochs from the start of the run.</param>
/// <param name="Place">The same in words, such as <c>boot 2, epoch 160</c>.</param>
/// <param name="Message">One sentence: what was found, with numbers.</param>
/// <param name="Fix">One sentence: what to do about it.</param>
public sealed record LintFinding(string Code, LintSeverity Severity, double Epochs, string Place, string Message, string Fix)
{
    /// <summary>The finding on one line.</summary>
    public override string ToString() => $"{Severity.ToString().ToLowerInvariant()} {Code} ({Place}): {Message} {Fix}";
}
