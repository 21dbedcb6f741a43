using Cawb.Training.Comparison;
using Cawb.Training.Slurm;

namespace Cawb.Cli.Comparison;

/// <summary>Hands a comparison to Slurm, and says how to look at it.</summary>
/// <param name="job">How.</param>
/// <param name="folder">Of the comparison, as the user named it.</param>
/// <param name="output">Where to.</param>
internal sealed class SlurmPresentation(SlurmJob job, string folder, TextWriter output)
{
    /// <summary>Submits what is not done, or writes the scripts alone.</summary>
    /// <param name="runner">Over the plan in the folder.</param>
    /// <param name="isDry">Whether nothing is submitted.</param>
    public void Execute(ComparisonRunner runner, bool isDry)
    {
        var (runs, submission) = (runner.Unfinished, new SlurmSubmission(job));
        var number = $"{runs.Count} of {Counted.Of(runner.Runs.Count, "run")}";
        if (isDry)
        {
            var commands = submission.Write(runs);
            output.WriteLine($"{job.Plan.Name}: {number} would be submitted; {job.SlurmFolder} holds plan.json, tasks, task.sh and report.sh. The commands:");
            foreach (var command in commands)
            {
                output.WriteLine(command);
            }

            return;
        }

        var submitted = submission.Submit(runs);
        var (arrays, shown) = (string.Join(' ', submitted.Arrays), ShellWord.Quoted(folder));
        output.WriteLine($"{job.Plan.Name}: {number} submitted as job {string.Join(", ", submitted.Arrays)}, one task each; their report is job {submitted.Report}.");
        output.WriteLine($"State:  ./cawb runs {shown}");
        output.WriteLine($"Queue:  squeue --job {string.Join(',', [.. submitted.Arrays, submitted.Report])}");
        output.WriteLine($"Logs:   {SlurmJob.LogsOf(folder)}");
        output.WriteLine($"End:    scancel {arrays} - every run keeps a checkpoint, and the same command submits again what is not done.");
    }
}
