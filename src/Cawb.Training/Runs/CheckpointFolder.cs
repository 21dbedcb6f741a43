using System.Globalization;
using System.Security.Cryptography;
using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>The checkpoints of a run, each under the name of a slot.</summary>
/// <remarks>
/// A slot is one small file that names the files of its checkpoint with length and hash. New parts are written beside the old ones under new names; then the slot's
/// file is replaced in one step; then parts that no slot names any more are deleted. A kill at any instant leaves every slot as it was or as it will be, and two slots
/// may share parts without a copy.
/// </remarks>
internal sealed class CheckpointFolder(string path)
{
    public const string FolderName = "checkpoints";
    private const string SlotSuffix = ".checkpoint";

    public IReadOnlyList<string> Slots => Guarded(() => Directory.EnumerateFiles(path, "*" + SlotSuffix)
        .Select(f => Path.GetFileNameWithoutExtension(f) ?? "").Order(StringComparer.Ordinal).ToArray());

    public void Save(IReadOnlyList<string> slots, CheckpointContent content, long metricsLength)
    {
        var number = NextNumber();
        var parts = new List<CheckpointManifest.Part>();
        try
        {
            foreach (var part in content.Parts)
            {
                var file = string.Create(CultureInfo.InvariantCulture, $"{number:D6}-{part.Name}");
                AtomicFile.Write(Path.Combine(path, file), stream =>
                {
                    using var hashing = new HashingStream(stream);
                    part.Write(hashing);
                    parts.Add(new CheckpointManifest.Part(part.Name, file, hashing.Length, hashing.Sha256()));
                });
            }
            var manifest = new CheckpointManifest(content.Epoch, content.Batch, metricsLength, content.StateJson, parts).ToBytes();
            foreach (var slot in slots)
            {
                AtomicFile.Write(SlotPath(slot), stream => stream.Write(manifest));
            }
        }
        finally
        {
            RemoveUnnamedParts();
        }
    }

    /// <summary>Reads a checkpoint and checks all of its bytes.</summary>
    public Checkpoint Load(string slot)
    {
        var slotPath = SlotPath(slot);
        if (!File.Exists(slotPath))
        {
            throw new FileException(slotPath, $"there is no checkpoint '{slot}'.{Others(slot)}");
        }
        try
        {
            var manifest = CheckpointManifest.Read(slotPath);
            foreach (var part in manifest.Parts)
            {
                Verify(part);
            }
            return new Checkpoint(slot, path, manifest);
        }
        catch (FileException fault)
        {
            throw new FileException(fault.Path, fault.Message.Replace(fault.Path + ": ", "", StringComparison.Ordinal) + Others(slot), fault);
        }
    }

    /// <summary>What a slot's file says, without a look at its parts; null where there is none.</summary>
    public CheckpointManifest? Peek(string slot) => Has(slot) ? CheckpointManifest.Read(SlotPath(slot)) : null;

    public bool Has(string slot) => File.Exists(SlotPath(slot));

    public void Remove(string slot)
    {
        _ = Guarded(() =>
        {
            File.Delete(SlotPath(slot));
            return true;
        });
        RemoveUnnamedParts();
    }

    /// <summary>Deletes what no slot names. Does nothing while a slot cannot be read: its parts may be all that is left to save.</summary>
    public void RemoveUnnamedParts()
    {
        try
        {
            AtomicFile.RemoveLeftovers(path);
            var named = Slots.SelectMany(s => CheckpointManifest.Read(SlotPath(s)).Parts).Select(p => p.File).ToHashSet(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(path))
            {
                var name = Path.GetFileName(file);
                if (IsPart(name) && !named.Contains(name))
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception fault) when (fault is FileException || FileFault.IsOne(fault))
        {
            // Files too many do no harm; the next checkpoint tries again.
        }
    }

    private void Verify(CheckpointManifest.Part part)
    {
        var file = Path.Combine(path, part.File);
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 17);
            if (stream.Length != part.Length)
            {
                throw new FileException(file, $"the checkpoint is damaged: the file has {stream.Length} bytes instead of {part.Length}.");
            }
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != part.Sha256)
            {
                throw new FileException(file, "the checkpoint is damaged: its bytes are not the ones that were written (the SHA-256 differs).");
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(file, fault);
        }
    }

    private string Others(string slot)
    {
        var others = Slots.Where(s => s != slot).ToArray();
        return others.Length > 0 ? $" Other checkpoints of this run: {string.Join(", ", others)}." : " Restore the file from a copy, or start the run anew.";
    }

    private int NextNumber() => Guarded(() => Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f) ?? "").Where(IsPart)
        .Select(n => int.Parse(n.AsSpan(0, 6), CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1);

    private static bool IsPart(string name) => name.Length > 7 && name[6] == '-' && name.AsSpan(0, 6).IndexOfAnyExceptInRange('0', '9') < 0;

    private string SlotPath(string slot) => Path.Combine(path, slot + SlotSuffix);

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
    }
}
