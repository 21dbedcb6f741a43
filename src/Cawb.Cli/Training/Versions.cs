using System.Reflection;
using System.Runtime.InteropServices;
using Cawb.Torch;

namespace Cawb.Cli.Training;

/// <summary>The parts that decide a run's numbers.</summary>
internal static class Versions
{
    public static IEnumerable<KeyValuePair<string, string>> All()
    {
        yield return KeyValuePair.Create("cawb", typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");
        yield return KeyValuePair.Create("libtorch", LibTorch.Version);
        yield return KeyValuePair.Create("dotnet", RuntimeInformation.FrameworkDescription);
        yield return KeyValuePair.Create("processor", Processor());
        yield return KeyValuePair.Create("system", RuntimeInformation.OSDescription);
    }

    private static string Processor()
    {
        const string Key = "model name";
        var line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
