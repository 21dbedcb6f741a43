using TorchSharp;

namespace Cawb.Detection;

/// <summary>The versions of the native libraries that decide numbers.</summary>
public static class EngineVersions
{
    /// <summary>Such as <c>2.10.0</c>; TorchSharp gives four numbers where PyTorch has three.</summary>
    public static string LibTorch => Version.TryParse(torch.__version__, out var version) ? version.ToString(3) : torch.__version__;

    /// <summary>Such as <c>4.13.0</c>.</summary>
    public static string OpenCv => Images.OpenCv.Version;
}
