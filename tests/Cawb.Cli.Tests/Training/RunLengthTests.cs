namespace Cawb.Cli.Tests.Training;

/// <summary>Runs whose length is changed after they began.</summary>
public sealed class RunLengthTests : IDisposable
{
    private readonly SmallTraining training = new();

    private string Run => training.Run("run");

    private string Whole => training.Run("whole");

    public void Dispose() => training.Dispose();

    [Fact]
    public void A_finished_run_that_is_made_longer_ends_with_the_bytes_of_one_that_had_that_length_from_the_start()
    {
        Train(Whole, 4);
        Train(Run, 2);
        var shown = Resume("--epochs", "4");
        Assert.Contains("The run has 4 epochs now.", shown, StringComparison.Ordinal);
        Assert.Contains("plan.totalBatches: 6 -> 12", shown, StringComparison.Ordinal);
        SmallTraining.AssertEqualRuns(Whole, Run);
        var record = File.ReadAllText(Path.Combine(Run, "run.json"));
        Assert.Contains("\"epochs\": 4,", record, StringComparison.Ordinal);
        Assert.Contains("\"changes\": [\n    {\n      \"epochs\": 2,", record, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_was_killed_between_the_new_record_and_the_next_checkpoint_loses_nothing()
    {
        Train(Whole, 2);
        ResumeAt(Whole, "--epochs", "4");
        Train(Run, 2);
        File.Copy(Path.Combine(Whole, "run.json"), Path.Combine(Run, "run.json"), overwrite: true);
        Resume();
        SmallTraining.AssertEqualRuns(Whole, Run);
    }

    [Fact]
    public void A_run_is_made_shorter_and_longer_again_and_each_change_shows_the_schedule_before_and_after()
    {
        Assert.Equal(0, CommandRun.OfProgram(Words(Run, 2, "--schedule", "cosine", "--eta-min", "0")).ExitCode);
        var shown = Resume("--epochs", "4");
        Assert.Contains("At epoch 2:\nvalue now: 0 -> 0.5\nvalue at the end: 0 at epoch 2 -> 0 at epoch 4", shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("value now:", Resume("--epochs", "6"), StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(Path.Combine(Run, "metrics.csv")).Length);
        Refusal.Says(Refusal.Of("train", "--resume", Run, "--epochs", "5"), "6 epochs are trained already; the run must end after them, got 5.");
    }

    [Fact]
    public void A_finished_run_says_that_nothing_is_left_and_how_to_train_it_longer()
    {
        Train(Run, 2);
        Assert.StartsWith($"{Run} is finished: nothing is left of its 2 epochs. To train it longer: ./cawb train --resume {Run} --epochs 4", Resume(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--epochs 2", "the run has 2 epochs already")]
    [InlineData("--epochs 0", "--epochs must be a whole number from 1 to 100000; got 0.")]
    [InlineData("--epochs 3 --seed 1", "--seed cannot be given with --resume")]
    public void A_length_that_cannot_be_is_refused_and_the_run_is_what_it_was(string words, string complaint)
    {
        Train(Run, 2);
        var record = File.ReadAllText(Path.Combine(Run, "run.json"));
        Refusal.Says(Refusal.Of(["train", "--resume", Run, .. words.Split(' ')]), complaint);
        Assert.Equal(record, File.ReadAllText(Path.Combine(Run, "run.json")));
    }

    [Fact]
    public void A_run_of_a_comparison_keeps_its_length()
    {
        Train(Run, 2);
        File.WriteAllText(Path.Combine(Run, "result.json"), "{}");
        Refusal.Says(Refusal.Of("train", "--resume", Run, "--epochs", "4"), "belongs to a comparison");
    }

    private void Train(string run, int epochs) =>
        Assert.Equal(0, CommandRun.OfProgram(Words(run, epochs, "--schedule", "constant", "--momentum-schedule", """{"type":"constant"}""")).ExitCode);

    private string[] Words(string run, int epochs, params string[] more)
    {
        var words = training.WordsWithoutSchedule(run, more);
        words[Array.IndexOf(words, "--epochs") + 1] = $"{epochs}";
        return words;
    }

    private string Resume(params string[] more) => ResumeAt(Run, more);

    private static string ResumeAt(string run, params string[] more)
    {
        var resumed = CommandRun.OfProgram(["train", "--resume", run, .. more]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        return resumed.Output;
    }
}
