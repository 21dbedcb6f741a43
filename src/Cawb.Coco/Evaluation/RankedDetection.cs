namespace Cawb.Coco.Evaluation;

/// <summary>A detection's place in the order of one category: by falling score, equal scores in picture and file order.</summary>
internal readonly struct RankedDetection(double score, int position) : IComparable<RankedDetection>
{
    public double Score { get; } = score;

    /// <summary>Within the category, by picture and file.</summary>
    public int Position { get; } = position;

    public int CompareTo(RankedDetection other) =>
        Score > other.Score ? -1
        : Score < other.Score ? 1
        : Position.CompareTo(other.Position);
}
