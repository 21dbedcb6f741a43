using Bunit;
using Cawb.Training.Runs;
using Cawb.Web.Charts;
using Cawb.Web.Runs;

namespace Cawb.Web.Tests.Runs;

public sealed class RunPageTests : FolderContext
{
    [Fact]
    public async Task Curves_and_progress_move_while_the_run_goes_on()
    {
        using var run = WrittenRun.Begin(Written.Of("exp"), 4);
        var page = Of("exp");
        page.WaitForAssertion(() => Assert.Contains("It has finished no epoch yet.", page.Markup, StringComparison.Ordinal));
        run.WriteEpochs(2);
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal("2", page.Find("progress").GetAttribute("value")));
        Assert.Contains("epoch 2 of 4, 20 s left, 7.9 s an epoch", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        var charts = page.FindComponents<ChartView>().Select(chart => chart.Instance.Chart).ToArray();
        Assert.Equal(["Box loss", "Objectness loss", "Class loss", "Precision and recall", "Average precision (COCO)", "Learning rate of the last batch of each epoch"], charts.Select(chart => chart.Title));
        Assert.Equal(2, charts[0].Series[0].X.Length);

        run.WriteEpochs();
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindComponents<ChartView>()[0].Instance.Chart.Series[0].X.Length));
    }

    [Fact]
    public void Says_what_it_is_and_how_to_go_on()
    {
        using (var run = WrittenRun.Begin(Written.Of("train", "an exp"), 4))
        {
            run.WriteEpochs(2);
        }

        File.WriteAllText(Written.Of("train", "an exp", RunNotes.FileName), "Warning: too warm.\nA <b>note</b>.\n");
        Written.Clock.Set(DateTimeOffset.UtcNow.AddHours(1));
        var page = Of("train/an exp");
        page.WaitForAssertion(() => Assert.Contains("interrupted", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Warning: too warm.", page.Find(".notice.warning").TextContent);
        Assert.Equal("A <b>note</b>.", page.Find(".notice.info").TextContent);
        Assert.Equal($"./cawb train --resume '{Written.Of("train", "an exp")}'", page.FindAll("code.command")[0].TextContent);
        Assert.StartsWith("designer?s=%7B%22type%22:%22cosine%22,", page.Find("a.button").GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("&epochs=4&lr=0.01&run=train/an%20exp", page.Find("a.button").GetAttribute("href"), StringComparison.Ordinal);

        // Of all that is not as usual, this alone: data, length, seed and threads differ in every run.
        var changed = page.FindComponents<TableView>().First(table => table.Instance.Label == "Settings that are not the usual ones").Instance.Table;
        Assert.Equal([["imageSize", "96", "640"]], changed.Rows);
    }

    /// <summary>Epochs take 7.9 s: what was written to 20 s ago may be trained elsewhere, what was written to a minute ago is not.</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(60, false)]
    public void An_interruption_that_may_be_none_is_said_to_be_one(int seconds, bool mayGoOn)
    {
        using (var run = WrittenRun.Begin(Written.Of("exp"), 4))
        {
            run.WriteEpochs(2);
        }

        Written.Clock.Set(DateTimeOffset.UtcNow.AddSeconds(seconds - 1));
        var page = Of("exp");
        page.WaitForAssertion(() => Assert.Contains("interrupted", page.Markup, StringComparison.Ordinal));
        Assert.Equal(mayGoOn, page.Markup.Contains("trained on another one looks like this", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pictures_are_shown_and_fetched_again_when_they_are_renewed()
    {
        WrittenRun.Finish(Written.Of("exp"), 2);
        File.WriteAllText(Written.Of("exp", "confusion_matrix.png"), "a picture");
        File.WriteAllText(Written.Of("exp", "val_batch0_pred.jpg"), "a picture");
        File.WriteAllText(Path.Combine(Written.Outside, "labels.png"), "not for anybody");
        File.CreateSymbolicLink(Written.Of("exp", "labels.png"), Path.Combine(Written.Outside, "labels.png"));
        var page = Of("exp");
        page.WaitForAssertion(() => Assert.Equal(["What was taken for what", "Validation batch 0, predictions of 0.25 or more"], page.FindAll("img").Select(image => image.GetAttribute("alt"))));
        var before = page.Find("img").GetAttribute("src");
        Assert.StartsWith("pictures/exp/confusion_matrix.png?v=", before, StringComparison.Ordinal);

        // As a training does: a new file in the place of the old one.
        File.WriteAllText(Written.Of("exp", "new.png"), "another picture");
        File.SetLastWriteTimeUtc(Written.Of("exp", "new.png"), DateTime.UtcNow.AddSeconds(1));
        File.Move(Written.Of("exp", "new.png"), Written.Of("exp", "confusion_matrix.png"), overwrite: true);
        await LookAsync();
        page.WaitForAssertion(() => Assert.NotEqual(before, page.Find("img").GetAttribute("src")));
    }

    [Fact]
    public void A_run_that_cannot_be_read_says_why_and_nothing_else()
    {
        WrittenRun.Finish(Written.Of("exp"), 2);
        File.WriteAllText(Written.Of("exp", "metrics.csv"), "epoch,ap\n1,<script>alert(1)</script>\n");
        var page = Of("exp");
        page.WaitForAssertion(() => Assert.Contains("'<script>alert(1)</script>' in column 'ap' is not a number", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("script, h2, table"));
    }

    [Fact]
    public void An_unknown_run_is_said_to_be_none()
    {
        var page = Of("nowhere/at all");
        page.WaitForAssertion(() => Assert.Equal("There is no such run", page.Find("h1").TextContent));
        // The heading is there before the first look at the folder is.
        page.WaitForAssertion(() => Assert.Equal("nowhere/at all", page.Find("code").TextContent));
    }

    private IRenderedComponent<RunPage> Of(string name) => Render<RunPage>(parameters => parameters.Add(page => page.Name, name));
}
