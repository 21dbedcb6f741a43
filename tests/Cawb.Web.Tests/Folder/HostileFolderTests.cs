using Cawb.Training.Runs;
using Cawb.Web.Folder;
using Cawb.Web.Tests.Runs;

namespace Cawb.Web.Tests.Folder;

/// <summary>Folders that no run left as they are: each gives an entry with a message, and the others are as they were.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private readonly WrittenFolder folder = new();

    public HostileFolderTests() => WrittenRun.Finish(folder.Of("good"), 2);

    public void Dispose() => folder.Dispose();

    /// <summary>A file of a run, and what somebody did to it: what a message has to name.</summary>
    [Theory]
    [InlineData("run.json", "", "is empty")]
    [InlineData("run.json", "{\"format\": 1, \"comm", "line 1")]
    [InlineData("run.json", "[1, 2]", "run definition")]
    [InlineData("run.json", """{"format":1,"command":"train","seed":0,"options":[],"schedule":{},"dataset":{"name":"","sha256":"0000000000000000000000000000000000000000000000000000000000000000"},"versions":{},"created":"2026-01-02T03:04:05.0000000+00:00"}""", "'options'")]
    [InlineData("metrics.csv", "", "first line")]
    [InlineData("metrics.csv", "epoch,ap\n1,<script>alert(1)</script>\n", "line 2")]
    [InlineData("metrics.csv", "epoch,ap,ap50\n1,0.5\n", "has 2 values")]
    [InlineData("metrics.csv", "\0\0\0\0\0\0\0\0\n\0\0", "line 1")]
    public async Task A_damaged_file_is_named_and_nothing_else_suffers(string file, string content, string said)
    {
        WrittenRun.Finish(folder.Of("bad"), 2);
        await File.WriteAllTextAsync(folder.Of("bad", file), content, TestContext.Current.CancellationToken);
        await AssertProblemAsync("bad", Path.Combine("bad", file), said);
    }

    /// <summary>Whoever reads from a pipe waits until somebody writes into it.</summary>
    [Theory]
    [InlineData("run.json")]
    [InlineData("metrics.csv")]
    [InlineData("lock")]
    public async Task A_pipe_in_place_of_a_file_is_named_and_not_waited_for(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes in folders are Linux's.");
        WrittenRun.Finish(folder.Of("bad"), 2);
        File.Delete(folder.Of("bad", file));
        using var maker = System.Diagnostics.Process.Start("mkfifo", [folder.Of("bad", file)]);
        await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AssertProblemAsync("bad", Path.Combine("bad", file), "is a pipe, a socket or a device");
    }

    /// <summary>Strange, but no reason to fall over: words and numbers are those of the files.</summary>
    [Theory]
    [InlineData("""{"type":"cawb","bootEpochs":{"a":1}}""")]
    [InlineData("""{"type":"sum","parts":7}""")]
    [InlineData("""["<img src=x onerror=alert(1)>"]""")]
    [InlineData("null")]
    public async Task A_schedule_that_nobody_knows_has_no_curve(string schedule)
    {
        using (var run = WrittenRun.Begin(folder.Of("strange"), 2, schedule: schedule))
        {
            run.WriteEpochs();
        }

        var found = (await folder.LookAsync()).Run("strange")!;
        Assert.Empty(found.Curve);
        var details = await folder.Folder.Details.OfAsync(found);
        Assert.Equal("", details.Problem);
        Assert.NotEmpty(details.Charts);
    }

    [Fact]
    public async Task A_folder_where_a_file_belongs_is_a_problem()
    {
        WrittenRun.Finish(folder.Of("bad"), 2);
        File.Delete(folder.Of("bad", "metrics.csv"));
        Directory.CreateDirectory(folder.Of("bad", "metrics.csv"));
        await AssertProblemAsync("bad", "metrics.csv", "cannot be read");
    }

    [Fact]
    public async Task A_file_larger_than_any_run_writes_is_not_read()
    {
        WrittenRun.Finish(folder.Of("huge"), 2);
        using (var stream = new FileStream(folder.Of("huge", "metrics.csv"), FileMode.Open, FileAccess.Write))
        {
            stream.SetLength((64L << 20) + 1);
        }

        await AssertProblemAsync("huge", "metrics.csv", "64 MiB");
    }

    [Fact]
    public async Task A_link_that_leads_out_of_the_folder_is_not_followed_whatever_it_stands_for()
    {
        WrittenRun.Finish(Path.Combine(folder.Outside, "run"), 2);
        await File.WriteAllTextAsync(Path.Combine(folder.Outside, "secret"), WrittenFolder.Secret, TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(folder.Of("linked"), Path.Combine(folder.Outside, "run"));
        Directory.CreateDirectory(folder.Of("deep"));
        Directory.CreateSymbolicLink(folder.Of("deep", "linked"), "../../outside/run");
        foreach (var file in new[] { "run.json", "metrics.csv", "lock", "notes.txt" })
        {
            var run = folder.Of("by-" + file);
            WrittenRun.Finish(run, 2);
            File.Delete(Path.Combine(run, file));
            File.CreateSymbolicLink(Path.Combine(run, file), Path.Combine(folder.Outside, "secret"));
        }

        WrittenRun.Finish(folder.Of("by-checkpoints"), 2);
        Directory.Delete(folder.Of("by-checkpoints", "checkpoints"));
        Directory.CreateSymbolicLink(folder.Of("by-checkpoints", "checkpoints"), folder.Outside);

        var found = await folder.LookAsync();
        foreach (var name in new[] { "linked", "deep/linked", "by-run.json", "by-metrics.csv", "by-lock", "by-notes.txt", "by-checkpoints" })
        {
            var run = found.Run(name) ?? throw new InvalidOperationException(name);
            Assert.Contains("leads out of the folder", run.State.Problem, StringComparison.Ordinal);
            Assert.DoesNotContain(WrittenFolder.Secret, run.State.Problem, StringComparison.Ordinal);
            var details = await folder.Folder.Details.OfAsync(run);
            Assert.Contains("leads out of the folder", details.Problem, StringComparison.Ordinal);
            Assert.Empty(details.Charts);
        }

        Assert.Equal("", found.Run("good")!.State.Problem);
    }

    [Fact]
    public async Task A_link_inside_the_folder_is_one_more_name_and_the_folder_may_be_a_link_itself()
    {
        Directory.CreateSymbolicLink(folder.Of("latest"), "good");
        var link = Path.Combine(folder.Outside, "link");
        Directory.CreateSymbolicLink(link, folder.Runs);
        using var linked = new RunsFolder(new ServeOptions { RunsFolder = link }, folder.Clock);
        foreach (var found in new[] { await folder.LookAsync(), await linked.LookAsync() })
        {
            Assert.Equal(["good", "latest"], found.Runs.Select(run => run.Name));
            Assert.All(found.Runs, run => Assert.Equal((RunStage.Finished, ""), (run.State.Stage, run.State.Problem)));
        }
    }

    [Fact]
    public async Task Links_in_a_circle_end()
    {
        Directory.CreateSymbolicLink(folder.Of("a"), folder.Of("b"));
        Directory.CreateSymbolicLink(folder.Of("b"), folder.Of("a"));
        WrittenRun.Finish(folder.Of("round"), 2);
        Directory.CreateSymbolicLink(folder.Of("round", "more"), folder.Runs);
        var found = await folder.LookAsync();
        Assert.Equal("", found.Run("good")!.State.Problem);
        Assert.Equal("", found.Run("round")!.State.Problem);
    }

    [Fact]
    public async Task A_record_that_is_being_replaced_is_read_again_when_it_is_there()
    {
        WrittenRun.Finish(folder.Of("exp"), 2);
        var whole = await File.ReadAllTextAsync(folder.Of("exp", "run.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.Of("exp", "run.json"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        Assert.NotEqual("", (await folder.LookAsync()).Run("exp")!.State.Problem);
        await File.WriteAllTextAsync(folder.Of("exp", "run.json"), whole, TestContext.Current.CancellationToken);
        Assert.Equal((RunStage.Finished, ""), ((await folder.LookAsync()).Run("exp")!.State.Stage, (await folder.LookAsync()).Run("exp")!.State.Problem));
    }

    [Fact]
    public async Task A_plan_that_cannot_be_read_is_a_comparison_with_a_problem()
    {
        Directory.CreateDirectory(folder.Of("plan"));
        await File.WriteAllTextAsync(folder.Of("plan", "plan.json"), """{"name": "<script>alert(1)</script>"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.Of("plan", "comparison.json"), "{}", TestContext.Current.CancellationToken);
        var found = await folder.LookAsync();
        var comparison = found.Comparison("plan")!;
        Assert.Null(comparison.Plan);
        Assert.Contains("plan.json", comparison.Problem, StringComparison.Ordinal);
        Assert.Equal([comparison.Problem], (await folder.Folder.Details.OfAsync(comparison)).Problems);
        Assert.Single(found.Runs);
    }

    private async Task AssertProblemAsync(string name, string place, string said)
    {
        var found = await folder.LookAsync();
        var run = found.Run(name)!;
        Assert.Contains(place, run.State.Problem, StringComparison.Ordinal);
        Assert.Contains(said, run.State.Problem, StringComparison.Ordinal);
        Assert.Equal("", found.Run("good")!.State.Problem);
        Assert.Equal(run.State.Problem, (await folder.Folder.Details.OfAsync(run)).Problem);
    }
}
