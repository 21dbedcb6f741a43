using System.Diagnostics;
using Cawb.TorchSharp;
using Cawb.Training;

namespace Cawb.Cli.Tests;

public sealed class EngineLoadingTests
{
    /// <summary>Pages of text and images come at once, because nothing of half a gigabyte is loaded for them.</summary>
    [Theory]
    [InlineData("--help")]
    [InlineData("train --help")]
    [InlineData("plot --schedule cosine --epochs 5 --out curve.svg")]
    [InlineData("lint --schedule cosine --epochs 50")]
    [InlineData("table --schedule cosine --epochs 5")]
    public async Task What_computes_nothing_loads_no_engine(string words)
    {
        using var folder = new TemporaryFolder();
        var report = folder.Path("loaded");
        // The system's loader writes there what it loads.
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. words.Split(' ')])
        {
            WorkingDirectory = folder.Path(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = report },
        };
        using var process = Process.Start(start);
        Assert.NotNull(process);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        Assert.NotEmpty(await output);

        var loaded = string.Concat(Directory.EnumerateFiles(folder.Path(), "loaded.*").Select(File.ReadAllText));
        Assert.Contains("libcoreclr.so", loaded, StringComparison.Ordinal);
        Assert.All((string[])["libtorch.so", "libtorch_cpu.so", "LibTorchSharp.so", "OpenCvSharpExtern.so", "libgomp"], name => Assert.DoesNotContain(name, loaded, StringComparison.Ordinal));
    }

    [Fact]
    public void An_engine_that_does_not_load_is_told_in_its_own_paragraph()
    {
        var fault = new NativeLibraryException("libengine.so could not be loaded.\nInstall it.");
        Assert.Equal("libengine.so could not be loaded. Install it.", FaultReport.Unexpected(fault));
        Assert.Equal("libengine.so could not be loaded. Install it.", FaultReport.Unexpected(new TypeInitializationException("TorchSharp.torch", fault)));
        Assert.False(BadInput.IsCause(fault));
    }
}
