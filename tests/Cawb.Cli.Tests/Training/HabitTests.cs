using System.Text.Json.Nodes;
using Cawb.Cli.Tests.Detection;
using Cawb.Detection.Images;

namespace Cawb.Cli.Tests.Training;

/// <summary>What people who come from other trainers type.</summary>
public sealed class HabitTests(UndisturbedRun undisturbed) : IDisposable
{
    private readonly SmallTraining training = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        training.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Names_of_YOLOv5_train_the_run_that_our_own_train()
    {
        string[] ours =
        [
            "train", "--data", training.Data.Folder, "--out", training.Run("ours"), "--model", "n", "--image-size", "64", "--batch-size", "3", "--epochs", "1", "--threads", "1",
            "--hyp", training.Write("hyp.json", """{ "lr0": 0.005, "warmup_min_batches": 0 }"""), "--schedule", "yolov5-cosine", "--optimizer", "Adam", "--device", "cpu",
        ];
        string[] theirs =
        [
            "train", "--data", training.Data.Folder, "--project", training.Runs, "--name", "theirs", "--exist-ok", "--cfg", "models/yolov5n.yaml", "--imgsz", "64", "--batch", "3", "--epochs", "1",
            "--threads", "1", "--hyp", training.Write("hyp.yaml", "lr0: 0.5\nwarmup_min_batches: 0\n"), "--lr0", "0.005", "--cos-lr", "--optimizer", "adam", "--weights", "", "--device", "cpu",
            "--workers", "3", "--cache",
        ];
        foreach (var words in (string[][])[ours, theirs])
        {
            var run = CommandRun.OfProgram(words);
            Assert.True(run.ExitCode == 0, run.Error);
        }

        SmallTraining.AssertEqualRuns(training.Run("ours"), training.Run("theirs"));
        var (own, other) = (Options("ours"), Options("theirs"));
        Assert.Equal((3, "ram"), ((int?)other["workers"], (string?)other["cache"]));
        (other["workers"], other["cache"]) = (0, "");
        Assert.True(JsonNode.DeepEquals(own, other), $"{own} and {other}");

        var again = CommandRun.OfProgram(theirs);
        Assert.Equal(ExitCode.BadInput, again.ExitCode);
        Assert.Contains("already holds a run", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_bring_their_network_and_a_run_means_its_best_ones()
    {
        var run = CommandRun.OfProgram(training.Words("more", "--weights", Path.Combine(undisturbed.Path, "weights", "best.pt")));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"{Path.Combine(undisturbed.Path, "best.safetensors")} here, which is taken.", run.Output, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(undisturbed.Path, "best.safetensors"), (string?)Options("more")["weights"]);
        Assert.Equal(CommandRun.OfProgram("info", Path.Combine(undisturbed.Path, "best.safetensors")), CommandRun.OfProgram("info", undisturbed.Path));
        Refusal.Says(Refusal.Of(training.Words("other", "--model", "s", "--weights", undisturbed.Path)), "does not fit YOLOv5s");
    }

    [Fact]
    public void Folders_get_the_next_free_number_of_a_name_and_nothing_is_overwritten()
    {
        var weights = KnownNetwork.Write(folder.Path("w.safetensors"), ["cat"], found: 0);
        var image = new Image(64, 64);
        ImageFile.Write(folder.Path("a.png"), image);
        string[] words = ["detect", "--weights", weights, "--source", folder.Path("a.png"), "--threads", "1", "--project", folder.Path("found")];
        foreach (var (more, made) in new (string[], string)[] { ([], "exp"), ([], "exp2"), (["--name", "cats"], "cats"), (["--name", "cats"], "cats2"), (["--name", "new", "--exist-ok"], "new") })
        {
            Assert.Equal(0, CommandRun.OfProgram([.. words, .. more]).ExitCode);
            Assert.True(File.Exists(folder.Path("found", made, "detections.json")), made);
        }

        Refusal.Says(Refusal.Of([.. words, "--name", "new", "--exist-ok"]), "--exist-ok", "the folder has content, and nothing is overwritten");
        Refusal.Says(Refusal.Of([.. words, "--out", folder.Path("x")]), "--project has no effect here: --out says where the folder is");
        Refusal.Says(Refusal.Of([.. words, "--name", ""]), "--name is empty");
        Refusal.Says(Refusal.Of([.. words[..^2], "--project", undisturbed.Path]), "is a run itself", "--project");
        Assert.Equal(5, Directory.GetDirectories(folder.Path("found")).Length);
    }

    [Fact]
    public void An_interruption_that_leaves_nothing_to_go_on_from_ends_with_the_code_that_shells_know() =>
        Assert.Equal(130, FaultReport.CodeOf(new OperationCanceledException()));

    private JsonNode Options(string run) => JsonNode.Parse(File.ReadAllText(Path.Combine(training.Run(run), "run.json")))!["options"]!;
}
