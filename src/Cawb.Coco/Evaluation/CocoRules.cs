namespace Cawb.Coco.Evaluation;

/// <summary>The numbers that the COCO box evaluation is defined by, in the very doubles of the reference.</summary>
internal static class CocoRules
{
    /// <summary>Lowest overlaps that count as a match: 0.50 to 0.95. The ninth is 0.8999999999999999, as the reference computes it.</summary>
    public static double[] IouThresholds { get; } = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95];

    /// <summary>Where precision is sampled: i * 0.01. The product, not i / 100: they differ at ten places.</summary>
    public static double[] RecallThresholds { get; } = MakeRecallThresholds();

    /// <summary>The largest numbers of detections per image and category.</summary>
    public static int[] MaxDetections { get; } = [1, 10, 100];

    /// <summary>Areas in square pixels, both ends inclusive, in the order of <see cref="CocoArea"/>.</summary>
    public static (double Lowest, double Highest)[] Areas { get; } = [(0, 1e10), (0, 1024), (1024, 9216), (9216, 1e10)];

    /// <summary>All thresholds as a bit mask, bit i for threshold i.</summary>
    public const int AllThresholds = (1 << 10) - 1;

    /// <summary>Added to the denominator of precision: the spacing of doubles at 1.</summary>
    public const double PrecisionSpacing = 2.220446049250313e-16;

    private static double[] MakeRecallThresholds()
    {
        var thresholds = new double[101];
        for (var i = 0; i < thresholds.Length; i++)
        {
            thresholds[i] = i * 0.01;
        }

        return thresholds;
    }
}
