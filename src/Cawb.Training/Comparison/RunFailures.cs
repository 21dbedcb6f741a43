using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;

namespace Cawb.Training.Comparison;

/// <summary>Why runs of a comparison failed when they were last tried: a text file each, so that whoever looks later knows, on whatever host it was.</summary>
/// <param name="folder">Of the comparison.</param>
internal sealed class RunFailures(string folder)
{
    public const string FolderName = "failures";

    /// <summary>The reason, on one line; empty where the run has not failed.</summary>
    public string Of(ExperimentRun run)
    {
        try
        {
            return File.Exists(PathOf(run)) ? File.ReadAllText(PathOf(run)).ReplaceLineEndings(" ").Trim() : "";
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return "";
        }
    }

    public void Keep(ExperimentRun run, string reason)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, FolderName));
            AtomicFile.WriteText(PathOf(run), reason.ReplaceLineEndings(" ") + "\n");
        }
        catch (Exception fault) when (fault is FileException || FileFault.IsOne(fault))
        {
            // What made the run fail may forbid this too, and whoever carried it out says why.
        }
    }

    public void Forget(ExperimentRun run)
    {
        try
        {
            File.Delete(PathOf(run));
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            // There are no failures.
        }
    }

    private string PathOf(ExperimentRun run) => Path.Combine(folder, FolderName, Path.GetFileName(run.Directory) + ".txt");
}
