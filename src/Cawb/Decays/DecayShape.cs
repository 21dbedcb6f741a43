namespace Cawb;

/// <summary>How a decay phase gets from its start a to its end b while its progress u goes from 0 to 1.</summary>
/// <remarks>
/// At u = 1 the value is b whatever the shape. The shapes of quotients cannot touch 0: where one end is 0 for a group, because that level is a factor of a base of 0 and the other is absolute, 0 stands for
/// <c>1e-300</c> (exponential) or <c>1e-6</c> (inverse-proportional) times the other end, so that the curve runs along 0 and meets its other end without a jump.
/// </remarks>
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

    /// <summary><c>a (b / a)^u</c>; the end must be above 0. The shape of MiniCPM, arXiv:2404.06395.</summary>
    Exponential,

    /// <summary><c>1 / (u / b + (1 - u) / a)</c>; the end must be above 0. The shape of WSD-S, arXiv:2410.05192.</summary>
    InverseProportional,
}
