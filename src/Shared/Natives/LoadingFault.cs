using System.Runtime.InteropServices;

namespace Cawb.Natives;

/// <summary>The paragraphs that are said where nothing helps.</summary>
internal static class LoadingFault
{
    private const string Damaged = "Its package is damaged or belongs to another version: delete it from the NuGet folder, then restore and build or publish again.";

    /// <summary>The file is in none of the folders.</summary>
    public static string NotThere(string library) =>
        $"{NativeFiles.NameOf(library)} was not found: this program has no native libraries for {RuntimeInformation.RuntimeIdentifier}. Build or publish it for that system (dotnet publish -r {RuntimeInformation.RuntimeIdentifier}) "
        + "and add the package of the engine that serves it, if there is one; see docs/gpu.md.";

    /// <summary>The file is there, and the system does not load it.</summary>
    public static string Explain(string path, Exception fault) => $"{Path.GetFileName(path)} could not be loaded from {Path.GetDirectoryName(path)}: {Reason(fault)}. {Advice(fault)}";

    // The runtime puts the system's own words last, after lines of general advice.
    private static string Reason(Exception fault) =>
        (fault.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? fault.GetType().Name).TrimEnd('.');

    private static string Advice(Exception fault) => fault switch
    {
        InvalidDataException => Damaged,
        IOException or UnauthorizedAccessException => "Look at the file's rights, and at how much memory is left.",
        _ when OperatingSystem.IsWindows() => "Install the newest Microsoft Visual C++ Redistributable; if it is there: " + Damaged,
        _ when fault.Message.Contains("cannot open shared object file", StringComparison.Ordinal) => "Install the system's package that holds the missing library; if it belongs to libtorch: " + Damaged,
        _ when fault.Message.Contains("' not found (required by", StringComparison.Ordinal) => "The system is too old: glibc 2.35 and the C++ library of GCC 12 are needed, as Debian 12, Ubuntu 22.04 and newer ones have them.",
        _ => Damaged,
    };
}
