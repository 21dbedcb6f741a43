namespace Cawb.Web.Designer.Address;

/// <summary>What may become of a run that is under way.</summary>
public enum ChangeKind
{
    /// <summary>It ends later.</summary>
    Extend,

    /// <summary>It ends earlier.</summary>
    Shorten,

    /// <summary>The rate decays from where it is, and the run ends with it.</summary>
    CoolDown,

    /// <summary>The schedule begins again, scaled.</summary>
    Restart,
}
