namespace Cawb;

/// <summary>Which curve a <see cref="KDecaySchedule"/> bends.</summary>
public enum KDecayCurve
{
    /// <summary><c>(1 + cos(pi u)) / 2</c>.</summary>
    Cosine,

    /// <summary><c>(1 - u)^power</c>.</summary>
    Polynomial,
}
