using Bunit;
using Bunit.TestDoubles;
using Cawb.Web.Runs;
using Cawb.Web.Tests.Comparisons;
using Microsoft.Extensions.DependencyInjection;

namespace Cawb.Web.Tests.Runs;

public sealed class RunsPageTests : FolderContext
{
    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Fact]
    public async Task An_empty_folder_says_what_to_do_and_shows_the_first_run_when_it_comes()
    {
        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Contains("./cawb train --data data/digits", page.Markup, StringComparison.Ordinal));
        using var run = WrittenRun.Begin(Written.Of("exp"), 2);
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal(["exp"], Names(page)));
        Assert.Equal("running", page.Find("td .badge").TextContent);
    }

    [Fact]
    public async Task States_follow_the_files()
    {
        var run = WrittenRun.Begin(Written.Of("exp"), 3);
        WrittenRun.Finish(Written.Of("other"), 3);
        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Equal(["0 of 3", "3 of 3"], Cells(page, 5)));
        var other = page.FindAll("tbody tr")[1].InnerHtml;

        run.WriteEpochs(2);
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal(["2 of 3", "3 of 3"], Cells(page, 5)));
        Assert.Equal("a few seconds", Cells(page, 9)[0]);
        run.Dispose();
        await LookAsync();
        page.WaitForAssertion(() => Assert.Equal(["interrupted", "done"], Cells(page, 3)));
        Assert.Equal(other, page.FindAll("tbody tr")[1].InnerHtml);
    }

    [Fact]
    public void A_name_with_a_script_is_text_and_its_link_is_escaped()
    {
        const string Name = "<img src=x onerror=alert(1)> 100%25 #?&";
        WrittenRun.Finish(Written.Of(Name), 2);
        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Equal([Name], Names(page)));
        Assert.Empty(page.FindAll("img"));
        Assert.Equal("run/%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%20100%2525%20%23%3F%26", page.Find("tbody th a").GetAttribute("href"));
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_neither_interrupted_nor_done()
    {
        WrittenRun.Finish(Written.Of("bad"), 2);
        File.WriteAllText(Written.Of("bad", "run.json"), "{");
        using (WrittenRun.Begin(Written.Of("stopped"), 2))
        {
        }

        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Equal(["unreadable", "interrupted"], Cells(page, 3)));
        Assert.StartsWith("2 runs: 1 unreadable, 1 interrupted.", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        page.Find("#state").Change("unreadable");
        page.WaitForAssertion(() => Assert.Equal(["bad"], Names(page)));
    }

    [Fact]
    public void Filter_sort_and_choice_are_in_the_address_and_come_from_it()
    {
        WrittenRun.Finish(Written.Of("a"), 3);
        WrittenRun.Finish(Written.Of("b"), 2);
        using (WrittenRun.Begin(Written.Of("c"), 5))
        {
        }

        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Equal(["a", "b", "c"], Names(page)));

        // Numbers fall at the first press; what has none comes last either way.
        Press(page, "AP");
        Assert.Equal(["descending"], Sorted(page));
        Assert.EndsWith("?sort=ap&order=desc", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("c", Names(page)[2]);
        var falling = Names(page);
        Press(page, "AP");
        Assert.Equal([falling[1], falling[0], "c"], Names(page));
        Press(page, "AP");
        Assert.Empty(Sorted(page));
        Press(page, "run");
        Assert.Equal(["ascending"], Sorted(page));

        page.Find("#state").Change("done");
        Assert.Equal(["a", "b"], Names(page));
        page.Find("#text").Input("B");
        Assert.Equal(["b"], Names(page));
        page.Find("tbody input").Change(true);
        Assert.Contains("find=B", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("state=done", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("run=b", Navigation.Uri, StringComparison.Ordinal);

        // The same address gives the same page.
        var again = Render<RunsPage>();
        again.WaitForAssertion(() => Assert.Equal(["b"], Names(again)));
        Assert.True(again.Find("tbody input").HasAttribute("checked"));
        Assert.Equal("runs?run=b", again.Find(".toolbar a").GetAttribute("href"));
        again.Find("#text").Input("nothing like it");
        Assert.Contains("No run is like that", again.Markup, StringComparison.Ordinal);
    }

    /// <summary>Letters come faster than addresses.</summary>
    [Fact]
    public void An_address_that_comes_late_is_known_as_the_pages_own()
    {
        var asked = new AskedAddresses();
        asked.Ask("a");
        asked.Ask("ab");
        asked.Ask("abc");
        Assert.False(asked.IsNew("a"));
        Assert.False(asked.IsNew("abc"));
        Assert.False(asked.IsNew("abc"));
        Assert.True(asked.IsNew("ab"));
        asked.Ask("x");
        Assert.False(asked.IsNew("ab"));
        Assert.True(asked.IsNew("of a link"));
        Assert.True(asked.IsNew("x"));
    }

    [Fact]
    public void What_is_typed_is_found_and_a_link_replaces_it()
    {
        WrittenRun.Finish(Written.Of("ab"), 2);
        WrittenRun.Finish(Written.Of("ac"), 2);
        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Equal(["ab", "ac"], Names(page)));
        page.Find("#text").Input("a");
        page.Find("#text").Input("ac");
        page.WaitForAssertion(() => Assert.Equal(("ac", "ac"), (page.Find("#text").GetAttribute("value"), Assert.Single(Names(page)))));
        Navigation.NavigateTo("/?find=ab");
        page.WaitForAssertion(() => Assert.Equal(("ab", "ab"), (page.Find("#text").GetAttribute("value"), Assert.Single(Names(page)))));
    }

    [Fact]
    public async Task Runs_of_a_comparison_stand_together_under_its_name()
    {
        var comparison = new WrittenComparison(Written.Of("pair"));
        await comparison.FinishAsync("cosine", 0);
        await comparison.FailAsync("CAWB", 0);
        WrittenRun.Finish(Written.Of("alone"), 2);
        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.Equal(["alone", "cosine, seed 0", "cosine, seed 1", "cosine, seed 2", "CAWB, seed 0", "CAWB, seed 1", "CAWB, seed 2"], Names(page)));
        Assert.Equal("comparison/pair", page.Find("tr.group a").GetAttribute("href"));
        Assert.Equal("1 failed, 4 waiting, 1 done of 6", page.Find("tr.group .muted").TextContent);
        Assert.Contains("the loss is no number any more <script>", page.Find(".problem").TextContent, StringComparison.Ordinal);
        Assert.Contains("7 runs: 1 failed, 4 waiting, 2 done. 1 comparison.", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_left_watches_no_more()
    {
        var page = Render<RunsPage>();
        page.WaitForAssertion(() => Assert.True(Written.Folder.IsWatched));
        page.Instance.Dispose();
        Assert.False(Written.Folder.IsWatched);
    }

    [Theory]
    [InlineData(-5, "just now")]
    [InlineData(9.9, "just now")]
    [InlineData(39, "30 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3 * 3600, "3 h ago")]
    [InlineData(24 * 3600, "1 day ago")]
    [InlineData(60 * 3600, "2 days ago")]
    public void Times_are_told_in_the_unit_that_matters(double seconds, string said) => Assert.Equal(said, PageWords.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "a few seconds")]
    [InlineData(10.1, "20 s")]
    [InlineData(49, "50 s")]
    [InlineData(50.5, "1 min")]
    [InlineData(61, "2 min")]
    [InlineData(3541, "1 h 00 min")]
    [InlineData(5000, "1 h 24 min")]
    public void Time_left_is_told_in_the_unit_that_matters_and_not_too_short(double seconds, string said) => Assert.Equal(said, PageWords.Left(TimeSpan.FromSeconds(seconds)));

    private static string[] Names(IRenderedComponent<RunsPage> page) => [.. page.FindAll("tbody th[scope=row] a").Select(link => link.TextContent)];

    private static string[] Cells(IRenderedComponent<RunsPage> page, int number) => [.. page.FindAll($"tbody tr > *:nth-child({number})").Select(cell => cell.TextContent.Trim())];

    private static string[] Sorted(IRenderedComponent<RunsPage> page) => [.. page.FindAll("th[aria-sort]").Select(head => head.GetAttribute("aria-sort") ?? "").Where(way => way != "none")];

    private static void Press(IRenderedComponent<RunsPage> page, string head) => page.FindAll("thead button").First(button => button.TextContent == head).Click();
}
