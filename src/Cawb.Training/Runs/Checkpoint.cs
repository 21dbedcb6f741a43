using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>A checkpoint that was read back and whose every byte is the one that was written.</summary>
public sealed record Checkpoint
{
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> files;

    internal Checkpoint(string slot, string folder, CheckpointManifest manifest)
    {
        this.folder = folder;
        files = manifest.Parts.ToDictionary(p => p.Name, p => p.File, StringComparer.Ordinal);
        Slot = slot;
        Epoch = manifest.Epoch;
        Batch = manifest.Batch;
        StateJson = manifest.StateJson;
        MetricsLength = manifest.MetricsLength;
    }

    /// <summary>The name it is kept under, such as <c>last</c>.</summary>
    public string Slot { get; }

    /// <summary>Number of finished epochs.</summary>
    public int Epoch { get; }

    /// <summary>Number of finished batches of the whole run.</summary>
    public long Batch { get; }

    /// <summary>Small state as JSON, as it was given.</summary>
    public string StateJson { get; }

    /// <summary>Names of the parts.</summary>
    public IEnumerable<string> PartNames => files.Keys;

    internal long MetricsLength { get; }

    /// <summary>Where a part lies, until the next checkpoint of the run is written.</summary>
    /// <param name="name">As it was given.</param>
    /// <exception cref="FileException">The checkpoint has no such part.</exception>
    public string PathOf(string name) => files.TryGetValue(name, out var file)
        ? Path.Combine(folder, file)
        : throw new FileException(folder, $"checkpoint '{Slot}' has no part '{name}'; it has {string.Join(", ", files.Keys)}. Another version of this program wrote it: use that one, or start the run anew.");

    /// <summary>Opens a part for reading; the caller disposes the stream.</summary>
    /// <param name="name">As it was given.</param>
    /// <exception cref="FileException">The checkpoint has no such part, or it cannot be opened.</exception>
    public Stream Open(string name)
    {
        var path = PathOf(name);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
    }
}
