using System.Text.Json.Nodes;

namespace Cawb.Cli.Tests.Training;

/// <summary>Options of a training: recorded, used, resumed.</summary>
public sealed class TrainingOptionTests(UndisturbedRun undisturbed) : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void All_options_together_are_recorded_and_resumed_to_the_same_bits()
    {
        var weights = Path.Combine(undisturbed.Path, "best.safetensors");
        string[] Words(string run) => training.WordsWithoutSchedule(
            run, "--schedule", "cosine", "--per-batch", "--warmup", "yolov5", "--weights", weights, "--freeze", "10", "--multi-scale", "--patience", "1", "--label-smoothing", "0.1",
            "--momentum-schedule", """{"type":"linear","durationEpochs":2,"start":{"absolute":0.5},"end":0.9}""",
            "--weight-decay-schedule", """{"type":"cosine","durationEpochs":2}""");

        var whole = CommandRun.OfProgram(Words("whole"));
        Assert.True(whole.ExitCode == 0, whole.Error);
        Assert.Contains("The warm-up takes 6 of the run's 6 batches.", whole.Output, StringComparison.Ordinal);
        var options = JsonNode.Parse(File.ReadAllText(Path.Combine(training.Run("whole"), "run.json")))?["options"] ?? throw new InvalidOperationException();
        Assert.Equal(
            ("yolov5", weights, 10, true, 1, 0.1, "linear", "cosine"),
            ((string?)options["warmup"], (string?)options["weights"], (int?)options["freeze"], (bool?)options["multiScale"], (int?)options["patience"],
                (double?)options["hyperParameters"]?["label_smoothing"], (string?)options["momentumSchedule"]?["type"], (string?)options["weightDecaySchedule"]?["type"]));

        using (var running = ProgramProcess.Start(Words("killed")))
        {
            Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(training.Run("killed"), "checkpoints", "last.checkpoint"))));
            running.Kill();
        }

        var resumed = CommandRun.OfProgram("train", "--resume", training.Run("killed"));
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        SmallTraining.AssertEqualRuns(training.Run("whole"), training.Run("killed"));
        Assert.NotEqual(SmallTraining.MetricsWithoutTimes(undisturbed.Path), SmallTraining.MetricsWithoutTimes(training.Run("whole")));
    }

    [Fact]
    public void Without_a_schedule_a_training_goes_as_the_release_s()
    {
        var result = CommandRun.OfProgram(
            "train", "--data", training.Data.Folder, "--out", training.Run("plain"), "--image-size", "64", "--batch-size", "3", "--epochs", "2", "--threads", "1",
            "--hyp", training.Write("short.json", """{ "lr0": 0.02, "lrf": 0.5, "warmup_epochs": 0, "warmup_min_batches": 0 }"""));
        Assert.True(result.ExitCode == 0, result.Error);
        var run = JsonNode.Parse(File.ReadAllText(Path.Combine(training.Run("plain"), "run.json")));
        Assert.Equal(("yolov5", "yolov5"), ((string?)run?["schedule"]?["type"], (string?)run?["options"]?["warmup"]));
        // The release's schedule lags by an epoch: the second trains with the rate of the first.
        Assert.All(SmallTraining.MetricsWithoutTimes(training.Run("plain")).Skip(1), row => Assert.Equal("0.02", row.Split(',')[1]));
    }

    [Fact]
    public void A_run_without_a_checkpoint_needs_the_weights_that_it_began_with()
    {
        var weights = Path.Combine(training.Runs, "start.safetensors");
        File.Copy(Path.Combine(undisturbed.Path, "best.safetensors"), weights);
        using (var running = ProgramProcess.Start(training.Words("run", "--weights", weights)))
        {
            Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(training.Run("run"), "run.json"))));
            running.Kill();
        }

        Directory.Delete(Path.Combine(training.Run("run"), "checkpoints"), recursive: true);
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Refusal.Says(Refusal.Of("train", "--resume", training.Run("run")), training.Run("run"), weights, "no longer those that the run began with", "Put the old file back");
    }

    [Fact]
    public void Boxes_that_were_cut_are_counted_in_one_line_with_the_first_of_them()
    {
        var annotations = training.Data.File("annotations", "instances_train.json");
        File.WriteAllText(annotations, File.ReadAllText(annotations).Replace("\"bbox\":[4,6,32,34]", "\"bbox\":[-1,6,37,34]", StringComparison.Ordinal));
        var result = CommandRun.OfProgram(training.Words("run"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"Box cut (1): {annotations}: Annotation id 1 of image id 10 (0.png) at line 1, column ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_test_prints_its_points_as_json_and_draws_its_curve()
    {
        var picture = Path.Combine(training.Runs, "lr.svg");
        var result = CommandRun.OfProgram(
            "find-lr", "--data", training.Data.Folder, "--image-size", "64", "--batch-size", "3", "--threads", "1", "--hyp", training.HyperParameters, "--points", "12", "--out", picture, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        var points = result.Json().GetProperty("points");
        Assert.Equal(1e-4, points[0].GetProperty("learningRate").GetDouble(), 1e-16);
        Assert.Equal(1, points[0].GetProperty("relativeLoss").GetDouble());
        Assert.StartsWith("<svg", File.ReadAllText(picture), StringComparison.Ordinal);
        Assert.Equal(picture, Assert.Single(Directory.EnumerateFileSystemEntries(training.Runs)));
    }

    [Theory]
    [InlineData("--points 3", "--points is 3", "between 10 and")]
    [InlineData("--from 1 --to 0.1", "--from is 1 and --to is 0.1")]
    [InlineData("--out lr.gif", "--out lr.gif", ".svg")]
    public void A_range_test_that_cannot_be_is_refused(string words, params string[] phrases) =>
        Refusal.Says(Refusal.Of(["find-lr", "--data", training.Data.Folder, .. words.Split(' ')]), phrases);
}
