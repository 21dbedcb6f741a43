using System.Diagnostics;
using System.Reflection;
using Cawb.Tests.Reference;

namespace Samples.Tests;

/// <summary>A program of the samples folder, run in a process of its own.</summary>
internal static class SampleProgram
{
    private static readonly string Configuration = typeof(SampleProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";

    public static string Folder(string name) => Path.Combine(ReferenceFolder.Repository, "samples", name);

    /// <summary>The lines that it printed.</summary>
    public static async Task<string[]> Run(string name, params string[] arguments)
    {
        var (code, output, errors) = await Start("dotnet", [Path.Combine(Folder(name), "bin", Configuration, "net10.0", $"{name}.dll"), .. arguments]);
        Assert.True(code == 0, $"{name} {string.Join(' ', arguments)} ended with {code}:\n{output}{errors}");
        return output.TrimEnd().Split('\n');
    }

    /// <summary>Compiles it ahead of time into a folder, with every line of the libraries.</summary>
    /// <returns>The program.</returns>
    public static async Task<string> Publish(string name, string folder)
    {
        // What it references has been built with this project.
        var (code, output, errors) = await Start(
            "dotnet", "publish", Folder(name), "--nologo", "--configuration", Configuration, "--output", folder, "-p:WholeLibraries=true", "-p:BuildProjectReferences=false", "-p:DebugType=none");
        Assert.True(code == 0, $"{name} could not be compiled ahead of time; that needs clang or gcc, on Windows Visual Studio's C++ tools.\n{output}{errors}");
        return Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
    }

    public static async Task<(int Code, string Output, string Errors)> Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Servers that outlive the command would hold its output open.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["DOTNET_NOLOGO"] = "1" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await errors);
    }
}
