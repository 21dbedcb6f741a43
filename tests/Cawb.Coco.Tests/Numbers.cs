using System.Text.Json;

namespace Cawb.Coco.Tests;

internal static class Numbers
{
    public static double[] Of(JsonElement list) => [.. list.EnumerateArray().Select(element => element.GetDouble())];

    public static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(element => element.GetString() ?? "")];

    public static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, FormattableString.Invariant($"{what}: expected {expected:R}, got {actual:R}."));

    public static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} numbers, got {actual.Length}.");
        for (var i = 0; i < expected.Length; i++)
        {
            Near(expected[i], actual[i], tolerance, FormattableString.Invariant($"{what}[{i}]"));
        }
    }
}
