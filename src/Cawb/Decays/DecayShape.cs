namespace Cawb;

/// <summary>How a decay phase gets from its start a to its end b while its progress u goes from 0 to 1.</summary>
public enum DecayShape
{
    /// <summary><c>b + (a - b)(1 - u)</c>.</summary>
    Linear,

    /// <summary><c>b + (a - b)(1 + cos(pi u)) / 2</c>.</summary>
    Cosine,

    /// <summary>The cosine mirrored at the line: <c>b + (a - b)(2 (1 - u) - (1 + cos(pi u)) / 2)</c>. Source: arXiv:2405.18392.</summary>
    MirrorCosine,

    /// <summary><c>b + (a - b)(1 - sqrt(u))</c>, the "1-sqrt" of arXiv:2405.18392.</summary>
    SquareRoot,

    /// <summary><c>b + (a - b)(1 - u^2)</c>.</summary>
    Square,

    /// <summary><c>a (b / a)^u</c>; the end must be above 0, and from a start of 0 it never leaves 0. The shape of MiniCPM, arXiv:2404.06395.</summary>
    Exponential,

    /// <summary><c>1 / (u / b + (1 - u) / a)</c>; the end must be above 0, and from a start of 0 it never leaves 0. The shape of WSD-S, arXiv:2410.05192.</summary>
    InverseProportional,
}
