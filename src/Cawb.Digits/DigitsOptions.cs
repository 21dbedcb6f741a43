namespace Cawb.Digits;

/// <summary>What set of digit images is made.</summary>
public sealed record DigitsOptions
{
    /// <summary>Any number; the same seed and counts give the same bytes on every machine.</summary>
    public ulong Seed { get; init; }

    /// <summary>Images made of training digits, 1 to 1,000,000; 1,500 unless told.</summary>
    public int TrainingImages
    {
        get;
        init => field = Count(value, nameof(TrainingImages));
    } = 1500;

    /// <summary>Images made of test digits, 1 to 1,000,000; 500 unless told.</summary>
    public int ValidationImages
    {
        get;
        init => field = Count(value, nameof(ValidationImages));
    } = 500;

    private static int Count(int value, string name) => value is >= 1 and <= 1_000_000
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Must be between 1 and 1,000,000 images.");
}
