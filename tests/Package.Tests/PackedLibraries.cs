using System.Diagnostics;
using System.Reflection;
using System.Xml.Linq;
using Cawb.Tests.Reference;

[assembly: AssemblyFixture(typeof(Package.Tests.PackedLibraries))]

namespace Package.Tests;

/// <summary>All packages, made once for all tests in a folder of its own outside the repository, and the programs that install them.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Metadata = typeof(PackedLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Value is not null).ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);

    // This project has built the libraries in its own configuration; packing them again from source would only cost time.
    private static readonly string Configuration = typeof(PackedLibraries).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";

    private readonly string folder = Path.Combine(Path.GetTempPath(), "cawb-package-" + Path.GetRandomFileName());

    /// <summary>The packages by their names.</summary>
    public static string[] Names { get; } = ["Cawb", "Cawb.Coco", "Cawb.Foreign", "Cawb.TorchSharp"];

    public static TheoryData<string> All => [.. Names];

    /// <summary>The one folder that our packages come from.</summary>
    public string Feed => Path.Combine(folder, "feed");

    /// <summary>As the files' names have it: Cawb.1.2.3.nupkg.</summary>
    public string Version => Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Feed, "Cawb.Coco.*.nupkg")))["Cawb.Coco.".Length..];

    public string PackagePath(string name) => Path.Combine(Feed, $"{name}.{Version}.nupkg");

    public string SymbolsPath(string name) => Path.ChangeExtension(PackagePath(name), ".snupkg");

    /// <summary>The program of a package's example, built against the package.</summary>
    public string Example(string name) => Path.Combine(folder, "examples", name, "bin", "Debug", "net10.0", $"{name}.Example.dll");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        await Dotnet(ReferenceFolder.Repository, "pack", "Cawb.slnx", "--no-build", "--nologo", "--configuration", Configuration, "--output", Feed);
        await Dotnet(WriteExamples(), "build", "Examples.slnx", "--nologo", "-v", "quiet");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the SDK or a program, fails with everything it said if it does, and returns its standard output.</summary>
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

    /// <summary>A project for each package, which installs it from the feed and has its page's example as the program.</summary>
    private string WriteExamples()
    {
        // TorchSharp and its like are taken from where this machine has them.
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                {string.Concat(Metadata["PackageFolders"].Split(';', StringSplitOptions.RemoveEmptyEntries).Select((path, i) => $"""<add key="machine{i}" value="{path}" />"""))}
              </fallbackPackageFolders>
            </configuration>
            """);
        Write("Examples.slnx", $"<Solution>{string.Concat(Names.Select(name => $"""<Project Path="{name}/{name}.Example.csproj" />"""))}</Solution>");
        foreach (var name in Names)
        {
            var libtorch = name == "Cawb.TorchSharp" && Metadata.TryGetValue("Libtorch", out var package) ? $"""<PackageReference Include="{package}" Version="{VersionOf(package)}" />""" : "";
            Write($"{name}/{name}.Example.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                    <UseAppHost>false</UseAppHost>
                    <!-- A copy of libtorch would be half a gigabyte. -->
                    <CopyLocalLockFileAssemblies>false</CopyLocalLockFileAssemblies>
                    <GenerateRuntimeConfigDevFile>true</GenerateRuntimeConfigDevFile>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="{name}" Version="{Version}" />
                    {libtorch}
                  </ItemGroup>
                </Project>
                """);
            Write($"{name}/Program.cs", string.Join('\n', Readme.Block(name, "csharp")));
        }

        return Path.Combine(folder, "examples");

        void Write(string name, string text)
        {
            var path = Path.Combine(folder, "examples", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.WriteAllText(path, text);
        }
    }

    private static string VersionOf(string package) =>
        XDocument.Load(Path.Combine(ReferenceFolder.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => (string?)element.Attribute("Include") == package).Attribute("Version")?.Value ?? throw new InvalidOperationException($"{package} has no version.");
}
