using System.IO.Compression;
using Cawb.Tests.Reference;

namespace Cawb.Detection.Tests.Weights;

/// <summary>The files that PyTorch saved (<c>Saved/save.py</c>), unpacked into a folder.</summary>
public sealed class SavedNetworks : IDisposable
{
    private static readonly string Source = System.IO.Path.Combine(ReferenceFolder.Repository, "tests", "Cawb.Detection.Tests", "Weights", "Saved");

    private readonly string folder = Directory.CreateTempSubdirectory("cawb-saved-").FullName;

    /// <summary>What PyTorch reads there.</summary>
    internal static string Expectations => System.IO.Path.Combine(Source, "expected.json");

    /// <summary>The path of a file, by its name without ending.</summary>
    public string this[string name]
    {
        get
        {
            var path = System.IO.Path.Combine(folder, $"{name}.pt");
            if (!File.Exists(path))
            {
                using var packed = new GZipStream(File.OpenRead(System.IO.Path.Combine(Source, $"{name}.pt.gz")), CompressionMode.Decompress);
                using var unpacked = File.Create(path);
                packed.CopyTo(unpacked);
            }

            return path;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
