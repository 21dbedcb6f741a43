namespace Cawb;

/// <summary>How the height of a cyclic schedule changes.</summary>
public enum CyclicMode
{
    /// <summary>Every cycle has the full height.</summary>
    Triangular,

    /// <summary>Every cycle has half the height of the one before; the author's "triangular2".</summary>
    Halving,

    /// <summary>The height shrinks by a factor with every epoch; the author's "exp_range".</summary>
    Exponential,
}
