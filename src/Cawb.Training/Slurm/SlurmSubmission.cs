using System.Globalization;
using Cawb.Reports.Files;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Runs;

namespace Cawb.Training.Slurm;

/// <summary>Hands the runs of a comparison that are not done to Slurm, as the tasks of one job array with the report after them.</summary>
/// <remarks>
/// <code>
/// slurm/plan.json    the plan of the tasks
/// slurm/tasks        a run a line: ARM/SEED
/// slurm/task.sh      carries one of them out
/// slurm/report.sh    writes the report
/// slurm/logs/        what tasks and report say
/// </code>
/// </remarks>
/// <param name="job">How.</param>
public sealed class SlurmSubmission(SlurmJob job)
{
    // Slurm's own default of MaxArraySize.
    private const int UsualArraySize = 1001;

    /// <summary>Writes scripts and lists, and submits nothing.</summary>
    /// <param name="runs">Those that are to be carried out; at least one.</param>
    /// <returns>The commands that would submit them.</returns>
    /// <exception cref="InputException">An option of sbatch is one that this decides.</exception>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public IReadOnlyList<string> Write(IReadOnlyList<ExperimentRun> runs)
    {
        RequireWhatSlurmTakes();
        WriteFiles(runs);
        return [.. Arrays(runs.Count, UsualArraySize).Select((array, i) => ShellWord.Joined(ArrayWords(array, i == 0 ? "" : "ARRAY"))), ShellWord.Joined(ReportWords(["ARRAY"]))];
    }

    /// <summary>Writes scripts and lists, and submits them.</summary>
    /// <param name="runs">Those that are to be carried out; at least one.</param>
    /// <exception cref="RunInUseException">Jobs of this comparison are queued or running: nothing is submitted twice.</exception>
    /// <exception cref="InputException">Slurm refused, or an option of sbatch is one that this decides.</exception>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public SlurmSubmitted Submit(IReadOnlyList<ExperimentRun> runs)
    {
        RequireWhatSlurmTakes();
        Directory.CreateDirectory(job.SlurmFolder);
        using var held = RunLock.Take(job.SlurmFolder);
        if (SlurmCommand.Run("squeue", "--noheader", $"--name={job.Name},{ReportName}", "--format=%i %T") is { Length: > 0 } living)
        {
            throw new RunInUseException(job.Folder, $"has jobs that are queued or running: {string.Join(", ", living.Split('\n', StringSplitOptions.TrimEntries))}. Wait until they have ended, or end them with: scancel --name={job.Name},{ReportName}");
        }
        WriteFiles(runs);
        var arrays = new List<string>();
        try
        {
            foreach (var array in Arrays(runs.Count, MostTasks()))
            {
                arrays.Add(Id(ArrayWords(array, arrays.LastOrDefault() ?? "")));
            }
            return new SlurmSubmitted(arrays, Id(ReportWords(arrays)));
        }
        catch (InputException fault) when (arrays.Count > 0)
        {
            throw new InputException($"Runs are submitted as job {string.Join(", ", arrays)}, but what follows them is not. {fault.Message}", fault);
        }
    }

    private void RequireWhatSlurmTakes()
    {
        if (job.DecidedOption is { Length: > 0 } option)
        {
            throw new InputException($"{option} of sbatch is decided by the comparison: tasks at once are --jobs, and the name is what finds the jobs again. Leave it out.");
        }
        if (job.Folder.Concat(job.WorkingFolder).Any(letter => char.IsControl(letter) || letter is '"'))
        {
            throw new InputException($"{job.Folder}: Slurm takes no path with quotation marks or control characters. Choose another folder.");
        }
    }

    private string ReportName => job.Name + "-report";

    // Of a federation the cluster's name stands behind the number.
    private static string Id(IEnumerable<string> words) => SlurmCommand.Run(words).Split(';')[0];

    // The highest index is one less than MaxArraySize.
    private static int MostTasks()
    {
        var line = SlurmCommand.Run("scontrol", "show", "config").Split('\n').FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal)) ?? "";
        return int.TryParse(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size) && size > 1
            ? size
            : UsualArraySize;
    }

    private static IEnumerable<(int First, int Count)> Arrays(int tasks, int most)
    {
        for (var first = 0; first < tasks; first += most)
        {
            yield return (first, Math.Min(most, tasks - first));
        }
    }

    // Arrays after the first wait for it: more tasks at once than asked for there never are.
    private IEnumerable<string> ArrayWords((int First, int Count) array, string after)
    {
        var last = string.Create(CultureInfo.InvariantCulture, $"0-{array.Count - 1}");
        var atOnce = job.AtOnce > 0 ? string.Create(CultureInfo.InvariantCulture, $"%{job.AtOnce}") : "";
        return
        [
            "sbatch", "--parsable", .. job.Options, $"--job-name={job.Name}", $"--array={last}{atOnce}", .. after.Length > 0 ? [$"--dependency=afterany:{after}"] : (string[])[],
            Path.Combine(job.SlurmFolder, "task.sh"), array.First.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private IEnumerable<string> ReportWords(IEnumerable<string> arrays) =>
        ["sbatch", "--parsable", .. job.ReportOptions, $"--job-name={ReportName}", $"--dependency=afterany:{string.Join(':', arrays)}", Path.Combine(job.SlurmFolder, "report.sh")];

    private void WriteFiles(IReadOnlyList<ExperimentRun> runs)
    {
        Directory.CreateDirectory(SlurmJob.LogsOf(job.Folder));
        foreach (var (name, text) in new[]
        {
            (ComparisonFolder.PlanFile, job.Plan.ToJson()),
            ("tasks", string.Concat(runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Arm.FolderName}/{run.Seed}\n")))),
            ("task.sh", SlurmScripts.Task(job)),
            ("report.sh", SlurmScripts.Report(job)),
        })
        {
            AtomicFile.WriteText(Path.Combine(job.SlurmFolder, name), text);
        }
    }
}
