using System.Diagnostics;
using System.Reflection;
using Cawb.Tests.Reference;

namespace Samples.Tests;

/// <summary>A program of the samples folder, run in a process of its own.</summary>
internal static class SampleProgram
{
    /// <summary>The lines that it printed.</summary>
    public static async Task<string[]> Run(string name, params string[] arguments)
    {
        var configuration = typeof(SampleProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";
        var program = Path.Combine(ReferenceFolder.Repository, "samples", name, "bin", configuration, "net10.0", $"{name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        return (await output).TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
