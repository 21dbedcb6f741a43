using Cawb.Reports.Files;
using Cawb.Training.Comparison;
using Cawb.Training.Runs;

namespace Cawb.Training.SideBySide;

/// <summary>Where a run or a comparison lies.</summary>
/// <param name="Path">The folder.</param>
/// <param name="IsComparison">Otherwise it is a run, or a folder that could not be looked into.</param>
/// <param name="Problem">Why the folder was not looked into; empty where it was.</param>
public sealed record RunPlace(string Path, bool IsComparison, string Problem)
{
    /// <summary>The runs and comparisons of a folder: itself, or those in it and in its folders, in the order of their paths.</summary>
    /// <param name="folder">Exists.</param>
    public static IReadOnlyList<RunPlace> Under(string folder) => Under(folder, _ => "");

    /// <summary>The runs and comparisons of a folder: itself, or those in it and in its folders, in the order of their paths.</summary>
    /// <param name="folder">Exists.</param>
    /// <param name="objection">Says why a folder must not be looked into; empty where it may.</param>
    /// <exception cref="FileException">The folder itself cannot be looked into.</exception>
    public static IReadOnlyList<RunPlace> Under(string folder, Func<string, string> objection)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(objection);
        if (Of(folder) is { } one)
        {
            return [one];
        }

        var places = FoldersOf(folder, out var problem).SelectMany(child => In(child, objection)).OrderBy(place => place.Path, StringComparer.Ordinal).ToArray();
        return problem.Length == 0 ? places : throw new FileException(folder, problem);
    }

    private static IEnumerable<RunPlace> In(string child, Func<string, string> objection)
    {
        if (objection(child) is { Length: > 0 } reason)
        {
            return [new RunPlace(child, false, reason)];
        }

        if (Of(child) is { } one)
        {
            return [one];
        }

        var grandchildren = FoldersOf(child, out var problem);
        return problem.Length > 0 ? [new RunPlace(child, false, problem)]
            : grandchildren.Select(folder => objection(folder) is { Length: > 0 } other ? new RunPlace(folder, false, other) : Of(folder)).OfType<RunPlace>();
    }

    private static RunPlace? Of(string folder) => ComparisonOverview.IsComparison(folder) ? new RunPlace(folder, true, "")
        : RunState.IsRun(folder) ? new RunPlace(folder, false, "")
        : null;

    // What is only being made has a name that says so.
    private static string[] FoldersOf(string folder, out string problem)
    {
        try
        {
            problem = "";
            return [.. Directory.EnumerateDirectories(folder).Where(path => !System.IO.Path.GetFileName(path).EndsWith(Files.Unfinished.Suffix, StringComparison.Ordinal))];
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            problem = $"cannot be looked into: {(fault is UnauthorizedAccessException ? "permission denied" : fault.Message.TrimEnd('.'))}. Check the folder, its owner and its permissions.";
            return [];
        }
    }
}
