using System.Text;
using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>What a person should know of a run, kept in its directory: what was said when it began and went on, a line each.</summary>
public static class RunNotes
{
    /// <summary>In the run directory; missing where there was nothing to say.</summary>
    public const string FileName = "notes.txt";

    /// <summary>The notes of a run; none where it has no such file.</summary>
    /// <param name="directory">Of the run.</param>
    /// <exception cref="FileException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Read(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var path = Path.Combine(directory, FileName);
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
    }

    /// <summary>Adds what was not said before.</summary>
    /// <param name="run">Open.</param>
    /// <param name="notes">A sentence or two each.</param>
    /// <exception cref="FileException">The file cannot be read or written.</exception>
    internal static void Keep(RunDirectory run, IEnumerable<string> notes)
    {
        var before = Read(run.Path);
        string[] all = [.. before.Concat(notes.Select(note => note.ReplaceLineEndings(" "))).Distinct(StringComparer.Ordinal)];
        if (all.Length > before.Count)
        {
            run.WriteFile(FileName, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', all) + "\n")));
        }
    }
}
