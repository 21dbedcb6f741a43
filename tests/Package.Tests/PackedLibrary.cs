using System.Diagnostics;
using System.Reflection;
using Cawb.Tests.Reference;

namespace Package.Tests;

/// <summary>The package, made once for all tests in a folder of its own outside the repository.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "cawb-package-" + Path.GetRandomFileName());

    public static string Project { get; } = Path.Combine(ReferenceFolder.Repository, "src", "Cawb");

    /// <summary>The one folder that packages come from.</summary>
    public string Feed => Path.Combine(folder, "feed");

    public string PackagePath => Assert.Single(Directory.GetFiles(Feed, "*.nupkg"));

    public string SymbolsPath => Assert.Single(Directory.GetFiles(Feed, "*.snupkg"));

    /// <summary>As the file's name has it: Cawb.1.2.3.nupkg.</summary>
    public string Version => Path.GetFileNameWithoutExtension(PackagePath)["Cawb.".Length..];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        // This project has built the library in its own configuration; packing it again from source would only cost time.
        var configuration = typeof(PackedLibrary).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";
        await Dotnet(Project, "pack", "--no-build", "--nologo", "--configuration", configuration, "--output", Feed);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>An empty folder beside the feed.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    /// <summary>Runs the SDK, fails with everything it said if it does, and returns its standard output.</summary>
    public async Task<string> Dotnet(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                // The user's packages stay as they are, and a package of the same version from an earlier run is not found.
                ["NUGET_PACKAGES"] = Path.Combine(folder, "packages"),
                // Servers that outlive the command would hold its output open.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["UseSharedCompilation"] = "false",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} failed with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }
}
