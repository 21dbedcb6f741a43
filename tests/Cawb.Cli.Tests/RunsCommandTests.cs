using Cawb.Cli.Tests.Comparison;
using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests;

public sealed class RunsCommandTests(FinishedComparison finished, UndisturbedRun undisturbed) : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void A_comparison_is_a_table_of_arms_and_seeds_from_its_folder_alone()
    {
        var run = CommandRun.OfProgram("runs", finished.Folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"{finished.Folder}: 4 done of 4", run.Lines()[0]);
        Assert.Equal(["run", "state", "schedule", "epoch", "AP50", "AP", "best", "last change"], run.Lines()[1].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Matches(@"^cosine, seed 0  done +cosine +2 of 2  0\.[0-9]{3}  0\.[0-9]{3}  0\.[0-9]{3} \(epoch [12]\)  20[0-9]{2}-[0-9-]{5} [0-9:]{5}$", run.Lines()[2]);
        Assert.Equal(["cosine, seed 0", "cosine, seed 1", "CAWB, seed 0", "CAWB, seed 1"], run.Lines().Skip(2).Select(line => line.Split("  ")[0]));
    }

    [Fact]
    public void States_are_told_apart_in_a_folder_of_runs_and_comparisons()
    {
        var comparison = Path.Combine(training.Runs, "small");
        CopyAll(finished.Folder, comparison);
        var runs = Path.Combine(comparison, "runs");
        Directory.Delete(Path.Combine(runs, "cosine-seed-0"), recursive: true);
        File.Delete(Path.Combine(runs, "cosine-seed-1", "result.json"));
        File.Delete(Path.Combine(runs, "cosine-seed-1", "last.safetensors"));
        Directory.Delete(Path.Combine(runs, "cawb-seed-0"), recursive: true);
        Directory.CreateDirectory(Path.Combine(comparison, "failures"));
        File.WriteAllText(Path.Combine(comparison, "failures", "cawb-seed-0.txt"), "was killed\n");
        CopyAll(undisturbed.Path, Path.Combine(training.Runs, "alone"));

        // A plan beside what was made from it.
        File.Copy(Path.Combine(comparison, "plan.json"), Path.Combine(training.Runs, "plan.json"));

        var json = CommandRun.OfProgram("runs", training.Runs, "--json").Json().EnumerateArray().ToArray();
        Assert.Equal(["done", "waiting", "interrupted", "failed", "done"], json.Select(run => run.GetProperty("state").GetString()));
        Assert.Equal(Path.Combine(training.Runs, "alone"), json[0].GetProperty("directory").GetString());
        Assert.False(json[0].TryGetProperty("arm", out _));
        Assert.Equal(("cosine", 1, 2, 2), (json[2].GetProperty("arm").GetString(), json[2].GetProperty("seed").GetInt32(), json[2].GetProperty("epoch").GetInt32(), json[2].GetProperty("epochs").GetInt32()));
        Assert.Equal("was killed", json[3].GetProperty("problem").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json[1].GetProperty("ap").ValueKind);

        var text = CommandRun.OfProgram("runs", training.Runs).Output;
        Assert.Contains($"{comparison}: 1 done, 1 waiting, 1 interrupted, 1 failed of 4\n", text, StringComparison.Ordinal);
        Assert.Contains("CAWB, seed 0    failed", text, StringComparison.Ordinal);
        Assert.Matches("done +cawb, boot 1 ", text);
    }

    /// <summary>Highest first: the numbers are those of the runs' own metrics.csv.</summary>
    [Theory]
    [InlineData("ap", "ap")]
    [InlineData("ap50", "ap50")]
    [InlineData("best", "bestAp")]
    public void Runs_are_sorted_by_what_is_asked_for(string sort, string key)
    {
        var runs = CommandRun.OfProgram("runs", finished.Folder, "--sort", sort, "--json").Json().EnumerateArray().ToArray();
        var values = runs.Select(run => run.GetProperty(key).GetDouble()).ToArray();
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(runs, run =>
        {
            var rows = File.ReadAllLines(Path.Combine(run.GetProperty("directory").GetString() ?? "", "metrics.csv")).Select(line => line.Split(',')).ToArray();
            double[] Of(string column) => [.. rows.Skip(1).Select(row => double.Parse(row[Array.IndexOf(rows[0], column)], System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal((Of("ap")[^1], Of("ap50")[^1], Of("ap").Max()), (run.GetProperty("ap").GetDouble(), run.GetProperty("ap50").GetDouble(), run.GetProperty("bestAp").GetDouble()));
            Assert.Equal(1 + Array.IndexOf(Of("ap"), Of("ap").Max()), run.GetProperty("bestEpoch").GetInt32());
        });
    }

    [Fact]
    public void A_folder_without_runs_says_so_and_one_that_is_not_there_is_refused()
    {
        Assert.Equal("There are no runs here.\n", CommandRun.OfProgram("runs", training.Runs).Output);
        Refusal.Says(Refusal.Of("runs", "/nowhere"), "/nowhere", "there is no such folder");
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? to);
            File.Copy(file, target);
        }
    }
}
