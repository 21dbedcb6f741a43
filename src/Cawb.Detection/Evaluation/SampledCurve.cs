using System.Runtime.CompilerServices;

namespace Cawb.Detection.Evaluation;

/// <summary>Curves given by points, with straight lines between them, and the area under them.</summary>
internal static class SampledCurve
{
    private const int RecallSamples = 101;

    /// <summary>AP of one class at one overlap: the area under the precision envelope by 101 samples and trapezoids.</summary>
    /// <param name="recall">Never falling; after each detection by falling score.</param>
    /// <param name="precision">At the same detections.</param>
    /// <remarks>
    /// Before the curve stands the point (recall 0, precision 1), after it (1, 0); the envelope never rises. Differs from COCO's rule, which takes the mean of the 101 samples and of
    /// the precisions beyond the last recall nothing: results differ in the third digit. Source: YOLOv5 7.0.
    /// </remarks>
    public static double AveragePrecision(ReadOnlySpan<double> recall, ReadOnlySpan<double> precision) =>
        AreaUnderEnvelope([0, .. recall, 1], [1, .. precision, 0]);

    /// <summary>The same for a curve that has the two points at its ends already.</summary>
    /// <param name="x">Recall from 0 to 1.</param>
    /// <param name="envelope">Precision; becomes its envelope.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double AreaUnderEnvelope(ReadOnlySpan<double> x, Span<double> envelope)
    {
        for (var i = envelope.Length - 2; i >= 0; i--)
        {
            envelope[i] = Math.Max(envelope[i], envelope[i + 1]);
        }

        var (area, last) = (0.0, At(0, x, envelope));
        for (var i = 1; i < RecallSamples; i++)
        {
            var (left, right) = ((i - 1) / (RecallSamples - 1.0), i / (RecallSamples - 1.0));
            var next = At(right, x, envelope);
            area += (right - left) * (last + next) / 2;
            last = next;
        }

        return area;
    }

    /// <summary>The value at a place; before the first point the first value, behind the last the last; of several points at one place the last one holds.</summary>
    /// <param name="at">The place.</param>
    /// <param name="x">Never falling, one or more.</param>
    /// <param name="y">At the same points.</param>
    public static double At(double at, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (low, high) = (0, x.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = x[middle] <= at ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? y[0]
            : low == x.Length ? y[^1]
            : y[low - 1] + ((y[low] - y[low - 1]) / (x[low] - x[low - 1]) * (at - x[low - 1]));
    }

    /// <summary>The mean over a window of odd width around each value; beyond the ends the end values stand.</summary>
    /// <param name="values">One or more.</param>
    /// <param name="share">Width of the window as a share of the values.</param>
    public static double[] Smooth(ReadOnlySpan<double> values, double share)
    {
        var reach = (int)Math.Round(values.Length * share / 2);
        var smooth = new double[values.Length];
        for (var i = 0; i < smooth.Length; i++)
        {
            for (var k = i - reach; k <= i + reach; k++)
            {
                smooth[i] += values[Math.Clamp(k, 0, values.Length - 1)];
            }

            smooth[i] /= (2 * reach) + 1;
        }

        return smooth;
    }
}
