using Cawb.Cli.Tests.Training;
using Cawb.Detection.Images;
using Cawb.Detection.Model;
using Cawb.Detection.Tests.Weights;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Cli.Tests.Detection;

/// <summary>A YOLOv5 user's <c>.pt</c> files wherever weights are taken.</summary>
public sealed class PyTorchWeightsTests(SavedNetworks saved) : IClassFixture<SavedNetworks>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Info_shows_what_is_inside_and_what_was_taken()
    {
        var lines = CommandRun.Of("info", saved["unfinished"]).Lines();
        Assert.Equal($"{saved["unfinished"]}: YOLOv5n, 2 classes", lines[0]);
        Assert.Contains("classes     cat, dög \"7\"", lines);
        Assert.Contains("taken       ema, the averaged weights; train --weights takes 'model', as in YOLOv5", lines);
        Assert.Contains("release     7.0 (models.yolo.DetectionModel)", lines);
        Assert.Contains("epoch       7, counted from 0; the training had not ended", lines);
        Assert.Contains("date        2022-11-22T10:11:12", lines);
        Assert.Contains("anchors     10 x 13, 16 x 30, 33 x 23, 30 x 61, 62 x 45, 59 x 119, 116 x 90, 156 x 198, 373 x 326 pixels", lines);

        // By hand: 1,765,270 with one class, and one more output of 64, 128 and 256 inputs and a bias for each of three anchors.
        Assert.Contains("1,766,623 parameters", lines[^1], StringComparison.Ordinal);
        Assert.Equal(1_765_270 + (3 * (64 + 128 + 256 + 3)), CommandRun.Of("info", saved["finished"], "--json").Json().GetProperty("parameters").GetInt64());
    }

    [Fact]
    public void Detect_takes_a_file_with_its_class_names_and_image_size()
    {
        var image = new Image(64, 64);
        image.Pixels.Fill(60);
        ImageFile.Write(folder.Path("a.png"), image);
        var run = CommandRun.OfProgram("detect", saved["finished"], folder.Path("a.png"), "--conf", "0.01", "--max-det", "3", "--threads", "1", "--out", folder.Path("out"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(": 64 x 64; ", run.Lines()[0], StringComparison.Ordinal);
        Assert.Matches("cat|dög", run.Lines()[0]);
    }

    [Fact]
    public void A_training_starts_from_the_weights_with_their_size_and_says_what_it_leaves()
    {
        using var training = new SmallTraining();
        var run = CommandRun.OfProgram(training.Words("run", "--weights", saved["unfinished"]));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("was trained on 2 classes and the data set has 9: it is left out and starts fresh.", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("is of a training that had not ended: its weights are taken as the optimizer left them ('model')", run.Output + run.Error, StringComparison.Ordinal);

        // The folder is there, so nothing is trained; without --model the size of the weights passes.
        var small = folder.Path("s.safetensors");
        using (var model = new YoloModel(ModelSize.S, 9, AnchorSet.FromPixels(Enumerable.Range(3, 18).Select(side => (double)side))))
        using (var stream = File.Create(small))
        {
            WeightFile.Write(stream, model, [.. Enumerable.Range(0, 9).Select(i => $"thing {i}")], imageSize: 64);
        }

        Refusal.Says(Refusal.Of(training.Words("run", "--weights", small)), training.Run("run"));
        Refusal.Says(Refusal.Of(training.Words("other", "--weights", small, "--model", "n")), small, "does not fit YOLOv5n");
        Assert.False(Directory.Exists(training.Run("other")));
    }

    [Fact]
    public void Weights_of_YOLOv5_5_are_described_trained_on_resumed_validated_and_exported()
    {
        var lines = CommandRun.Of("info", saved["release-5"]).Lines();
        Assert.Equal($"{saved["release-5"]}: YOLOv5s-5.0, 2 classes", lines[0]);
        foreach (var (layer, block) in new[] { (0, "Focus"), (4, "C3"), (8, "SPP"), (9, "C3"), (24, "Detect") })
        {
            Assert.Contains(lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var name, ..] && number == $"{layer}" && name == block);
        }

        // The first layers keep their weights; what is written has the first kernel as it was folded.
        using var training = new SmallTraining();
        Succeed(training.Words("run", "--weights", saved["release-5"], "--freeze", "10"));
        Succeed("train", "--resume", training.Run("run"), "--epochs", "3");
        Assert.Equal("s-5.0", CommandRun.Of("info", training.Run("run"), "--json").Json().GetProperty("size").GetString());
        Assert.Equal(FirstKernel(saved["release-5"]), FirstKernel(Path.Combine(training.Run("run"), "last.safetensors")));

        Succeed("val", training.Run("run"), training.Data.Folder, "--out", training.Run("val"), "--threads", "1", "--no-plots");
        Succeed("detect", training.Run("run"), training.Data.File("images", "val", "0.png"), "--out", training.Run("found"), "--threads", "1", "--no-images");
        Succeed("export", training.Run("run"), "--out", folder.Path("run.onnx"));

        static float[] FirstKernel(string path)
        {
            var (model, _) = WeightFile.Read(path, CPU);
            using (model)
            {
                return model.Tensors[0].Value.cpu().contiguous().data<float>().ToArray();
            }
        }

        static void Succeed(params string[] words)
        {
            var run = CommandRun.OfProgram(words);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }

    [Theory]
    [InlineData("info")]
    [InlineData("detect")]
    [InlineData("val")]
    [InlineData("train")]
    public void What_cannot_be_used_is_refused_in_a_paragraph_wherever_weights_are_taken(string command)
    {
        using var training = new SmallTraining();
        var leaky = saved["other-leaky"];
        var cut = folder.Path("cut.pt");
        File.WriteAllBytes(cut, File.ReadAllBytes(saved["finished"])[..100_000]);
        string[] Words(string weights) => command switch
        {
            "info" => ["info", weights],
            "train" => training.Words("run", "--weights", weights),
            _ => [command, weights, training.Data.Folder, "--out", training.Run("out"), "--threads", "1"],
        };
        Refusal.Says(Refusal.Of(Words(leaky)), leaky, "'model.0.act' is LeakyReLU, not SiLU", "give others");
        Refusal.Says(Refusal.Of(Words(cut)), cut, "without the directory that belongs at its end", "cut off");
        training.AssertNothingWritten();
    }
}
