using System.Globalization;
using System.Reflection;

namespace Cawb.Bench.Schedules;

/// <summary>What a benchmark has to reach; none for those that only stand beside the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BarAttribute(string unit, double most) : Attribute
{
    public string Unit { get; } = unit;

    /// <summary>In the unit; infinity where nothing is asked.</summary>
    public double Most { get; } = most;
}

/// <summary>A bar, ready for a table.</summary>
internal sealed record Bar(string Unit, double Most)
{
    public string Text => double.IsInfinity(Most) ? "" : string.Create(CultureInfo.InvariantCulture, $"<= {Most} {Unit}");

    public static Bar Of(MethodInfo method) =>
        method.GetCustomAttribute<BarAttribute>() is { } bar ? new Bar(bar.Unit, bar.Most) : new Bar("ns", double.PositiveInfinity);

    public string Written(double nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / (Unit == "ms" ? 1e6 : 1):0.###} {Unit}");
}
