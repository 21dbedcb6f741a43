using System.Text.Json;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests;

/// <summary>Compares a tensor with the summary that the golden files keep of it.</summary>
internal static class Digest
{
    /// <summary>Elements relative to the largest value, the norm relative to itself, the sum relative to sqrt(count) times the largest value.</summary>
    public static void Equal(JsonElement expected, Tensor actual, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        if (expected.TryGetProperty("shape", out var shape))
        {
            Assert.Equal(shape.Integers(), actual.shape);
        }

        var values = actual.detach().contiguous().to(ScalarType.Float64).data<double>().ToArray();
        var largest = expected.Number("absmax");
        Near(largest, values.Max(Math.Abs), tolerance * largest, $"{what}: largest value");
        Near(expected.Number("l2"), Math.Sqrt(values.Sum(value => value * value)), tolerance * expected.Number("l2"), $"{what}: norm");
        Near(expected.Number("sum"), values.Sum(), tolerance * Math.Sqrt(values.Length) * largest, $"{what}: sum");
        Elements(expected.GetProperty("head").Numbers(), values, 0, tolerance * largest, what);
        if (expected.TryGetProperty("tail", out var tail))
        {
            var last = tail.Numbers();
            Elements(last, values, values.Length - last.Length, tolerance * largest, what);
        }
    }

    public static void Near(double expected, double actual, double tolerance, string what) =>
        // The files carry ten significant digits: half a unit of the last one is no fault.
        Assert.True(
            double.IsNaN(expected) ? !double.IsFinite(actual) : Math.Abs(expected - actual) <= Math.Max(tolerance, 1e-300) + (5e-10 * Math.Abs(expected)),
            FormattableString.Invariant($"{what}: expected {expected:R}, got {actual:R}, tolerance {tolerance:R}."));

    private static void Elements(double[] expected, double[] values, int start, double tolerance, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Near(expected[i], values[start + i], tolerance, $"{what}[{start + i}]");
        }
    }
}
