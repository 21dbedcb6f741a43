namespace Cawb.Detection.Model;

/// <summary>One of the networks of YOLOv5: how deep its stages are, how wide its layers, and which they are.</summary>
/// <remarks>
/// A repeat count n above 1 becomes max(round(n * <see cref="DepthMultiple"/>), 1), rounded half to even; a channel count c becomes the next multiple of 8
/// at or above c * <see cref="WidthMultiple"/>. Source: YOLOv5 releases 5.0 to 7.0.
/// </remarks>
public sealed record ModelSize
{
    /// <summary>Nano: 1.87 million parameters at 80 classes.</summary>
    public static ModelSize N { get; } = new("n", 0.33, 0.25);

    /// <summary>Small: 7.24 million parameters at 80 classes.</summary>
    public static ModelSize S { get; } = new("s", 0.33, 0.50);

    /// <summary>Medium: 21.2 million parameters at 80 classes.</summary>
    public static ModelSize M { get; } = new("m", 0.67, 0.75);

    /// <summary>Large: 46.6 million parameters at 80 classes.</summary>
    public static ModelSize L { get; } = new("l", 1.00, 1.00);

    /// <summary>Extra large: 86.7 million parameters at 80 classes.</summary>
    public static ModelSize X { get; } = new("x", 1.33, 1.25);

    /// <summary>The sizes of YOLOv5 6.0 to 7.0, small to large, then those of 5.0, which has no n.</summary>
    public static IReadOnlyList<ModelSize> All { get; } = [N, S, M, L, X, .. new[] { S, M, L, X }.Select(size => size.OfRelease5())];

    private ModelSize(string name, double depthMultiple, double widthMultiple, NetworkLayout layout = NetworkLayout.Release6) =>
        (Name, DepthMultiple, WidthMultiple, Layout) = (name, depthMultiple, widthMultiple, layout);

    /// <summary>The letter of YOLOv5: n, s, m, l or x; of its release 5.0 s-5.0, m-5.0, l-5.0 or x-5.0.</summary>
    public string Name { get; }

    /// <summary>Scales the number of repeats of a stage.</summary>
    public double DepthMultiple { get; }

    /// <summary>Scales the number of channels of a layer.</summary>
    public double WidthMultiple { get; }

    /// <summary>Which layers there are.</summary>
    public NetworkLayout Layout { get; }

    /// <summary>The size with this name.</summary>
    /// <exception cref="ArgumentException">There is no such size.</exception>
    public static ModelSize FromName(string name) =>
        All.FirstOrDefault(size => string.Equals(size.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no model size '{name}'; choose one of {string.Join(", ", All.Select(size => size.Name))}.", nameof(name));

    internal int Repeats(int count) => count > 1 ? Math.Max((int)Math.Round(count * DepthMultiple, MidpointRounding.ToEven), 1) : count;

    internal int Channels(int count) => (int)Math.Ceiling(count * WidthMultiple / 8) * 8;

    private ModelSize OfRelease5() => new($"{Name}-5.0", DepthMultiple, WidthMultiple, NetworkLayout.Release5);
}
