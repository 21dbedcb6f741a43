using System.Diagnostics;
using Cawb.Tests.Reference;

namespace Cawb.Detection.Tests.Natives;

/// <summary>
/// A program that touches TorchSharp and OpenCvSharp and says which files they came from, published once for all tests, for any Linux and for this processor's alone, as a user
/// would.
/// </summary>
public sealed class EngineProgram : IAsyncLifetime
{
    private const string Source = """
        using Cawb.Detection;
        using Cawb.Detection.Natives;
        using Cawb.Detection.Inference;
        using OpenCvSharp;
        using Engine = TorchSharp.torch;

        foreach (var word in args)
        {
            try
            {
                switch (word)
                {
                    case "prepare": NativeLibraries.Prepare(); break;
                    case "use": Console.WriteLine($"use {new SuppressionOptions().MaxDetections > 0}"); break;
                    case "threads": ComputeThreads.Set(2); Console.WriteLine($"threads {ComputeThreads.Count}"); break;
                    case "torch": Torch(); break;
                    case "vision": Vision(); break;
                    case "loaded": Loaded(); break;
                }
            }
            catch (Exception fault)
            {
                Console.WriteLine($"{word} {(fault is TypeInitializationException ? fault.InnerException : fault)?.GetType().FullName}: {(fault.InnerException ?? fault).Message}");
            }
        }

        static void Torch()
        {
            using var scope = Engine.NewDisposeScope();
            var x = Engine.ones(3, requires_grad: true);
            (x * x).sum().backward();
            Console.WriteLine($"torch {x.sum().item<float>()} {x.grad![0].item<float>()}");
        }

        static void Vision()
        {
            using var image = new Mat(4, 5, MatType.CV_8UC3, new Scalar(10, 20, 30));
            foreach (var ending in (string[])[".png", ".jpg", ".bmp", ".webp", ".tiff"])
            {
                Cv2.ImEncode(ending, image, out var bytes);
                using var again = Cv2.ImDecode(bytes, ImreadModes.Color);
                Console.WriteLine($"vision {ending} {again.Rows} {again.Cols} {Math.Abs(again.At<Vec3b>(1, 1).Item2 - 30) <= 2}");
            }
        }

        static void Loaded()
        {
            foreach (var path in File.ReadLines("/proc/self/maps").Where(line => line.Contains('/')).Select(line => line[line.IndexOf('/')..]).Distinct())
            {
                Console.WriteLine($"loaded {path}");
            }
        }
        """;

    private readonly string folder = Path.Combine(Path.GetTempPath(), "cawb-natives-" + Path.GetRandomFileName());

    /// <summary>Published for every system: the native libraries lie under <c>runtimes</c>.</summary>
    public string Portable => Path.Combine(folder, "portable");

    /// <summary>Published for Linux on this processor: the native libraries lie beside the program.</summary>
    public string ForLinux => Path.Combine(folder, "linux");

    public async ValueTask InitializeAsync()
    {
        var project = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        File.WriteAllText(Path.Combine(project, "Program.cs"), Source);
        File.WriteAllText(Path.Combine(project, "Directory.Packages.props"), $"""<Project><Import Project="{ReferenceFolder.Repository}/Directory.Packages.props" /></Project>""");
        File.WriteAllText(Path.Combine(project, "Touch.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <UseAppHost>false</UseAppHost>
                <SelfContained>false</SelfContained>
                <NuGetAudit>false</NuGetAudit>
                <!-- Half a gigabyte each otherwise. -->
                <CopyLocalLockFileAssemblies>false</CopyLocalLockFileAssemblies>
                <CreateHardLinksForPublishFilesIfPossible>true</CreateHardLinksForPublishFilesIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{AppContext.BaseDirectory}Cawb.dll;{AppContext.BaseDirectory}Cawb.Detection.dll;{AppContext.BaseDirectory}Cawb.TorchSharp.dll;{AppContext.BaseDirectory}Cawb.Foreign.dll" />
              </ItemGroup>
              <Import Project="{ReferenceFolder.Repository}/src/Cawb.Detection/Engine.props" />
            </Project>
            """);
        await Run(project, "publish", "--nologo", "--output", Portable);
        await Run(project, "publish", "--nologo", "--output", ForLinux, "--runtime", "linux-x64");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy of the portable program whose native library is another file, or none.</summary>
    /// <param name="name">Of the folder.</param>
    /// <param name="library">The file's name.</param>
    /// <param name="change">Gives the new bytes for the old ones; empty for no file.</param>
    public string Variant(string name, string library, Func<byte[], byte[]> change)
    {
        var variant = Path.Combine(folder, name);
        var natives = Path.Combine("runtimes", "linux-x64", "native");
        Directory.CreateDirectory(Path.Combine(variant, natives));
        foreach (var file in Directory.EnumerateFiles(Portable))
        {
            File.Copy(file, Path.Combine(variant, Path.GetFileName(file)));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Portable, natives)).Where(file => Path.GetFileName(file) != library))
        {
            File.CreateSymbolicLink(Path.Combine(variant, natives, Path.GetFileName(file)), file);
        }

        var bytes = change(File.ReadAllBytes(Path.Combine(Portable, natives, library)));
        if (bytes.Length > 0)
        {
            File.WriteAllBytes(Path.Combine(variant, natives, library), bytes);
        }

        return variant;
    }

    /// <summary>An empty folder beside the program's.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    /// <summary>Runs the program of a folder in a process of its own; the lines that it printed.</summary>
    public static async Task<string[]> Start(string program, string[] words, params (string Name, string Value)[] environment) =>
        (await Run(program, [Path.Combine(program, "Touch.dll"), .. words], environment)).TrimEnd().Split('\n');

    private static Task<string> Run(string workingDirectory, params string[] arguments) => Run(workingDirectory, arguments, []);

    private static async Task<string> Run(string workingDirectory, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        // Servers that outlive the command would hold its output open.
        foreach (var (name, value) in environment.Concat([("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1")]))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }
}
