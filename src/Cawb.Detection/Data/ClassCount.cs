namespace Cawb.Detection.Data;

/// <summary>How often one class occurs in a part.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Instances">Its boxes.</param>
/// <param name="Images">Images with one of them at least.</param>
public sealed record ClassCount(string Name, int Instances, int Images);
