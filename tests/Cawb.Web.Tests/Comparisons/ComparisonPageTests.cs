using Bunit;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Reports;
using Cawb.Web.Charts;
using Cawb.Web.Comparisons;
using Cawb.Web.Runs;
using Cawb.Web.Tests.Runs;

namespace Cawb.Web.Tests.Comparisons;

public sealed class ComparisonPageTests : FolderContext
{
    private readonly WrittenComparison written;

    public ComparisonPageTests() => written = new WrittenComparison(Written.Of("pair"));

    /// <summary>What the report would say, from the same runs by its own way, which opens the data set.</summary>
    [Fact]
    public async Task Says_of_what_is_there_so_far_what_the_report_says()
    {
        foreach (var (arm, seed) in ((string, int)[])[("cosine", 0), ("CAWB", 0), ("cosine", 1), ("CAWB", 1), ("cosine", 2)])
        {
            await written.FinishAsync(arm, seed);
        }

        await written.FailAsync("CAWB", 2);
        var results = ComparisonRunner.Read(written, written.Plan, Written.Of("pair"));
        var page = Of("pair");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("p"), text => text.TextContent == Assert.Single(ComparisonConclusion.Of(results))));
        Assert.Equal("a pair", page.Find("h1").TextContent);
        Assert.Contains("The comparison is not complete: 5 of 6 runs are done.", page.Markup, StringComparison.Ordinal);
        var content = new ComparisonContent(results);
        Assert.Equal(content.Arms.ToText(), Table(page, "Arms").ToText());
        Assert.Equal(content.Differences.ToText(), Table(page, "Differences to cosine").ToText());
        Assert.Equal(content.Times.ToText(), Table(page, "Time and cost").ToText());
        Assert.Equal(content.Curves.Select(curve => curve.Chart.Title), page.FindComponents<ChartView>().Select(chart => chart.Instance.Chart.Title));
        Assert.Contains("CAWB, seed 2: failed: ", page.Find("ul li").TextContent, StringComparison.Ordinal);
        Assert.Contains("the loss is no number any more <script>", page.Find("ul li").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("#differences svg"));
    }

    [Fact]
    public async Task Arms_and_seeds_are_a_matrix_that_follows_the_runs()
    {
        await written.FinishAsync("cosine", 0);
        using var run = written.Begin("CAWB", 0);
        var page = Of("pair");
        page.WaitForAssertion(() => Assert.Equal(["done", "waiting", "waiting", "running", "waiting", "waiting"], States(page)));
        Assert.Equal("run/pair/runs/cawb-seed-0", page.FindAll("td a")[3].GetAttribute("href"));
        Assert.Equal("CAWB, seed 0: running", page.FindAll("td a")[3].GetAttribute("aria-label"));
        Assert.Equal(["cosine"], Names(page));

        // An arm of which nothing is finished shows what is there.
        run.WriteEpochs();
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal(["cosine", "CAWB"], Names(page)));
        Assert.Contains("1 of 2, a few seconds left", page.FindAll("td")[3].TextContent, StringComparison.Ordinal);
        run.WriteEpochs();
        run.End();
        run.Dispose();
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal("done", States(page)[3]));
        Assert.Contains("CAWB does not differ significantly from cosine", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_that_is_Slurms_says_how_to_look_at_its_queue()
    {
        await written.FinishAsync("cosine", 0);
        Directory.CreateDirectory(Written.Of("pair", "slurm", "logs"));
        var page = Of("pair");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("code.command"), command => command.TextContent.StartsWith("squeue --name=cawb-a-pair-", StringComparison.Ordinal)));
    }

    /// <summary>Numbers that belong to another plan are nobody's result here.</summary>
    [Fact]
    public async Task A_result_of_another_plan_is_left_out_and_named()
    {
        await written.FinishAsync("cosine", 0);
        await written.FinishAsync("CAWB", 0);
        var path = Written.Of("pair", "plan.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("0.7", "0.6", StringComparison.Ordinal));
        var page = Of("pair");
        page.WaitForAssertion(() => Assert.Contains("CAWB, seed 0 was made with another schedule", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(["cosine"], Names(page));
    }

    [Fact]
    public void An_unknown_comparison_is_said_to_be_none()
    {
        var page = Of("nowhere");
        page.WaitForAssertion(() => Assert.Equal("There is no such comparison", page.Find("h1").TextContent));
    }

    private IRenderedComponent<ComparisonPage> Of(string name) => Render<ComparisonPage>(parameters => parameters.Add(page => page.Name, name));

    private static Cawb.Reports.Tables.TextTable Table(IRenderedComponent<ComparisonPage> page, string label) =>
        page.FindComponents<TableView>().First(table => table.Instance.Label == label).Instance.Table;

    private static string[] States(IRenderedComponent<ComparisonPage> page) => [.. page.FindAll("td .badge").Select(badge => badge.TextContent)];

    private static IEnumerable<string> Names(IRenderedComponent<ComparisonPage> page) => page.FindComponents<ChartView>()[0].Instance.Chart.Series.Select(series => series.Name);
}
