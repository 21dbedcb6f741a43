namespace Cawb.Digits;

/// <summary>How far the making of a set is.</summary>
/// <param name="Done">Images written.</param>
/// <param name="Total">Images in all.</param>
/// <remarks>The default value is nothing of nothing, which is valid.</remarks>
public readonly record struct DigitsProgress(int Done, int Total);
