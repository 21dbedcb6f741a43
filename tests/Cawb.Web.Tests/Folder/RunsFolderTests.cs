using Cawb.Training.Runs;
using Cawb.Web.Folder;
using Cawb.Web.Tests.Runs;

namespace Cawb.Web.Tests.Folder;

public sealed class RunsFolderTests : IDisposable
{
    private readonly WrittenFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Finds_runs_one_and_two_levels_deep_in_the_order_of_their_paths()
    {
        WrittenRun.Finish(folder.Of("exp"), 2);
        WrittenRun.Finish(folder.Of("train", "exp"), 2);
        WrittenRun.Finish(folder.Of("train", "exp2"), 2);
        WrittenRun.Finish(folder.Of("far", "too", "deep"), 2);
        Directory.CreateDirectory(folder.Of("train", ".exp3.host_1-a-1.partial"));
        File.Copy(folder.Of("exp", "run.json"), folder.Of("train", ".exp3.host_1-a-1.partial", "run.json"));
        var found = await folder.LookAsync();
        Assert.Equal(["exp", "train/exp", "train/exp2"], found.Runs.Select(run => run.Name));
        Assert.All(found.Runs, run => Assert.Equal((RunStage.Finished, 2, ""), (run.State.Stage, run.State.Epoch, run.State.Problem)));
        Assert.All(found.Runs, run => Assert.Equal(64, run.Curve.Count));
    }

    [Fact]
    public async Task The_folder_may_be_a_run_itself()
    {
        WrittenRun.Finish(folder.Of("exp"), 2);
        using var one = new RunsFolder(new ServeOptions { RunsFolder = folder.Of("exp") }, folder.Clock);
        var run = Assert.Single((await one.LookAsync()).Runs);
        Assert.Equal(("", "exp"), (run.Name, run.LongTitle));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_or_empty_is_no_fault()
    {
        using var nowhere = new RunsFolder(new ServeOptions { RunsFolder = folder.Of("nowhere") }, folder.Clock);
        Assert.True((await nowhere.LookAsync()).IsMissing);
        var empty = await folder.LookAsync();
        Assert.Equal((0, "", false), (empty.Runs.Count, empty.Problem, empty.IsMissing));
    }

    [Fact]
    public async Task What_has_not_changed_stays_the_same_object_and_the_version_says_so()
    {
        WrittenRun.Finish(folder.Of("done"), 2);
        using var going = WrittenRun.Begin(folder.Of("going"), 3);
        var first = await folder.LookAsync();
        var second = await folder.LookAsync();
        Assert.Equal(first.Version, second.Version);
        Assert.Same(first.Runs, second.Runs);

        going.WriteEpochs();
        var third = await folder.LookAsync();
        Assert.Equal(first.Version + 1, third.Version);
        Assert.Same(first.Run("done"), third.Run("done"));
        Assert.NotSame(first.Run("going"), third.Run("going"));
    }

    [Fact]
    public async Task Follows_a_run_from_its_first_epoch_to_its_end_and_through_an_interruption()
    {
        var run = WrittenRun.Begin(folder.Of("exp"), 3);
        Assert.Equal((RunStage.Running, 0, 3), await StateAsync());
        run.WriteEpochs();
        Assert.Equal((RunStage.Running, 1, 3), await StateAsync());

        // Only the lock tells that its process is gone.
        run.Dispose();
        Assert.Equal((RunStage.Interrupted, 1, 3), await StateAsync());
        using var resumed = RunDirectory.Open(folder.Of("exp"));
        Assert.Equal((RunStage.Running, 1, 3), await StateAsync());
        resumed.WriteFile("last.safetensors", stream => stream.Write(new byte[8]));
        resumed.Dispose();
        Assert.Equal((RunStage.Finished, 1, 3), await StateAsync());

        Directory.Delete(folder.Of("exp"), recursive: true);
        Assert.Empty((await folder.LookAsync()).Runs);

        async Task<(RunStage Stage, int Epoch, int Epochs)> StateAsync()
        {
            var state = (await folder.LookAsync()).Run("exp")!.State;
            return (state.Stage, state.Epoch, state.Epochs);
        }
    }

    /// <summary>Each of three epochs took 7.894 s by its row (0.074 + 6.5 + 1.3 + 0.02); two are left, and 3 s have gone since.</summary>
    [Fact]
    public async Task Says_how_long_a_run_will_go_on()
    {
        using var run = WrittenRun.Begin(folder.Of("exp"), 5);
        run.WriteEpochs(3);
        var state = (await folder.LookAsync()).Run("exp")!.State;
        Assert.Equal(7.894, state.EpochTime.TotalSeconds, 1e-6);
        Assert.Equal((2 * 7.894) - 3, state.TimeLeft(state.LastChange!.Value.AddSeconds(3))!.Value.TotalSeconds, 1e-6);
        Assert.Equal(TimeSpan.Zero, state.TimeLeft(state.LastChange!.Value.AddSeconds(100)));
    }

    [Fact]
    public async Task Looks_once_a_second_while_somebody_watches_and_never_otherwise()
    {
        WrittenRun.Finish(folder.Of("exp"), 2);
        Assert.Equal((0, false), (folder.Clock.Timers, folder.Folder.IsWatched));
        var seen = new System.Collections.Concurrent.ConcurrentQueue<FoundRuns>();
        var first = folder.Folder.Watch(seen.Enqueue);
        var second = folder.Folder.Watch(_ => { });
        Assert.Equal((1, true), (folder.Clock.Timers, folder.Folder.IsWatched));
        for (var i = 1; i <= 3; i++)
        {
            folder.Clock.Pass(1);

            // Joins the look that the timer began.
            await folder.LookAsync();
            Assert.InRange(seen.Count, i, 2 * i);
        }

        first.Dispose();
        first.Dispose();
        Assert.True(folder.Folder.IsWatched);
        second.Dispose();
        Assert.Equal((0, false), (folder.Clock.Timers, folder.Folder.IsWatched));
        var before = seen.Count;
        folder.Clock.Pass(10);
        Assert.Equal(before, seen.Count);
    }

    [Fact]
    public async Task What_was_found_a_moment_ago_is_not_looked_for_again()
    {
        var first = await folder.LookAsync();
        WrittenRun.Finish(folder.Of("exp"), 2);
        Assert.Same(first, await folder.Folder.FoundAsync(TimeSpan.FromSeconds(1)));
        folder.Clock.Pass(2);
        Assert.Single((await folder.Folder.FoundAsync(TimeSpan.FromSeconds(1))).Runs);
    }
}
