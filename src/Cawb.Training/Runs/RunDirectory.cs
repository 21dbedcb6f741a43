using Cawb.Files;
using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>A run's directory, open for this process alone.</summary>
/// <remarks>
/// <code>
/// run.json       what the run is                    (replaced when its length is changed)
/// metrics.csv    one row per epoch                  (appended, flushed)
/// checkpoints/   last, best and others by name      (replaced in one step, hashed)
/// lock           held while a process has the run
/// </code>
/// Pictures and reports are added with <see cref="WriteFile"/>. Nothing in it is ever half written, whenever the process is killed or the disk fills up.
/// </remarks>
public sealed class RunDirectory : IDisposable
{
    /// <summary>What the run is.</summary>
    public const string DefinitionFile = "run.json";

    /// <summary>A row for each epoch.</summary>
    public const string MetricsFileName = "metrics.csv";

    /// <summary>Held while a process has the run.</summary>
    public const string LockFile = RunLock.FileName;

    private const int MaxSlotLength = 60;
    private readonly CheckpointFolder checkpoints;
    private readonly RunLock runLock;

    private RunDirectory(string path, RunDefinition definition, MetricsColumns columns, RunLock held)
    {
        Path = path;
        Definition = definition;
        Metrics = new MetricsFile(System.IO.Path.Combine(path, MetricsFileName), columns);
        checkpoints = new CheckpointFolder(System.IO.Path.Combine(path, CheckpointFolder.FolderName));
        runLock = held;
    }

    /// <summary>The checkpoint that a run goes on from.</summary>
    public static string LastSlot => "last";

    /// <summary>The checkpoint of the best epoch.</summary>
    public static string BestSlot => "best";

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>What the run is.</summary>
    public RunDefinition Definition { get; private set; }

    /// <summary>The numbers per epoch.</summary>
    public MetricsFile Metrics { get; }

    /// <summary>Names under which there is a checkpoint, in the order of the letters.</summary>
    public IReadOnlyList<string> Slots => checkpoints.Slots;

    /// <summary>Makes a run directory, whole or not at all. Folders above it are made where they are missing.</summary>
    /// <param name="path">Does not exist yet, or is an empty folder.</param>
    /// <param name="definition">What the run is.</param>
    /// <param name="columns">Of the metrics.</param>
    /// <exception cref="FileException">The directory is in use by something else, or cannot be made.</exception>
    public static RunDirectory Create(string path, RunDefinition definition, MetricsColumns columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(columns);
        return TryCreate(path, definition, columns) ?? throw new FileException(path, File.Exists(System.IO.Path.Combine(path, DefinitionFile))
            ? "already holds a run. Go on with it (--resume), or give the new run another directory."
            : "exists and is not empty. Give the run a directory of its own.");
    }

    /// <summary>Makes the directory <paramref name="name"/> in <paramref name="parent"/>, or <c>name2</c>, <c>name3</c> and so on, the first that is free.</summary>
    /// <param name="parent">Made where it is missing.</param>
    /// <param name="name">Such as <c>train</c>.</param>
    /// <param name="definition">What the run is.</param>
    /// <param name="columns">Of the metrics.</param>
    /// <exception cref="FileException">The directory cannot be made.</exception>
    public static RunDirectory CreateNumbered(string parent, string name, RunDefinition definition, MetricsColumns columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(columns);
        // Another process may be faster with a name.
        return NumberedFolder.Free(parent, name).Select(path => TryCreate(path, definition, columns)).First(run => run is not null)!;
    }

    /// <summary>Opens a run to go on with it, and clears away what a killed process left half written.</summary>
    /// <param name="path">A run directory.</param>
    /// <exception cref="FileException">There is no run, or its files are damaged.</exception>
    /// <exception cref="RunInUseException">Another process has it.</exception>
    public static RunDirectory Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var definitionPath = System.IO.Path.Combine(path, DefinitionFile);
        if (!File.Exists(definitionPath))
        {
            throw new FileException(path, Directory.Exists(path)
                ? $"is not a run: it has no {DefinitionFile}. Name the directory that the training wrote."
                : "there is no such run. Check the path for a typing error.");
        }
        var held = RunLock.Take(path);
        try
        {
            var definition = RunDefinition.Read(definitionPath);
            var columns = MetricsTable.Read(System.IO.Path.Combine(path, MetricsFileName)).Columns;
            var run = new RunDirectory(path, definition, columns, held);
            AtomicFile.RemoveLeftovers(path);
            run.checkpoints.RemoveUnnamedParts();
            return run;
        }
        catch (Exception fault)
        {
            held.Dispose();
            if (FileFault.IsOne(fault))
            {
                throw FileFault.OfReading(path, fault);
            }
            throw;
        }
    }

    /// <summary>Keeps a checkpoint under one or several names, replacing what they held, each in one step.</summary>
    /// <param name="slots">Such as <see cref="LastSlot"/> and <see cref="BestSlot"/>; the parts are written once and shared. Letters, digits, dashes, underscores.</param>
    /// <param name="content">What to keep. The metrics written so far belong to it.</param>
    /// <exception cref="ArgumentException">There is no slot, or a name is formed otherwise.</exception>
    /// <exception cref="FileException">It cannot be written; the slots hold what they held before.</exception>
    public void SaveCheckpoint(IEnumerable<string> slots, CheckpointContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        string[] names = [.. slots];
        if (names.Length == 0)
        {
            throw new ArgumentException("Name at least one slot.", nameof(slots));
        }
        foreach (var name in names)
        {
            CheckSlot(name);
        }
        checkpoints.Save(names, content, Metrics.Length);
    }

    /// <summary>Whether there is a checkpoint of that name.</summary>
    /// <param name="slot">Such as <see cref="LastSlot"/>.</param>
    public bool HasCheckpoint(string slot)
    {
        CheckSlot(slot);
        return checkpoints.Has(slot);
    }

    /// <summary>Reads a checkpoint and checks every byte of it.</summary>
    /// <param name="slot">Such as <see cref="LastSlot"/>.</param>
    /// <exception cref="FileException">There is none of that name, or a file of it is missing, cut short or changed; the message names the file.</exception>
    public Checkpoint LoadCheckpoint(string slot)
    {
        CheckSlot(slot);
        return checkpoints.Load(slot);
    }

    /// <summary>Deletes a checkpoint; nothing happens where there is none.</summary>
    /// <param name="slot">Any but <see cref="LastSlot"/>.</param>
    public void RemoveCheckpoint(string slot)
    {
        CheckSlot(slot);
        if (slot == LastSlot)
        {
            throw new ArgumentException($"'{LastSlot}' is what the run goes on from; it is only ever replaced.", nameof(slot));
        }
        checkpoints.Remove(slot);
    }

    /// <summary>Puts the metrics back to what they were when the checkpoint was written, so that the run can go on from it.</summary>
    /// <param name="checkpoint">Of this run.</param>
    /// <exception cref="FileException">The metrics no longer have the rows of that time.</exception>
    public void RewindTo(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Metrics.CutTo(checkpoint.MetricsLength);
    }

    /// <summary>Puts the metrics back to no rows, for a run that was stopped before its first checkpoint.</summary>
    public void RewindToStart() => Metrics.CutTo(MetricsFile.Header(Metrics.Columns).Length);

    /// <summary>Adds or replaces a picture, report or list, whole or not at all.</summary>
    /// <param name="name">A plain file name that is none of the run's own.</param>
    /// <param name="content">Writes everything into the stream, which it leaves open.</param>
    /// <exception cref="ArgumentException">The name is a path or one of the run's own files.</exception>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public void WriteFile(string name, Action<Stream> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name != System.IO.Path.GetFileName(name) || name is DefinitionFile or MetricsFileName or RunLock.FileName or CheckpointFolder.FolderName)
        {
            throw new ArgumentException($"Must be a plain file name and none of the run's own; got '{name}'.", nameof(name));
        }
        AtomicFile.Write(System.IO.Path.Combine(Path, name), content);
    }

    /// <summary>Replaces what the run is, for a change on purpose.</summary>
    /// <param name="definition">From now on.</param>
    /// <exception cref="FileException">The file cannot be written; the run is what it was.</exception>
    public void Redefine(RunDefinition definition)
    {
        AtomicFile.WriteText(System.IO.Path.Combine(Path, DefinitionFile), definition.ToJson());
        Definition = definition;
    }

    /// <summary>Lets other processes open the run.</summary>
    public void Dispose() => runLock.Dispose();

    private static RunDirectory? TryCreate(string path, RunDefinition definition, MetricsColumns columns)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        string? building = null;
        RunLock? held = null;
        var isDone = false;
        try
        {
            if (File.Exists(full))
            {
                throw new FileException(path, "exists and is a file. Give the run a directory of its own.");
            }
            if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            {
                return null;
            }
            building = WholeFolder.Begin(full);
            Directory.CreateDirectory(System.IO.Path.Combine(building, CheckpointFolder.FolderName));
            AtomicFile.WriteText(System.IO.Path.Combine(building, DefinitionFile), definition.ToJson());
            AtomicFile.WriteText(System.IO.Path.Combine(building, MetricsFileName), MetricsFile.Header(columns));
            WholeFolder.End(building, full);
            // Not before the move: Windows moves no folder with an open file in it.
            held = RunLock.Take(path);
            isDone = true;
            return new RunDirectory(path, definition, columns, held);
        }
        catch (FileException fault) when (fault.InnerException is { } cause && building is not null && fault.Path.StartsWith(building, StringComparison.Ordinal))
        {
            // The temporary folder means nothing to the reader, who asked for another one.
            throw FileFault.OfWriting(System.IO.Path.Combine(path, System.IO.Path.GetFileName(fault.Path)), cause);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            // Another process may have made the directory between the look and the move.
            return Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any() ? null : throw FileFault.OfWriting(path, fault);
        }
        finally
        {
            if (!isDone)
            {
                held?.Dispose();
                WholeFolder.Discard(building);
            }
        }
    }

    private static void CheckSlot(string slot)
    {
        ArgumentException.ThrowIfNullOrEmpty(slot);
        if (slot.Length > MaxSlotLength || !slot.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"A slot's name has up to {MaxSlotLength} letters, digits, dashes and underscores; got '{slot}'.", nameof(slot));
        }
    }
}
