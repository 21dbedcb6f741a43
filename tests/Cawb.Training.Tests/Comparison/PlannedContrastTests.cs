using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;

namespace Cawb.Training.Tests.Comparison;

/// <summary>Questions that a plan asks before any run.</summary>
public sealed class PlannedContrastTests
{
    private const string Asked = """
        "contrasts": [
          {"name": "boots", "pairs": [{"arm": "CAWB", "against": "cosine"}, {"arm": "CAWB, low", "against": "cosine, low"}], "pilotSpread": 0.007},
          {"name": "end", "pairs": [{"arm": "cosine, low", "against": "cosine"}]}
        ],
        "arms": [
          {"name": "cosine, low", "schedule": {"type": "cosine", "durationEpochs": 20, "end": 0.02}},
          {"name": "CAWB, low", "schedule": {"type": "cawb", "epochs": 20, "bootEpochs": [5], "annealing": {"type": "cosine"}}},
        """;

    private static readonly string Text = ComparisonPlanTests.Small.Replace("\"arms\": [", Asked, StringComparison.Ordinal);

    private static ComparisonPlan Plan => ComparisonPlanTests.Read(Text);

    [Fact]
    public void Are_read_and_written_and_survive_every_change_of_the_plan()
    {
        var plan = Plan;
        Assert.Equal(("boots", 2, 0.007), (plan.Contrasts[0].Name, plan.Contrasts[0].Pairs.Count, plan.Contrasts[0].PilotSpread));
        Assert.Null(plan.Contrasts[1].PilotSpread);
        Assert.Equal(plan.ToJson(), ComparisonPlanTests.Read(plan.ToJson()).ToJson());
        Assert.Equal(["boots", "end"], plan.WithSeeds([3, 4]).WithEpochs(10).WithData("other").Contrasts.Select(contrast => contrast.Name));
        var fewer = plan.WithArms(["cosine", "cosine, low", "CAWB"]).WithSeeds([0, 1]);
        Assert.Equal(["end"], fewer.Contrasts.Select(contrast => contrast.Name));
        Assert.Equal(["boots"], fewer.LeftOutContrasts);
        Assert.Contains("Not tested, because arms of theirs are left out: boots.", ComparisonConclusion.Of(Results(seeds: 2, _ => new() { ["cosine"] = 0.5, ["CAWB"] = 0.6, ["cosine, low"] = 0.5, ["CAWB, low"] = 0.6 }) with { Plan = fewer })[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"against\": \"cosine, low\"}", "\"against\": \"cosine, lov\"}", "'against' names the arm 'cosine, lov', which does not exist. Did you mean 'cosine, low'?")]
    [InlineData("\"arm\": \"cosine, low\", \"against\": \"cosine\"", "\"arm\": \"cosine\", \"against\": \"cosine\"", "The contrast 'end' needs at least one pair of two different arms.")]
    [InlineData("\"name\": \"end\"", "\"name\": \"boots\"", "Two contrasts are named 'boots'.")]
    [InlineData("\"pilotSpread\": 0.007", "\"pilotSpread\": 0", "'pilotSpread' is a standard deviation of AP, above 0 and up to 1; got 0.")]
    public void Are_refused_where_they_ask_nothing(string from, string to, string complaint)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        Assert.Contains(complaint, Assert.Throws<FileException>(() => ComparisonPlanTests.Read(Text.Replace(from, to, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Seed by seed, boots: ((0.02 + 0) / 2, (0.04 + 0.02) / 2, ...) and so on; all of six have one sign: p = 2 / 64. Holm: twice the smaller, then the larger.
    /// </summary>
    [Fact]
    public void Are_the_mean_over_their_pairs_seed_by_seed_and_corrected_for_their_number_alone()
    {
        var results = Results(seeds: 6, seed => new() { ["cosine"] = 0.5, ["CAWB"] = 0.52 + (0.01 * seed), ["cosine, low"] = 0.5 + (0.001 * (seed % 2 == 0 ? 1 : -1)), ["CAWB, low"] = 0.5 + (0.001 * (seed % 2 == 0 ? 1 : -1)) });
        var tested = ContrastResult.Of(results);
        Assert.Equal([0.01, 0.015, 0.02, 0.025, 0.03, 0.035], tested[0].Paired.Differences.Select(difference => Math.Round(difference, 12)));
        Assert.Equal(2 / 64.0, tested[0].Paired.Test.TwoSidedP, 1e-12);
        Assert.Equal(4 / 64.0, tested[0].HolmP, 1e-12);
        Assert.Equal(1, tested[1].HolmP);
    }

    [Fact]
    public void Come_first_in_the_verdict_and_make_everything_else_exploratory()
    {
        var results = Results(seeds: 7, seed => new() { ["cosine"] = 0.5, ["CAWB"] = 0.52 + (0.01 * seed), ["cosine, low"] = 0.501 + (0.001 * (seed - 3)), ["CAWB, low"] = 0.551 });
        var verdict = ComparisonConclusion.Of(results);
        Assert.Equal(4, verdict.Count);
        Assert.StartsWith("Planned, boots: +0.0500 AP (95 % interval +0.0", verdict[0], StringComparison.Ordinal);
        Assert.EndsWith("p = 0.031 after Holm's correction for 2 planned contrasts): a significant difference.", verdict[0], StringComparison.Ordinal);
        Assert.StartsWith("Planned, end: +0.0010 AP", verdict[1], StringComparison.Ordinal);
        Assert.Contains("no significant difference. With this spread 7 seeds show 0.0032 AP with a probability of 80 %", verdict[1], StringComparison.Ordinal);
        Assert.StartsWith("Everything else is exploratory: it was not asked before, and needs runs of its own to be believed. There the best beside cosine is CAWB, low, +0.0510 AP", verdict[2], StringComparison.Ordinal);
        Assert.StartsWith("This holds for 7 seeds", verdict[3], StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        ComparisonReport.Write(Directory.CreateDirectory(folder.Of("c")).FullName, results, "");
        var report = File.ReadAllText(folder.Of("c", "report.md"));
        Assert.Contains($"## What can be concluded\n\n{string.Join("\n\n", verdict)}\n\n", report, StringComparison.Ordinal);
        Assert.Contains("## Planned contrasts\n\n![AP after the last epoch, planned contrasts](contrasts.svg)", report, StringComparison.Ordinal);
        Assert.Contains("| of which CAWB minus cosine | 7 | +0.0500 |", report, StringComparison.Ordinal);
        Assert.Contains("| end: cosine, low minus cosine | 7 | +0.0010 |", report, StringComparison.Ordinal);
        Assert.Contains("## Differences to cosine (exploratory)", report, StringComparison.Ordinal);
        Assert.Contains("| boots | 7 | 0.0070 | ", report, StringComparison.Ordinal);
        Assert.Contains("## What the troughs are worth", report, StringComparison.Ordinal);
        Assert.Contains("| CAWB, low | ", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_every_seed_however_many_there_are()
    {
        var results = Results(seeds: 43, seed => new() { ["cosine"] = 0.5, ["CAWB"] = 0.5 + (0.01 * Math.Sin(seed)), ["cosine, low"] = 0.5, ["CAWB, low"] = 0.5 });
        Assert.All(ContrastResult.Of(results), one => Assert.Equal(43, one.Paired.Differences.Count));
        Assert.EndsWith(" Of more than 40 pairs a million random sign patterns stand for all.", new ComparisonContent(results).ContrastNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_of_theirs_is_in_the_file_of_pairs()
    {
        var results = Results(seeds: 2, seed => new() { ["cosine"] = 0.5, ["CAWB"] = 0.625, ["cosine, low"] = 0.5, ["CAWB, low"] = seed == 0 ? 0.75 : 0.25 });
        using var folder = new TemporaryFolder();
        ComparisonReport.Write(Directory.CreateDirectory(folder.Of("c")).FullName, results, "");
        var rows = File.ReadAllLines(folder.Of("c", "pairs.csv"));
        Assert.Equal("arm,against,seed,ap_difference,ap50_difference", rows[0]);
        Assert.StartsWith("\"CAWB, low\",\"cosine, low\",0,0.25,", Assert.Single(rows, row => row.Contains("low\",\"cosine, low\",0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("\"CAWB, low\",\"cosine, low\",1,-0.25,", Assert.Single(rows, row => row.Contains("low\",\"cosine, low\",1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(rows.Length, rows.Distinct().Count());
    }

    [Fact]
    public void Wait_for_arms_that_share_a_seed()
    {
        var whole = Results(seeds: 2, _ => new() { ["cosine"] = 0.5, ["CAWB"] = 0.6, ["cosine, low"] = 0.5, ["CAWB, low"] = 0.6 });
        var results = whole with { Runs = [.. whole.Runs.Where(run => run.ArmName != "CAWB, low")] };
        Assert.Equal("end", Assert.Single(ContrastResult.Of(results)).Contrast.Name);
        var verdict = ComparisonConclusion.Of(results);
        Assert.EndsWith("2 seeds are too few to tell, 7 are the fewest.", verdict[0], StringComparison.Ordinal);
        Assert.Equal("Planned, boots: nothing yet, its arms share no finished seed.", verdict[1]);
    }

    /// <summary>0.007 and three seeds: no p below 2/8. With twelve the effect is 1.0082164 (see PairedPowerTests).</summary>
    [Fact]
    public void Say_before_any_run_what_so_many_seeds_can_show()
    {
        Assert.Equal(
            ["boots: 3 seeds cannot show a difference of any size; 7 are the fewest.", "end: 3 seeds cannot show a difference of any size; 7 are the fewest."], ComparisonPower.Before(Plan));
        Assert.Equal(
            [
                "boots: 12 seeds show a difference of 0.0071 AP with a probability of 80 %, if differences spread by 0.0070 as in the pilot.",
                "end: how small a difference 12 seeds can show is not known before they are done; with the spread of a pilot in the plan (pilotSpread) it would be.",
            ],
            ComparisonPower.Before(Plan.WithSeeds(Enumerable.Range(0, 12))));
    }

    /// <summary>"none" is a difference that cannot be shown, and not a pilot that there was not.</summary>
    [Fact]
    public void Have_no_power_of_a_pilot_that_there_was_not_in_the_report()
    {
        Assert.Contains("| end | 7 |  | unknown | 7 |", Report(seeds: 7), StringComparison.Ordinal);
        Assert.Contains("| end | 3 |  | none | 3 |", Report(seeds: 3), StringComparison.Ordinal);

        static string Report(int seeds)
        {
            using var folder = new TemporaryFolder();
            var results = Results(seeds, seed => new() { ["cosine"] = 0.5, ["CAWB"] = 0.52, ["cosine, low"] = 0.501 + (0.001 * seed), ["CAWB, low"] = 0.55 });
            ComparisonReport.Write(Directory.CreateDirectory(folder.Of("c")).FullName, results, "");
            return File.ReadAllText(folder.Of("c", "report.md"));
        }
    }

    [Fact]
    public void Leave_a_verdict_that_says_when_no_arm_ends_above_the_baseline()
    {
        var results = Results(seeds: 7, seed => new() { ["cosine"] = 0.6, ["CAWB"] = 0.52 + (0.01 * seed), ["cosine, low"] = 0.53, ["CAWB, low"] = 0.5 });
        Assert.StartsWith(
            "Everything else is exploratory: it was not asked before, and needs runs of its own to be believed. There no arm is above cosine; nearest is CAWB, -0.0500 AP (95 % interval",
            ComparisonConclusion.Of(results)[2], StringComparison.Ordinal);
    }

    private static ComparisonResults Results(int seeds, Func<int, Dictionary<string, double>> precision)
    {
        var plan = Plan.WithSeeds(Enumerable.Range(0, seeds));
        var runs = plan.Arms.SelectMany(arm => Enumerable.Range(0, seeds).Select(seed => ComparisonReportTests.Run(arm.Name, seed, FormattableString.Invariant(
            $"epoch,ap,ap50,train_seconds\n5,{precision(seed)[arm.Name] / 2},0.5,1\n20,{precision(seed)[arm.Name]},0.6,1\n"))));
        return new ComparisonResults(plan, new ImaginaryJob().Prepare(plan, plan.Arms), [.. runs], []);
    }
}
