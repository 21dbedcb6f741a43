using Bunit;
using Bunit.TestDoubles;
using Cawb.Web.Charts;
using Cawb.Web.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Cawb.Web.Tests.Runs;

public sealed class SideBySidePageTests : FolderContext
{
    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Fact]
    public void Lays_runs_over_each_other_and_says_what_was_set_differently()
    {
        WrittenRun.Finish(Written.Of("a"), 3, seed: 1);
        WrittenRun.Finish(Written.Of("b"), 4, seed: 2);
        var page = Of("runs?run=a&run=b&run=gone");
        page.WaitForAssertion(() => Assert.Equal("2 runs side by side", page.Find("h1").TextContent));
        Assert.Contains("has no run named gone.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], page.FindComponents<ChartView>()[0].Instance.Chart.Series.Select(series => series.Name));
        var differences = page.FindComponents<TableView>().First(table => table.Instance.Label == "What was set differently").Instance.Table;
        Assert.Contains(differences.Rows, row => row.SequenceEqual(["epochs", "3", "4"]));
        Assert.Contains(differences.Rows, row => row.SequenceEqual(["seed", "1", "2"]));
    }

    [Fact]
    public void Any_recorded_quantity_can_be_chosen_and_is_in_the_address()
    {
        WrittenRun.Finish(Written.Of("a"), 3);
        var page = Of("runs?run=a");
        page.WaitForAssertion(() => Assert.Equal(5, page.FindComponents<ChartView>().Count));
        page.Find("#quantity").Change("validation_class_loss");
        page.WaitForAssertion(() => Assert.Equal("validation class loss over the epochs", Assert.Single(page.FindComponents<ChartView>()).Instance.Chart.Title));
        Assert.EndsWith("runs?run=a&quantity=validation_class_loss", Navigation.Uri, StringComparison.Ordinal);
        Navigation.NavigateTo("runs?run=a&quantity=nonsense");
        page.WaitForAssertion(() => Assert.Contains("No epoch of these runs has it as a number.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Follows_runs_that_go_on_and_names_those_that_cannot_be_read()
    {
        using var run = WrittenRun.Begin(Written.Of("a"), 3);
        run.WriteEpochs();
        WrittenRun.Finish(Written.Of("b"), 3);
        File.WriteAllText(Written.Of("b", "metrics.csv"), "");
        var page = Of("runs?run=a&run=b");
        page.WaitForAssertion(() => Assert.Equal(1, Points(page)));
        Assert.Contains("metrics.csv", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        run.WriteEpochs();
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal(2, Points(page)));
    }

    private static int Points(IRenderedComponent<SideBySidePage> page) => page.FindComponents<ChartView>()[0].Instance.Chart.Series[0].X.Length;

    private IRenderedComponent<SideBySidePage> Of(string address)
    {
        Navigation.NavigateTo(address);
        return Render<SideBySidePage>();
    }
}
