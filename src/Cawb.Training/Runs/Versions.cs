using System.Reflection;
using System.Runtime.InteropServices;
using Cawb.Detection;

namespace Cawb.Training.Runs;

/// <summary>The parts that decide a run's numbers.</summary>
public static class Versions
{
    private const string Engine = "libtorch";

    /// <summary>Name and version of each part that decides numbers.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All()
    {
        yield return KeyValuePair.Create("cawb", typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");
        yield return KeyValuePair.Create(Engine, EngineVersions.LibTorch);
        yield return KeyValuePair.Create("opencv", EngineVersions.OpenCv);
        yield return KeyValuePair.Create("dotnet", RuntimeInformation.FrameworkDescription);
        yield return KeyValuePair.Create("processor", Processor());
        yield return KeyValuePair.Create("system", RuntimeInformation.OSDescription);
    }

    /// <summary>Demands that a run is continued by the libtorch that it began with: another one rounds differently, and the run would end with bits that no undisturbed run has.</summary>
    /// <exception cref="InputException">It is another one.</exception>
    public static void RequireSameEngine(RunDefinition run, string path)
    {
        var began = run.Versions.GetValueOrDefault(Engine, "an unknown version");
        if (began != EngineVersions.LibTorch)
        {
            throw new InputException(
                $"{path}: the run began with libtorch {began}, and this program has {EngineVersions.LibTorch}, which rounds differently; its bits cannot be continued. Go on with the version of cawb that began it, or start a new run from its weights: --weights {System.IO.Path.Combine(path, "best.safetensors")}.");
        }
    }

    private static string Processor()
    {
        const string Key = "model name";
        var line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
