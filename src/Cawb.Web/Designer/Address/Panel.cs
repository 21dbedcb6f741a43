namespace Cawb.Web.Designer.Address;

/// <summary>What is shown beneath the curves.</summary>
public enum Panel
{
    /// <summary>Why the value is what it is.</summary>
    Explain,

    /// <summary>What schedules come to, in figures.</summary>
    Figures,

    /// <summary>What looks wrong.</summary>
    Findings,

    /// <summary>A change of a run under way.</summary>
    WhatIf,

    /// <summary>Schedules with the same mean rate.</summary>
    Fair,

    /// <summary>JSON, code, command lines.</summary>
    Copy,

    /// <summary>A run's own rates over the planned ones.</summary>
    Overlay,
}
