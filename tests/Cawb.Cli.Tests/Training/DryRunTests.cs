using Cawb.Cli.Tests.Comparison;

namespace Cawb.Cli.Tests.Training;

/// <summary>What is said before a training: a look without a run, and schedules that do not suit it.</summary>
public sealed class DryRunTests : IDisposable
{
    // Made for 100 epochs, with boots that a short run never comes to.
    private const string Long = """{"type": "cawb", "epochs": 100, "bootEpochs": [30, 80], "annealing": {"type": "cosine"}}""";

    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void A_dry_run_shows_data_anchors_rates_warnings_and_time_and_writes_nothing()
    {
        var before = Directory.EnumerateFileSystemEntries(training.Data.Folder, "*", SearchOption.AllDirectories).Order().ToArray();
        var run = CommandRun.OfProgram(training.Words("run", "--dry-run"));
        Assert.True(run.ExitCode == 0, run.Error);
        // Nine images with an instance each, in batches of three; two batches make a step.
        Assert.All(
            (string[])["YOLOv5n, 2 epochs of 3 batches of 3 images at 64 px, an optimizer step after every 2 batches (6 images)", ": 9 classes", "training: 9 images, 9 instances", "validation: 9 images, 9 instances", "anchors: COCO's, best possible recall "],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        // The ramp of half an epoch rises from 0 to lr0, 0.02; the boot at epoch 1 starts at 0.8 of it, the usual step scale.
        Assert.Matches(@"(?m)^ +0 +first batch +0 +", run.Output);
        Assert.Matches(@"(?m)^ +0\.5 +warm-up end +0\.02 +", run.Output);
        Assert.Matches(@"(?m)^ +1 +boot 1 +0\.016 +", run.Output);
        Assert.Matches(@"It takes about .* of training and .* of validation each epoch\. No run was made\.\n$", run.Output);
        training.AssertNothingWritten();
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(training.Data.Folder, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public void A_schedule_that_is_longer_than_the_run_is_a_warning_and_an_error_where_that_is_asked_for()
    {
        var words = training.WordsWithoutSchedule("run", "--schedule", Long);
        Refusal.Says(
            Refusal.Of([.. words, "--strict"]), "--strict takes 4 warnings for errors: ", "(longer-than-run): The schedule is made for 100 epochs, the run has 2; its last 98 epochs are cut off. Give the schedule the length of the run.",
            "(boot-never-fires)");
        training.AssertNothingWritten();

        var run = CommandRun.OfProgram([.. words, "--dry-run"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Warning: The learning rate's schedule, epoch 2 (longer-than-run): ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_suits_SGD_is_a_warning_under_Adam()
    {
        var words = training.WordsWithoutSchedule("run", "--schedule", "cosine", "--lr0", "0.2", "--strict", "--dry-run");
        Assert.Equal(0, CommandRun.OfProgram(words).ExitCode);
        Refusal.Says(Refusal.Of([.. words, "--optimizer", "Adam"]), "The rate rises to 0.2, past the sensible limit of 0.1.");
        training.AssertNothingWritten();
    }

    [Fact]
    public void A_training_says_its_warnings_when_it_begins()
    {
        var run = CommandRun.OfProgram([.. training.WordsWithoutSchedule("run", "--schedule", Long).Select(word => word == "2" ? "1" : word)]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("its last 99 epochs are cut off.", run.Output, StringComparison.Ordinal);
        Assert.Contains(": YOLOv5n, 1 epoch of 3 batches of 3 at 64 px, 1 thread, seed 0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_says_them_for_each_arm()
    {
        using var small = new SmallComparison();
        small.Edit("\"bootEpochs\": [1]", "\"bootEpochs\": [1], \"warmupEpochs\": 0.9");
        Refusal.Says(Refusal.Of(small.Words("c", "--strict")), "--strict takes 1 warning for an error: Arm 'CAWB': ", "(long-warmup)");
        small.Training.AssertNothingWritten();
    }

    [Theory]
    [InlineData("--resume runs/train --dry-run", "--dry-run looks at a training that is not begun")]
    [InlineData("--resume runs/train --strict", "--strict cannot be given with --resume")]
    public void A_look_at_a_run_that_is_begun_is_refused(string words, string complaint) => Refusal.Says(Refusal.Of(["train", .. words.Split(' ')]), complaint);
}
