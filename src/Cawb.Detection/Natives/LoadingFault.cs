using System.Runtime.InteropServices;

namespace Cawb.Detection.Natives;

/// <summary>The paragraphs that are said where nothing helps.</summary>
internal static class LoadingFault
{
    /// <summary>The file is in none of the folders.</summary>
    public static string NotThere(string library) =>
        $"{NativeFiles.NameOf(library)} was not found: this program has no native libraries for {RuntimeInformation.RuntimeIdentifier}. Build or publish it for that system (dotnet publish -r {RuntimeInformation.RuntimeIdentifier}) "
        + "and add the package of the engine that serves it, if there is one; see docs/gpu.md.";

    /// <summary>The file is there, and the system does not load it.</summary>
    public static string Explain(string path, Exception fault) => $"{Path.GetFileName(path)} could not be loaded from {Path.GetDirectoryName(path)}: {Reason(fault)}. {Advice(fault)}";

    /// <summary>The part of a fault that says something: the runtime puts the system's own words last, after lines of general advice.</summary>
    internal static string Reason(Exception fault) =>
        (fault.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? fault.GetType().Name).TrimEnd('.');

    private static string Advice(Exception fault) => fault switch
    {
        InvalidDataException => "The file is damaged: delete its package from the NuGet folder and restore it, or publish again.",
        IOException or UnauthorizedAccessException => "Look at the file's rights, and at the memory that is left.",
        _ when OperatingSystem.IsWindows() => "Install the Microsoft Visual C++ Redistributable (x64), 2022 or newer.",
        _ when OperatingSystem.IsLinux() => "A 64-bit Linux with glibc 2.35 and libstdc++ of GCC 12 is needed, such as Debian 12, Ubuntu 22.04 or newer; install what is missing there by the system's packages.",
        _ => "Look whether the system is one that libtorch and OpenCvSharp have packages for.",
    };
}
