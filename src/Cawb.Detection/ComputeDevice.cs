using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection;

/// <summary>Where a network computes, by name: <c>cpu</c>, <c>cuda</c> or <c>cuda:0</c> to <c>cuda:127</c>.</summary>
public static class ComputeDevice
{
    private const string Gpu = "cuda";
    private const int LastIndex = 127;

    /// <summary>What is wrong with a name; null if it is one. Does not load the engine, nor ask whether the device exists.</summary>
    public static string? Problem(string name) => IndexOf(name) is null ? $"'{name}' is no device; use cpu, cuda or cuda:0 to cuda:{LastIndex}, one alone. For several GPUs start one process for each: docs/ranks.md." : null;

    /// <summary>The name in full where it is a number alone, as YOLOv5 has it: <c>cuda:0</c> for <c>0</c>.</summary>
    public static string FullName(string name) => name.Length > 0 && name.All(char.IsAsciiDigit) ? $"{Gpu}:{name}" : name;

    /// <summary>The device of a name, or of a GPU's number.</summary>
    /// <exception cref="ComputeDeviceException">It is no device, or this machine or this libtorch has none such.</exception>
    public static Device Open(string name)
    {
        name = FullName(name);
        var index = IndexOf(name) ?? throw new ComputeDeviceException($"--device: {Problem(name)}");
        if (index < 0)
        {
            return CPU;
        }

        if (!cuda.is_available())
        {
            throw new ComputeDeviceException(
                $"--device {name}: this libtorch cannot compute there, because it was made for processors alone or finds no GPU with a driver. Use cpu, or build with -p:Torch=cuda and install NVIDIA's driver (docs/gpu.md).");
        }

        var count = cuda.device_count();
        return index < count
            ? new Device(DeviceType.CUDA, index)
            : throw new ComputeDeviceException(string.Create(CultureInfo.InvariantCulture, $"--device {name}: this machine has {Counted.Of(count, "GPU")}, cuda:0 to cuda:{count - 1}. Name one of them, or cpu."));
    }

    /// <summary>-1 for the processor; null if the name is none.</summary>
    private static int? IndexOf(string name) => name switch
    {
        "cpu" => -1,
        Gpu => 0,
        _ when name.StartsWith(Gpu + ":", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Gpu.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= LastIndex => index,
        _ => null,
    };
}
