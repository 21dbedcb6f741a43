namespace Cawb.Insight;

/// <summary>How much a finding matters.</summary>
public enum LintSeverity
{
    /// <summary>Worth knowing; may well be meant.</summary>
    Notice,

    /// <summary>Probably not what was meant.</summary>
    Warning,

    /// <summary>The run cannot do what the schedule says.</summary>
    Error,
}
