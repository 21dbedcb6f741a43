namespace Cawb.Torch;

/// <summary>What a loss does with its elements. The numbers are libtorch's.</summary>
public enum Reduction
{
    /// <summary>One value for each element.</summary>
    None = 0,

    /// <summary>The mean of all elements.</summary>
    Mean = 1,

    /// <summary>The sum of all elements.</summary>
    Sum = 2,
}
