using Cawb.Tests.Reference;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Web.Tests.Runs;

/// <summary>A folder with one of everything that pages show.</summary>
internal static class FilledFolder
{
    // The smallest PNG: one transparent pixel.
    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>Of every page about it, relative to the root.</summary>
    public static IReadOnlyList<string> Addresses { get; } = ["", "run/done", "run/stopped", "runs?run=done&run=stopped", "comparison/compared", "designer", "nowhere"];

    /// <summary>Writes a finished run with pictures, an interrupted one, and a comparison of which some runs are done.</summary>
    /// <param name="runs">Exists.</param>
    public static void Write(string runs)
    {
        var done = Path.Combine(runs, "done");
        WrittenRun.Finish(done, 20);
        foreach (var picture in (string[])["results.png", "confusion_matrix.png", "PR_curve.png", "val_batch0_pred.jpg"])
        {
            File.WriteAllBytes(Path.Combine(done, picture), Pixel);
        }

        using (var stopped = WrittenRun.Begin(Path.Combine(runs, "stopped"), 20, seed: 1))
        {
            stopped.WriteEpochs(7);
        }

        var compared = Directory.CreateDirectory(Path.Combine(runs, "compared")).FullName;
        File.Copy(Path.Combine(ReferenceFolder.Repository, "plans", "demo.json"), Path.Combine(compared, "plan.json"));
        var plan = ComparisonPlan.Read(Path.Combine(compared, "plan.json"));
        File.WriteAllText(Path.Combine(compared, "comparison.json"), $$"""{ "name": "{{plan.Name}}", "data": "{{plan.Data}}", "datasetSha256": "{{new string('0', 64)}}", "versions": { "cawb": "1.0.0", "libtorch": "2.10.0" } }""");
        foreach (var run in ComparisonRuns.Of(plan, compared).SkipLast(1))
        {
            WrittenRun.Finish(run.Directory, plan.Epochs, (int)run.Seed);
        }
    }
}
