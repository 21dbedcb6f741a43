using Cawb.Cli.Tests.Comparison;
using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests;

/// <summary>Runs over each other, from runs that other tests need as well.</summary>
public sealed class ReportCommandTests(FinishedComparison finished, UndisturbedRun undisturbed) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_run_is_shown_with_its_result_first_and_its_curves()
    {
        var run = CommandRun.OfProgram("report", undisturbed.Path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^undisturbed: AP 0\.[0-9]{3} and AP50 0\.[0-9]{3} after epoch 2 of 2; the best AP is 0\.[0-9]{3}, after epoch [12]\.$", run.Lines()[0]);
        Assert.All((string[])["AP on the validation images", "Training loss", "Learning rate of every batch", "boot 1"], text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_runs_lie_over_each_other_with_what_was_set_differently()
    {
        var run = CommandRun.OfProgram("report", finished.Folder, undisturbed.Path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("The highest AP has ", run.Output, StringComparison.Ordinal);
        Assert.Contains("cawb compare trains several seeds", run.Lines()[0], StringComparison.Ordinal);
        var rows = run.Lines().Skip(2).Take(7).ToArray();
        Assert.Equal(["cosine, seed 0", "cosine, seed 1", "CAWB, seed 0", "CAWB, seed 1", "undisturbed"], rows.Skip(2).Select(row => row.Split("  ")[0].Trim()));
        Assert.Contains("keepTroughs", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("batchSize", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_holds_everything_and_one_in_Markdown_has_its_pictures_beside_it()
    {
        var (html, markdown) = (folder.Path("page.html"), folder.Path("page.md"));
        var run = CommandRun.OfProgram("report", finished.Folder, "--out", html, markdown);
        Assert.Equal((0, $"{html}\n{markdown}\n", ""), (run.ExitCode, run.Output, run.Error));
        var (page, text) = (File.ReadAllText(html), File.ReadAllText(markdown));
        Assert.StartsWith("# 4 runs side by side\n\nThe highest AP has ", text, StringComparison.Ordinal);
        Assert.All((string[])["ap", "ap50", "loss", "lr"], chart =>
        {
            Assert.Contains($"](page-{chart}.svg)", text, StringComparison.Ordinal);
            Assert.True(File.Exists(folder.Path($"page-{chart}.svg")), chart);
        });
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.Contains("<h2>What was set differently</h2>", page, StringComparison.Ordinal);
        Assert.Contains($"report {finished.Folder} --out {html} {markdown}", page, StringComparison.Ordinal);
    }

    /// <summary>The planned rate of the epoch's last batch is the one that metrics.csv has, to the digits that it has.</summary>
    [Fact]
    public void A_plot_of_a_run_shows_the_rates_that_it_was_to_train_with_and_those_that_it_has_trained_with()
    {
        var json = CommandRun.OfProgram("plot", undisturbed.Path, "--json").Json().EnumerateArray().ToArray();
        double[] Of(int curve, string key) => [.. json[curve].GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];
        var applied = json.Length - 1;
        Assert.Equal("applied in the last batch of each epoch", json[applied].GetProperty("name").GetString());
        var (epochs, rates) = (Of(0, "epochs"), Of(0, "learningRate"));
        Assert.Equal([2.0 / 3, 5.0 / 3], Of(applied, "epochs").Select(epoch => Math.Round(epoch, 12)).Zip([2.0 / 3, 5.0 / 3]).Select(pair => Math.Abs(pair.First - pair.Second) < 1e-9 ? pair.Second : pair.First));
        foreach (var (epoch, rate) in Of(applied, "epochs").Zip(Of(applied, "learningRate")))
        {
            Assert.Equal(rates[Array.FindLastIndex(epochs, start => start <= epoch + 1e-9)], rate, 1e-12);
        }

        var picture = folder.Path("rates.svg");
        Assert.Equal($"{picture}\n{folder.Path("rates-momentum.svg")}\n", CommandRun.OfProgram("plot", undisturbed.Path, "--out", picture).Output);
        Assert.Contains("applied in the last batch of each epoch", File.ReadAllText(picture), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_run_and_what_has_no_effect_is_refused()
    {
        Refusal.Says(Refusal.Of("report", "/nowhere"), "/nowhere", "there is no such run");
        Refusal.Says(Refusal.Of("report", folder.Path("")), "is neither a run nor a comparison", "cawb runs");
        Refusal.Says(Refusal.Of("report", undisturbed.Path, "--out", "page.pdf"), "--out page.pdf: pages end in .html or .md.");
        Refusal.Says(Refusal.Of("plot", undisturbed.Path, "--epochs", "3"), "--epochs has no effect here", "a run says itself what it trains with");
        Refusal.Says(Refusal.Of("plot", undisturbed.Path, "--as-trained"), "--as-trained has no effect here");
        Refusal.Says(Refusal.Of("plot", undisturbed.Path, "--batches", "7"), "an epoch of this run has 3 batches; --batches is 7");
        Refusal.Says(Refusal.Of("plot", undisturbed.Path, "cosine"), "cawb report");
    }
}
