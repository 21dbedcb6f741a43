namespace Cawb.Detection.Data;

/// <summary>What a problem means for training.</summary>
public enum ProblemSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Training goes on; the documented rule for such a case applies.</summary>
    Warning,

    /// <summary>Training does not start.</summary>
    Error,
}
