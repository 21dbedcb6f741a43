using System.Globalization;
using Cawb.Training.Comparison.Jobs;

namespace Cawb.Cli.Comparison;

/// <summary>What runs that take long would take on a GPU.</summary>
internal static class CostWords
{
    // What a card for data centres keeps up in single precision while it trains networks of this kind; a measurement with --device replaces it.
    private const double GpuRate = 10e12;

    private static readonly TimeSpan Long = TimeSpan.FromHours(12);

    /// <summary>A sentence; empty where one can wait for the time.</summary>
    /// <param name="cost">Of all runs.</param>
    /// <param name="isOnProcessor">Whether its time is a processor's.</param>
    public static string OfGpu(RunCost cost, bool isOnProcessor)
    {
        if (cost.Time < Long || cost.Operations <= 0)
        {
            return "";
        }

        var rate = cost.Operations / cost.Time.TotalSeconds;
        var work = string.Create(CultureInfo.InvariantCulture, $"These are {cost.Operations:0.0e+0} floating-point operations, which this {(isOnProcessor ? "machine" : "GPU")} does at {rate / 1e12:0.000} TFLOP/s: about");
        return isOnProcessor
            ? string.Create(CultureInfo.InvariantCulture, $"{work} {cost.Operations / GpuRate / 3600:0.#} GPU-hours on a card that keeps up {GpuRate / 1e12:0} TFLOP/s.")
            : string.Create(CultureInfo.InvariantCulture, $"{work} {cost.Time.TotalHours:0.#} GPU-hours.");
    }
}
