using System.Globalization;

namespace Cawb.Torch;

/// <summary>Where a tensor lives: <c>cpu</c> or <c>cuda:i</c>.</summary>
/// <remarks>The default value is <see cref="Cpu"/>.</remarks>
public readonly record struct Device
{
    private readonly int index;

    internal Device(DeviceKind kind, int index)
    {
        Kind = kind;
        // libtorch writes -1 for "the only one".
        this.index = Math.Max(index, 0);
    }

    /// <summary>Main memory.</summary>
    public static Device Cpu => default;

    /// <summary>Main memory or an accelerator.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Which accelerator, from 0; 0 for main memory.</summary>
    public int Index => index;

    internal long Packed => ((long)Kind << 32) | (uint)(Kind == DeviceKind.Cpu ? -1 : index);

    /// <summary>An NVIDIA accelerator.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <returns>The device; whether it exists shows when a tensor is moved there.</returns>
    public static Device Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, 127);
        return new(DeviceKind.Cuda, index);
    }

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:i</c>.</summary>
    /// <param name="text">The device as <see cref="ToString"/> writes it.</param>
    /// <returns>The device.</returns>
    /// <exception cref="FormatException">The text is neither of the three forms.</exception>
    public static Device Parse(string text) => text switch
    {
        "cpu" => Cpu,
        "cuda" => Cuda(),
        _ when text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= 127 => Cuda(index),
        _ => throw new FormatException($"'{text}' is no device; use cpu, cuda or cuda:0 to cuda:127."),
    };

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == DeviceKind.Cpu ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"{(Kind == DeviceKind.Cuda ? "cuda" : Kind)}:{index}");

    internal static Device FromPacked(long packed) => new((DeviceKind)(packed >> 32), (int)packed);
}
