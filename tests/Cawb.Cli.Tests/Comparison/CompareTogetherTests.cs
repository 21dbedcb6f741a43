using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>A comparison in pieces, by several processes: one run each, or all of them together.</summary>
public sealed class CompareTogetherTests(FinishedComparison finished) : IDisposable
{
    private readonly SmallTraining elsewhere = new();

    private string Folder => elsewhere.Run("pieces");

    public void Dispose() => elsewhere.Dispose();

    [Fact]
    public void Runs_that_were_made_one_by_one_have_the_bytes_of_the_whole_and_the_report_says_what_is_missing()
    {
        var none = CommandRun.OfProgram(Words("--report"));
        Assert.Equal((ExitCode.Incomplete, ""), (none.ExitCode, none.Output));
        Assert.Equal("4 of 4 runs are missing:\ncosine, seed 0: not begun\ncosine, seed 1: not begun\nCAWB, seed 0: not begun\nCAWB, seed 1: not begun\n", none.Error);
        Assert.False(Directory.Exists(Folder));

        foreach (var run in new[] { "CAWB/1", "cosine/0", "1" })
        {
            var made = SmallComparison.Succeed(Words("--run", run));
            Assert.Contains("done, AP 0.", made.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Measuring", made.Output, StringComparison.Ordinal);
        }

        Assert.Contains("CAWB, seed 1 is done already.", SmallComparison.Succeed(Words("--run", "cawb/1")).Output, StringComparison.Ordinal);
        var some = CommandRun.OfProgram(Words("--report"));
        Assert.Equal((ExitCode.Incomplete, "1 of 4 runs is missing:\ncosine, seed 1: not begun\n"), (some.ExitCode, some.Error));
        Assert.Contains("3 of 4 runs are done", File.ReadAllText(Path.Combine(Folder, "report.md")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "runs", "cosine-seed-1")));

        SmallComparison.Succeed(Words("--run", "cosine/1"));
        SmallComparison.Succeed(Words("--report"));
        AssertAllEqual();
    }

    [Fact]
    public void Two_processes_share_the_runs_and_both_report_all_of_them()
    {
        using var first = ProgramProcess.Start(Words("--jobs", "1"));
        using var second = ProgramProcess.Start(Words("--jobs", "1"));
        var (one, two) = (SmallComparison.Demand(first.End()), SmallComparison.Demand(second.End()));
        int Done(CommandRun run) => run.Lines().Count(line => line.Contains(": begins", StringComparison.Ordinal));
        Assert.Equal(4, Done(one) + Done(two));
        Assert.DoesNotContain("The comparison is not complete", one.Output + two.Output, StringComparison.Ordinal);
        AssertAllEqual();
    }

    [Fact]
    public void A_run_that_another_process_has_is_waited_for()
    {
        var words = Words("--run", "cawb/0", "--epochs", "400");
        using var first = ProgramProcess.Start(words);
        Assert.True(first.WaitUntil(() => File.Exists(InRun("cawb-seed-0", "metrics.csv"))));
        using var second = ProgramProcess.Start(words);
        Assert.Equal("CAWB, seed 0: another process has it", second.FirstLine());
        first.Signal("TERM");
        Assert.Equal(ExitCode.TryAgain, first.End().ExitCode);
        Assert.True(second.WaitUntil(() => Cawb.Training.Runs.RunState.Of(Path.Combine(Folder, "runs", "cawb-seed-0")).Stage == Cawb.Training.Runs.RunStage.Running));
        second.Signal("TERM");
        Assert.Equal(ExitCode.TryAgain, second.End().ExitCode);
    }

    [Fact]
    public void A_second_signal_that_follows_at_once_leaves_the_checkpoint_to_the_first()
    {
        using var running = ProgramProcess.Start(Words("--run", "cosine/0", "--epochs", "400"));
        Assert.True(running.WaitUntil(() => File.Exists(InRun("cosine-seed-0", "run.json"))));
        foreach (var signal in new[] { "TERM", "TERM", "INT", "TERM" })
        {
            running.Signal(signal);
        }

        var end = running.End();
        Assert.True(end.ExitCode == ExitCode.TryAgain, $"Exit code {end.ExitCode}. {end.Error}");
        Assert.StartsWith("Interrupted; everything so far is kept.", end.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(InRun("cosine-seed-0", Path.Combine("checkpoints", "last.checkpoint"))));
    }

    [Fact]
    public void A_turn_that_trained_nothing_leaves_the_checkpoint_as_it_is()
    {
        var words = Words("--run", "cosine/0", "--epochs", "400");
        var checkpoint = InRun("cosine-seed-0", Path.Combine("checkpoints", "last.checkpoint"));
        Interrupt(words, () => File.Exists(checkpoint));
        var before = File.ReadAllBytes(checkpoint);

        using (var idle = ProgramProcess.Start(words))
        {
            // While the data are read, before there is a run to speak of.
            idle.Signal("TERM");
            idle.End();
        }

        Assert.Equal(before, File.ReadAllBytes(checkpoint));
        Interrupt(words, () => !before.AsSpan().SequenceEqual(File.ReadAllBytes(checkpoint)));
    }

    [Theory]
    [InlineData("--run and --report exclude each other.", "--report", "--run", "0")]
    [InlineData("--run and --jobs exclude each other.", "--run", "0", "--jobs", "2")]
    [InlineData("There is no arm 'CABW'. Did you mean 'CAWB'?", "--run", "CABW/0")]
    [InlineData("The plan has no seed 9", "--run", "CAWB/9")]
    public void What_cannot_be_meant_is_refused(string complaint, params string[] more)
    {
        Refusal.Says(Refusal.Of(Words(more)), complaint);
        elsewhere.AssertNothingWritten();
    }

    [Fact]
    public void A_plan_that_changed_is_refused_for_one_run_and_for_the_report_as_for_all()
    {
        using var small = new SmallComparison();
        SmallComparison.Succeed(small.Words("c", "--run", "cawb/0"));
        small.Edit("\"stepScale\": 0.8", "\"stepScale\": 0.9");
        foreach (var more in new string[][] { [], ["--run", "cawb/0"], ["--report"] })
        {
            Refusal.Says(Refusal.Of(small.Words("c", more)), "cawb-seed-0", "another schedule");
        }

        Refusal.Says(Refusal.Of(small.Words("c", "--run", "cawb/1")), "plan.json", "another schedule", "the arm 'CAWB'");
    }

    private static void Interrupt(string[] words, Func<bool> when)
    {
        using var running = ProgramProcess.Start(words);
        Assert.True(running.WaitUntil(when));
        running.Signal("TERM");
        Assert.Equal(ExitCode.TryAgain, running.End().ExitCode);
    }

    private string[] Words(params string[] more) => ["compare", finished.Small.Plan, "--out", Folder, .. more];

    private string InRun(string run, string file) => Path.Combine(Folder, "runs", run, file);

    private void AssertAllEqual()
    {
        foreach (var run in new[] { "cosine-seed-0", "cosine-seed-1", "cawb-seed-0", "cawb-seed-1" })
        {
            SmallTraining.AssertEqualRuns(Path.Combine(finished.Folder, "runs", run), Path.Combine(Folder, "runs", run));
            Assert.Equal(File.ReadAllBytes(Path.Combine(finished.Folder, "runs", run, "result.json")), File.ReadAllBytes(InRun(run, "result.json")));
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(finished.Folder, "epochs.csv")), File.ReadAllBytes(Path.Combine(Folder, "epochs.csv")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(finished.Folder, "pairs.csv")), File.ReadAllBytes(Path.Combine(Folder, "pairs.csv")));
    }
}
