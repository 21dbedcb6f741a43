using Cawb.Cli.Tests.Training;
using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests.Comparison;

public sealed class CompareCommandTests(FinishedComparison finished) : IDisposable
{
    private readonly SmallComparison small = new();

    public void Dispose() => small.Dispose();

    [Fact]
    public void It_says_beforehand_how_much_there_is_to_do_and_afterwards_what_came_out()
    {
        var output = finished.Result.Output;
        Assert.Contains("small: 2 arms x 2 seeds = 4 runs of 2 epochs", output, StringComparison.Ordinal);
        Assert.Contains("4 runs to do, ", output, StringComparison.Ordinal);
        Assert.Matches(@"This takes about [0-9.]+ (s|min)", output);
        foreach (var run in new[] { "cosine, seed 0", "CAWB, seed 0", "cosine, seed 1", "CAWB, seed 1" })
        {
            Assert.Contains($"{run}: begins", output, StringComparison.Ordinal);
            Assert.Contains($"{run}: done, AP 0.", output, StringComparison.Ordinal);
        }

        Assert.Contains("CAWB, snapshot ensemble", output, StringComparison.Ordinal);
        Assert.Contains("2 seeds are too few to reach p < 0.05; run at least 6.", output, StringComparison.Ordinal);
        foreach (var file in new[] { "plan.json", "report.md", "report.html", "results.csv", "epochs.csv", "pairs.csv", "lr.svg", "ap.svg", "ap50.svg", "loss.svg", "differences.svg" })
        {
            Assert.True(File.Exists(Path.Combine(finished.Folder, file)), file);
        }

        // Two arms with two seeds, and of CAWB the ensemble and the averaged weights.
        Assert.Equal(1 + 4 + 4, File.ReadAllLines(Path.Combine(finished.Folder, "results.csv")).Length);
        Assert.EndsWith($"`./cawb compare {finished.Small.Plan} --out {finished.Folder}`\n", File.ReadAllText(Path.Combine(finished.Folder, "report.md")), StringComparison.Ordinal);
    }

    /// <summary>Both arms hold the base rate for the first epoch, so with the same seed their first rows are equal if all else is; the second ones differ.</summary>
    [Fact]
    public void Arms_with_one_seed_share_weights_order_and_augmentation()
    {
        var rows = File.ReadAllLines(Path.Combine(finished.Folder, "epochs.csv")).Skip(1).Select(line => line.Split(',', 3)).ToArray();
        string[] Of(string arm, string seed) => [.. rows.Where(row => row[0] == arm && row[1] == seed).Select(row => row[2])];
        foreach (var seed in new[] { "0", "1" })
        {
            Assert.Equal(Of("cosine", seed)[0], Of("CAWB", seed)[0]);
            Assert.NotEqual(Of("cosine", seed)[1], Of("CAWB", seed)[1]);
        }

        Assert.NotEqual(Of("cosine", "0")[0], Of("cosine", "1")[0]);
    }

    /// <summary>A training of one epoch under the same schedule ends with the weights of the trough, as no gradient waits for its step when three batches make one.</summary>
    [Fact]
    public void The_kept_trough_holds_the_weights_of_the_last_batch_before_the_boot()
    {
        const string Schedule = """{"type": "cawb", "epochs": 2, "bootEpochs": [1], "annealing": {"type": "cosine"}}""";
        var hyper = small.Training.Write("three.json", """{ "lr0": 0.02, "nominal_batch": 9 }""");
        string[] Words(string run, params string[] more) =>
            ["train", "--data", small.Training.Data.Folder, "--out", small.Folder(run), "--image-size", "64", "--batch-size", "3", "--threads", "1", "--hyp", hyper, "--schedule", Schedule, .. more];
        SmallComparison.Succeed(Words("two", "--epochs", "2", "--keep-troughs"));
        SmallComparison.Succeed(Words("one", "--epochs", "1"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(small.Folder("one"), "last.safetensors")), File.ReadAllBytes(Path.Combine(small.Folder("two"), "trough-1.safetensors")));
        Assert.False(File.Exists(Path.Combine(small.Folder("two"), "trough-2.safetensors")));
    }

    [Fact]
    public void More_seeds_and_fewer_arms_leave_what_is_done_as_it_is()
    {
        SmallComparison.Succeed(small.Words("c", "--seeds", "1"));
        var made = File.GetLastWriteTimeUtc(Path.Combine(small.Folder("c"), "runs", "cosine-seed-0", "metrics.csv"));
        var run = SmallComparison.Succeed(small.Words("c", "--seeds", "2", "--jobs", "1"));
        Assert.Contains("2 runs to do, 1 at once", run.Output, StringComparison.Ordinal);
        Assert.Equal(made, File.GetLastWriteTimeUtc(Path.Combine(small.Folder("c"), "runs", "cosine-seed-0", "metrics.csv")));
        Assert.Contains("All of them are done", SmallComparison.Succeed(small.Words("c", "--arms", "CAWB", "cosine")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_fails_is_reported_ends_no_other_and_is_tried_again()
    {
        var inTheWay = Path.Combine(small.Folder("c"), "runs", "cawb-seed-0");
        Directory.CreateDirectory(Path.Combine(small.Folder("c"), "runs"));
        File.WriteAllText(inTheWay, "A file where the run's directory goes.");
        var run = CommandRun.OfProgram(small.Words("c", "--seeds", "1"));
        Assert.True(run.ExitCode == 1, run.Error);
        Assert.Contains("CAWB, seed 0 failed: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("exists and is a file", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 run failed; the same command tries again: ./cawb compare ", run.Error, StringComparison.Ordinal);
        Assert.Contains("cosine, seed 0: done", run.Output, StringComparison.Ordinal);
        Assert.Contains("## Failed runs", File.ReadAllText(Path.Combine(small.Folder("c"), "report.md")), StringComparison.Ordinal);

        File.Delete(inTheWay);
        Assert.Contains("1 run to do", SmallComparison.Succeed(small.Words("c", "--seeds", "1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("## Failed runs", File.ReadAllText(Path.Combine(small.Folder("c"), "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_of_the_article_runs_on_a_coco_folder_in_any_length()
    {
        var plan = Path.Combine(ReferenceFolder.Repository, "plans", "coco-article.json");
        var run = SmallComparison.Succeed(
            "compare", plan, "--data", small.Training.Data.Folder, "--epochs", "1", "--model", "n", "--batch-size", "3", "--image-size", "64", "--seeds", "1",
            "--arms", "cosine, to 0.2", "CAWB as in the article", "smooth, the article's mean and end", "--out", small.Folder("c"));
        Assert.Contains("3 arms x 1 seed = 3 runs of 1 epoch", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not tested, because arms of theirs are left out: boots, at equal mean and end; end, 0.02 against 0.2.", run.Output, StringComparison.Ordinal);
        Assert.Contains("CAWB as in the article, averaged weights", run.Output, StringComparison.Ordinal);
        Assert.Contains("article: CAWB *", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_shows_a_table_of_all_runs()
    {
        var run = ProgramProcess.RunAtTerminal([("NO_COLOR", "1")], small.Words("c", "--seeds", "1"));
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("seed 0", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 runs are done", run.Output, StringComparison.Ordinal);
    }
}
