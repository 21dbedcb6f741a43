namespace Cawb.Cli.Tests.Training;

/// <summary>Runs that were repeated, killed or interrupted end with the bytes of the run that nothing disturbed.</summary>
public sealed class ResumeTests(UndisturbedRun undisturbed) : IDisposable
{
    private readonly SmallTraining training = new();

    private string Run => training.Run("run");

    public void Dispose() => training.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_weights_and_another_seed_others()
    {
        Assert.Equal(0, CommandRun.OfProgram(Words()).ExitCode);
        SmallTraining.AssertEqualRuns(undisturbed.Path, Run);

        var other = training.Run("other");
        Assert.Equal(0, CommandRun.OfProgram(undisturbed.Training.Words(other, "--seed", "1")).ExitCode);
        Assert.NotEqual(SmallTraining.MetricsWithoutTimes(undisturbed.Path), SmallTraining.MetricsWithoutTimes(other));
    }

    public static TheoryData<string> Moments => ["made", "first row", "first checkpoint half written", "first checkpoint", "second row", "second checkpoint half written", "weights half written"];

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_killed_run_goes_on_to_the_same_bytes(string moment)
    {
        // On a busy machine a moment of milliseconds can pass unseen; then the run is made once more.
        for (var attempt = 1; !IsKilledAt(moment); attempt++)
        {
            Assert.True(attempt < 10, "The run always ended before the moment was seen.");
            Directory.Delete(Run, recursive: true);
        }

        FinishAndCompare();
    }

    [Fact]
    public void An_interrupted_run_ends_after_the_batch_says_how_to_go_on_and_goes_on_to_the_same_bytes()
    {
        AssertInterrupted(Words(), "INT");
        AssertInterrupted(["train", "--resume", Run], "TERM");
        FinishAndCompare();
    }

    [Fact]
    public void A_finished_run_that_is_resumed_stays_as_it_is()
    {
        Assert.Equal(0, CommandRun.OfProgram(Words()).ExitCode);
        FinishAndCompare();
    }

    private static string[] LinesOf(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    // The data are those of the undisturbed run, since their place stands in the record.
    private string[] Words() => undisturbed.Training.Words(Run);

    private bool IsKilledAt(string moment)
    {
        using var running = ProgramProcess.Start(Words());
        return running.WaitUntil(() => HasCome(moment)) && running.Kill();
    }

    private bool HasCome(string moment)
    {
        var checkpoints = Path.Combine(Run, "checkpoints");
        return moment switch
        {
            "made" => File.Exists(Path.Combine(Run, "run.json")),
            "first row" => Rows() == 1,
            "first checkpoint half written" => HasPartial(checkpoints),
            "first checkpoint" => File.Exists(Path.Combine(checkpoints, "last.checkpoint")),
            "second row" => Rows() == 2,
            "second checkpoint half written" => Rows() == 2 && HasPartial(checkpoints),
            "weights half written" => Rows() == 2 && HasPartial(Run),
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, null),
        };
    }

    private int Rows() => LinesOf(Path.Combine(Run, "metrics.csv")).Length - 1;

    private static bool HasPartial(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.partial").Any();

    private void AssertInterrupted(string[] words, string signal)
    {
        using var running = ProgramProcess.Start(words);
        Assert.Contains(Run, running.FirstLine(), StringComparison.Ordinal);
        running.Signal(signal);
        var end = running.End();
        Assert.True(end.ExitCode == ExitCode.TryAgain, $"Exit code {end.ExitCode}. {end.Error}");
        Assert.Equal($"Interrupted; everything so far is kept. Go on with: ./cawb train --resume {Run}\n", end.Error);
        Assert.True(File.Exists(Path.Combine(Run, "checkpoints", "last.checkpoint")));
    }

    private void FinishAndCompare()
    {
        var resumed = CommandRun.OfProgram("train", "--resume", Run);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        SmallTraining.AssertEqualRuns(undisturbed.Path, Run);
        Assert.Empty(Directory.EnumerateFiles(Run, "*.partial", SearchOption.AllDirectories));
    }
}
