namespace Cawb.Detection.Data;

/// <summary>How far a check of a data set is.</summary>
/// <param name="Done">Images that are decoded.</param>
/// <param name="Total">Images in all.</param>
/// <remarks>The default value is a check of nothing.</remarks>
public readonly record struct DatasetCheckProgress(int Done, int Total);
