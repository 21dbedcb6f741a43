using System.Text.Json.Nodes;
using Cawb.Tests;
using Cawb.Tests.Reference;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Comparison;

public class ComparisonReportTests
{
    /// <summary>
    /// Four seeds; CAWB is above by .01, .02, .03, .04: mean .025, s = .012909944. The sums of signs reach .10 only with all plus or all minus: p = 2/16 = .125.
    /// Hesterberg's a for n = 4 is Phi(-sqrt(4/3) 3.182446) = Phi(-3.67477) = .00012, below 1/256: the interval runs from the least to the largest difference.
    /// </summary>
    [Fact]
    public void Holds_arms_against_the_baseline_seed_by_seed()
    {
        var arm = Assert.Single(ArmComparison.Of(Results([0.01, 0.02, 0.03, 0.04])));
        Assert.Equal(0.025, arm.Paired.Summary.Mean, 1e-12);
        Assert.Equal(0.012909944, arm.Paired.Summary.StandardDeviation, 1e-9);
        Assert.Equal((0.01, 0.04), (Math.Round(arm.Paired.Interval.Lower, 12), Math.Round(arm.Paired.Interval.Upper, 12)));
        Assert.Equal(0.125, arm.Paired.Test.TwoSidedP, 1e-12);
        Assert.Equal(4, arm.Paired.Wins);
    }

    [Fact]
    public void Does_not_claim_what_four_seeds_cannot_show() => Assert.Equal(
        "CAWB does not differ significantly from cosine: +0.0250 AP (95 % interval +0.0100 to +0.0400, p = 0.125). "
        + "4 seeds are too few to reach p < 0.05; run at least 6. "
        + "This holds for 4 seeds on data/digits with 2 epochs a run, and says nothing about other data, models or budgets.",
        Assert.Single(ComparisonConclusion.Of(Results([0.01, 0.02, 0.03, 0.04]))));

    [Fact]
    public void Claims_a_difference_that_every_one_of_six_seeds_shows()
    {
        var sentence = Assert.Single(ComparisonConclusion.Of(Results([-0.01, -0.02, -0.03, -0.04, -0.02, -0.03])));
        Assert.StartsWith("CAWB ends 0.0250 AP below cosine (95 % interval -", sentence, StringComparison.Ordinal);
        Assert.Contains("p = 0.031 after Holm's correction for 1 comparison)", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("too few", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_seed_counts_however_many_there_are()
    {
        var results = Results([.. Enumerable.Range(0, 45).Select(seed => 0.01 * Math.Sin(seed))]);
        Assert.Equal(45, Assert.Single(ArmComparison.Of(results)).Paired.Differences.Count);
        Assert.EndsWith(" Of more than 40 pairs a million random sign patterns stand for all.", new ComparisonContent(results).DifferenceNote, StringComparison.Ordinal);
    }

    /// <summary>The difference of one pair is no interval, and its p is 1 whatever it is.</summary>
    [Fact]
    public void One_seed_gives_a_difference_without_interval_and_p()
    {
        using var folder = new TemporaryFolder();
        var results = Results([0.01]);
        Assert.StartsWith(
            "CAWB does not differ significantly from cosine: +0.0100 AP (one seed, so its spread is unknown). 1 seed is too few to reach p < 0.05; run at least 6. This holds for 1 seed on ",
            Assert.Single(ComparisonConclusion.Of(results)), StringComparison.Ordinal);
        ComparisonReport.Write(Directory.CreateDirectory(folder.Of("c")).FullName, results, "");
        Assert.Contains("| CAWB | 1 | +0.0100 |  | 1 |", File.ReadAllText(folder.Of("c", "report.md")), StringComparison.Ordinal);
        Assert.DoesNotContain("+0.0100 to +0.0100", File.ReadAllText(folder.Of("c", "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_comes_first_and_the_losses_are_drawn_over_whole_epochs()
    {
        using var folder = new TemporaryFolder();
        var results = Results([0.01, 0.02]);
        var runs = results.Runs.Select(r => Run(r.ArmName, r.Seed, FormattableString.Invariant($"epoch,box_loss,objectness_loss,ap,ap50,train_seconds\n1,0.3,0.1,0.1,0.2,1\n2,0.2,0.1,{0.3 + 0.1 * r.Seed},0.5,1\n")));
        ComparisonReport.Write(Directory.CreateDirectory(folder.Of("c")).FullName, results with { Runs = [.. runs] }, "./cawb compare plan.json");
        var markdown = File.ReadAllText(folder.Of("c", "report.md"));
        Assert.StartsWith("# small\n\n## What can be concluded\n\nCAWB does not differ significantly from cosine", markdown, StringComparison.Ordinal);
        Assert.Contains("Made by:\n\n`./cawb compare plan.json`\n", markdown, StringComparison.Ordinal);
        Assert.Contains("](loss.svg)", markdown, StringComparison.Ordinal);
        var loss = File.ReadAllText(folder.Of("c", "loss.svg"));
        Assert.Contains("cosine: from 0.4 at 1 to 0.3 at 2", loss, StringComparison.Ordinal);
        Assert.Contains(">1<", loss, StringComparison.Ordinal);
        Assert.DoesNotContain(">1.2<", loss, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_nothing_to_say_without_pairs() =>
        Assert.StartsWith("Nothing can be concluded yet", Assert.Single(ComparisonConclusion.Of(Results([0.01]) with { Runs = [] })), StringComparison.Ordinal);

    [Fact]
    public async Task Leaves_a_report_with_everything_inside()
    {
        using var folder = new TemporaryFolder();
        var text = JsonNode.Parse(File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "plans", "coco-article.json")))!.AsObject();
        text.Remove("contrasts");
        var plan = ComparisonPlanTests.Read(text.ToJsonString()).WithEpochs(20).WithSeeds(Enumerable.Range(0, 5));
        var results = await new ComparisonRunner(new ImaginaryJob(), plan, folder.Of("c")).RunAsync(1, new Silence(), CancellationToken.None);
        ComparisonReport.Write(folder.Of("c"), results, "./cawb compare plans/coco-article.json");
        var markdown = File.ReadAllText(folder.Of("c", "report.md"));
        Assert.EndsWith("\n`./cawb compare plans/coco-article.json`\n", markdown, StringComparison.Ordinal);
        foreach (var arm in plan.Arms)
        {
            Assert.Contains($"| {arm.Name} | 5 |", markdown, StringComparison.Ordinal);
        }
        Assert.Contains("| article: CAWB * |  | 0.302 |  | 0.165 |", markdown, StringComparison.Ordinal);
        Assert.Contains("CAWB as in the article, snapshot ensemble", markdown, StringComparison.Ordinal);
        Assert.Contains("No arm differs significantly from cosine, to 0.2; ", markdown, StringComparison.Ordinal);
        Assert.Contains("5 seeds are too few to reach p < 0.05; run at least 8.", markdown, StringComparison.Ordinal);
        foreach (var picture in new[] { "lr.svg", "ap.svg", "ap50.svg", "differences.svg" })
        {
            Assert.Contains($"({picture})", markdown, StringComparison.Ordinal);
            Assert.True(File.Exists(folder.Of("c", picture)));
        }
        var html = File.ReadAllText(folder.Of("c", "report.html"));
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("<svg ").Length - 1);
        Assert.Equal(1 + 35 + 15, File.ReadAllLines(folder.Of("c", "results.csv")).Length);
        Assert.Equal(1 + 35 * 20, File.ReadAllLines(folder.Of("c", "epochs.csv")).Length);
        Assert.Equal(1 + 30, File.ReadAllLines(folder.Of("c", "pairs.csv")).Length);
    }

    [Fact]
    public void Says_which_runs_ended_early()
    {
        using var folder = new TemporaryFolder();
        var results = Results([0.01, 0.02]);
        ComparisonReport.Write(Directory.CreateDirectory(folder.Of("all")).FullName, results, "");
        Assert.DoesNotContain("ended before", File.ReadAllText(folder.Of("all", "report.md")), StringComparison.Ordinal);

        var cut = Run("CAWB", 1, "epoch,ap,ap50,train_seconds\n1,0.1,0.2,1\n");
        ComparisonReport.Write(
            Directory.CreateDirectory(folder.Of("early")).FullName, results with { Runs = [.. results.Runs.Where(r => (r.ArmName, r.Seed) != ("CAWB", 1)), cut] }, "");

        Assert.Contains(
            "1 of 4 runs ended before epoch 2 because their fitness no longer rose; their AP is that of the last epoch they trained: CAWB, seed 1, after 1.",
            File.ReadAllText(folder.Of("early", "report.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bands_of_precision_do_not_leave_0_to_1()
    {
        using var folder = new TemporaryFolder();
        var results = Results([0.01, 0.02]);

        // After the first epoch 0 and 0.1: mean 0.05, standard deviation 0.07.
        var runs = results.Runs.Select(r => Run(r.ArmName, r.Seed, FormattableString.Invariant($"epoch,ap,ap50,train_seconds\n1,{0.1 * r.Seed},0.2,1\n2,0.3,0.5,1\n")));
        ComparisonReport.Write(Directory.CreateDirectory(folder.Of("c")).FullName, results with { Runs = [.. runs] }, "");

        Assert.DoesNotContain(">\u2212", File.ReadAllText(folder.Of("c", "ap.svg")), StringComparison.Ordinal);
    }

    private static ComparisonResults Results(double[] leads)
    {
        var plan = ComparisonPlanTests.Read(ComparisonPlanTests.Small).WithEpochs(20).WithSeeds(Enumerable.Range(0, leads.Length));
        var two = new ComparisonPlan(plan.Name, "", plan.Data, 2, plan.Seeds, plan.Baseline, OptionValues.None, plan.Arms, []);
        var runs = plan.Arms.SelectMany(arm => leads.Select((lead, seed) => Run(arm.Name, seed, 0.3 + 0.001 * seed + (arm.Name == "CAWB" ? lead : 0))));
        return new ComparisonResults(two, new ImaginaryJob().Prepare(two, two.Arms), [.. runs], []);
    }

    private static FinishedRun Run(string arm, int seed, double precision) =>
        Run(arm, seed, FormattableString.Invariant($"epoch,ap,ap50,train_seconds\n1,0.1,0.2,1\n2,{precision:R},0.5,1\n"));

    internal static FinishedRun Run(string arm, int seed, string csv)
    {
        var metrics = MetricsTable.Parse("m", csv);
        return new FinishedRun(arm, seed, new RunDefinition("compare", seed, "{}", "{}", "data/digits", new string('a', 64), [], DateTimeOffset.UnixEpoch), metrics, RunSummary.Of(metrics), []);
    }

    private sealed class Silence : IProgress<RunStatus>
    {
        public void Report(RunStatus value)
        {
        }
    }
}
