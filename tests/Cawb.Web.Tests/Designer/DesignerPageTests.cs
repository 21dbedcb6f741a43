using Bunit;
using Cawb.Web.Designer;
using Cawb.Web.Folder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Cawb.Web.Tests.Designer;

/// <summary>The page without a browser.</summary>
public sealed class DesignerPageTests : BunitContext
{
    private readonly ManualTime time = new();

    public DesignerPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.Setup<bool>("cawbDesigner.copy", _ => true).SetResult(true);
        Services.AddSingleton<TimeProvider>(time);
        Services.AddSingleton(new RunsFolder(new ServeOptions { RunsFolder = Path.Combine(Path.GetTempPath(), "cawb-no-runs") }, TimeProvider.System));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void It_opens_with_the_article_s_boots_beside_a_cosine()
    {
        var page = Open("");
        Assert.Equal(["warm boots", "cosine"], page.FindAll(".designs label span").Select(name => name.TextContent));
        Assert.Equal("30, 80", page.Find("#field-bootEpochs").GetAttribute("value"));
        Assert.Contains("boot 2", page.Find("#rates").TextContent, StringComparison.Ordinal);
        // Every field has a label of its own.
        Assert.All(page.FindAll("input:not([type=radio]):not([type=checkbox]), select, textarea"), field => Assert.NotNull(page.Find($"label[for='{field.Id}']")));
    }

    [Fact]
    public void Boots_that_are_typed_move_the_curve_and_come_into_the_address_when_the_typing_pauses()
    {
        var page = Open("");
        var history = ((Bunit.TestDoubles.BunitNavigationManager)Navigation).History;
        var before = page.Find("#rates .picture").InnerHtml;
        foreach (var typed in (string[])["30, 8", "30, 80", "30, 80, ", "30, 80, 1", "30, 80, 12", "30, 80, 120"])
        {
            page.Find("#field-bootEpochs").Input(typed);
            Assert.Equal(typed, page.Find("#field-bootEpochs").GetAttribute("value"));
        }

        Assert.NotEqual(before, page.Find("#rates .picture").InnerHtml);
        Assert.Contains("boot 3", page.Find("#rates").TextContent, StringComparison.Ordinal);
        Assert.Single(history);
        time.Pass();
        Assert.Contains("[30,80,120]", Uri.UnescapeDataString(Navigation.Uri), StringComparison.Ordinal);
        Assert.Equal((1, true), (history.Count, history.First().Options.ReplaceHistoryEntry));
    }

    [Fact]
    public void A_value_that_is_wrong_is_said_beside_its_field_and_the_last_curve_stays()
    {
        var page = Open("");
        page.Find("#field-stepScale").Input("-1");
        var field = page.Find("#field-stepScale");
        Assert.Equal(("true", "-1"), (field.GetAttribute("aria-invalid"), field.GetAttribute("value")));
        var error = page.Find("#field-stepScale-error");
        Assert.Contains(error.Id ?? "", field.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Contains("above 0; got -1", error.TextContent, StringComparison.Ordinal);
        Assert.Contains("last that was right", page.Find("#rates").TextContent, StringComparison.Ordinal);
        page.Find("#field-stepScale").Input("abc");
        Assert.Contains("A number", page.Find("#field-stepScale-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_wrong_says_line_and_column_in_the_library_s_words()
    {
        var page = Open("");
        page.Find("#schedule-text").Input("{\n \"type\": \"cosin\"\n}");
        Assert.Contains("Line 2, column 10: Unknown schedule type: \"cosin\"; did you mean \"cosine\"?", page.Find("#schedule-text-error").TextContent, StringComparison.Ordinal);
        page.Find("#schedule-text").Input("{\"type\": \"rex\", \"durationEpochs\": 150}");
        Assert.Empty(page.FindAll("#schedule-text-error"));
        Assert.Equal("150", page.Find("#field-durationEpochs").GetAttribute("value"));
    }

    [Fact]
    public void A_library_s_function_is_found_added_and_edited_by_its_arguments()
    {
        var page = Open("");
        page.Find("#find-type").Input("torch.one");
        Assert.Equal(["torch.OneCycleLR"], page.FindAll("#choose-type option").Select(option => option.TextContent));
        page.Find("#choose-type").Change("torch.OneCycleLR");
        page.FindAll("button").Single(button => button.TextContent == "Add").Click();
        Assert.Equal("93750", page.Find("#argument-total_steps").GetAttribute("value"));
        page.Find("#argument-max_lr").Input("\"high\"");
        Assert.Contains("'max_lr'", page.Find("#argument-max_lr-error").TextContent, StringComparison.Ordinal);
        page.Find("#argument-max_lr").Input("0.5");
        Assert.Empty(page.FindAll("#argument-max_lr-error"));
        Assert.Contains("\"max_lr\": 0.5", Uri.UnescapeDataString(Written()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_is_walked_with_arrows_and_its_part_is_edited()
    {
        var page = Open("on=2");
        Assert.Equal(["warmup", "schedule: cosine"], page.FindAll("[role=treeitem]").Select(item => item.TextContent.Trim()));
        Assert.Equal(["1", "2"], page.FindAll("[role=treeitem]").Select(item => item.GetAttribute("aria-level")));
        page.Find("[role=tree]").KeyDown("ArrowDown");
        Assert.Equal(["-1", "0"], page.FindAll("[role=treeitem]").Select(item => item.GetAttribute("tabindex")));
        page.Find("#field-schedule-durationEpochs").Input("120");
        Assert.Contains("\"durationEpochs\":120", Uri.UnescapeDataString(Written()), StringComparison.Ordinal);
        page.Find("#part-wrap").Change("holdPerEpoch");
        Assert.Equal(["warmup", "schedule: holdPerEpoch", "schedule: cosine"], page.FindAll("[role=treeitem]").Select(item => item.TextContent.Trim()));
    }

    [Fact]
    public void Tabs_are_walked_with_arrows_and_one_panel_is_there_at_a_time()
    {
        var page = Open("");
        Assert.Equal("Explain", page.Find("[role=tab][tabindex='0']").TextContent);
        page.Find("[role=tablist]").KeyDown("ArrowLeft");
        Assert.Equal("Lay a run over", page.Find("[role=tab][aria-selected=true]").TextContent);
        page.Find("[role=tablist]").KeyDown("Home");
        Assert.Contains("Segment 1 of 3", page.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_findings_partners_and_code_are_there()
    {
        var page = Open("epochs=20&batches=20&copy=cSharp");
        Show("figures");
        Assert.Contains("0.1 at epoch 3", page.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
        Show("findings");
        Assert.Contains("boot-never-fires", page.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
        Show("copy");
        Assert.Contains("new CawbSchedule(", page.Find("#copy-text").TextContent, StringComparison.Ordinal);
        page.Find("[role=tabpanel] .toolbar button").Click();
        Assert.Equal("Copied.", page.Find("[role=tabpanel] [role=status]").TextContent);
        Show("fair");
        page.Find("button[aria-label='Add constant, mean of warm boots']").Click();
        Assert.Equal(["warm boots", "constant, mean of warm boots", "cosine"], page.FindAll(".designs label span").Select(name => name.TextContent));

        void Show(string panel) => page.Find($"#tab-{panel}").Click();
    }

    [Fact]
    public void A_change_of_a_run_under_way_becomes_the_schedule()
    {
        var page = Open("panel=whatIf&whatif=extend,75,200");
        Assert.Contains("At epoch 75", page.Find("[role=tabpanel] pre").TextContent, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent == "Use this").Click();
        Assert.Equal("200", page.Find("#epochs").GetAttribute("value"));
    }

    [Fact]
    public void Back_and_forward_show_what_the_address_says()
    {
        var page = Open("");
        page.Find("button[aria-label='Remove cosine']").Click();
        Assert.Single(page.FindAll(".designs li"));
        Navigation.NavigateTo("designer");
        Assert.Equal(2, page.FindAll(".designs li").Count);
        Navigation.NavigateTo("designer?epochs=50");
        Assert.Equal("50", page.Find("#epochs").GetAttribute("value"));
    }

    [Fact]
    public void What_an_address_gets_wrong_is_said_beside_its_field()
    {
        var page = Open("epochs=many&lr=none&s=%7B");
        Assert.Contains("got 'many'", page.Find("#epochs-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("got 'none'", page.Find("#base-rate-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("Line 1, column", page.Find(".designs .notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing to draw", page.Markup, StringComparison.Ordinal);
        var missing = Open("panel=overlay&run=nowhere");
        missing.WaitForAssertion(() => Assert.Contains("has no run named nowhere", missing.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<DesignerPage> Open(string query)
    {
        Navigation.NavigateTo($"designer?{query}");
        return Render<DesignerPage>();
    }

    private string Written()
    {
        time.Pass();
        return Navigation.Uri;
    }

    /// <summary>Time that passes when a test says so.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly List<Timer> timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(this, () => callback(state));
            timers.Add(timer);
            return timer;
        }

        public void Pass()
        {
            foreach (var timer in timers.ToList())
            {
                timer.Fire();
            }
        }

        private sealed class Timer(ManualTime owner, Action fire) : ITimer
        {
            public void Fire() => fire();

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => owner.timers.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
