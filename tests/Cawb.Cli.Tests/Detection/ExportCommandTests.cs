using Cawb.Training;
using Microsoft.ML.OnnxRuntime;

namespace Cawb.Cli.Tests.Detection;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string weights;

    public ExportCommandTests() => weights = KnownNetwork.Write(folder.Path("best.safetensors"), ["cat", "dog", "öl"], found: 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_lies_beside_the_weights_and_says_what_goes_in_and_comes_out()
    {
        var run = CommandRun.Of("export", weights, "--format", "onnx");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith($"{folder.Path("best.onnx")}: YOLOv5n, 3 classes, ONNX operator set 17, ", run.Lines()[0], StringComparison.Ordinal);
        Assert.Contains("output0 (batch, rows, 8): centre x", run.Output, StringComparison.Ordinal);

        // The first row of the finest level: centre and size of the first anchor.
        var (rows, notes) = Answer("best.onnx");
        Assert.Equal(252 * 8, rows.Length);
        Assert.All(rows[..4].Zip([4f, 4f, 10f, 13f]), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.Equal(("{0: 'cat', 1: 'dog', 2: 'öl'}", "[64, 64]"), (notes["names"], notes["imgsz"]));
    }

    [Fact]
    public void Raw_maps_and_suppression_are_asked_for_by_flags()
    {
        CommandRun.Of("export", weights, "--raw", "--out", folder.Path("raw.onnx"), "--image-size", "96");
        var (raw, notes) = Answer("raw.onnx");
        Assert.Equal((3 * 8 * 8 * 8, "[96, 96]"), (raw.Length, notes["imgsz"]));

        CommandRun.Of("export", weights, "--nms", "--max-det", "5", "--conf", "0.5", "--iou", "0.2", "--out", folder.Path("nms.onnx"));
        var (found, _) = Answer("nms.onnx");
        Assert.Equal(5 * 6, found.Length);
        Assert.Equal(KnownNetwork.Score, found[4], 1e-5);
        Assert.Equal(1, found[5]);
    }

    [Fact]
    public void Unfused_weights_make_the_larger_graph_and_the_same_boxes()
    {
        CommandRun.Of("export", weights, "--out", folder.Path("fused.onnx"));
        CommandRun.Of("export", weights, "--no-fuse", "--out", folder.Path("plain.onnx"));
        Assert.True(new FileInfo(folder.Path("plain.onnx")).Length > new FileInfo(folder.Path("fused.onnx")).Length);
        Assert.All(Answer("fused.onnx").Values.Zip(Answer("plain.onnx").Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void What_cannot_be_used_is_refused_and_a_file_that_is_there_stays()
    {
        var there = folder.Write("there.onnx", "mine");
        Refuses("there.onnx is there already. Replace it with --exist-ok", "--out", there);
        Assert.Equal("mine", File.ReadAllText(there));
        CommandRun.Of("export", weights, "--out", there, "--exist-ok");
        Assert.NotEqual("mine", File.ReadAllText(there));
        Refuses("is a folder. Name the file", "--out", folder.Path());
        Refuses("there is no folder", "--out", folder.Path("none", "x.onnx"));
        Refuses("--raw and --nms exclude each other", "--raw", "--nms");
        Refuses("--conf has no effect here: it belongs to --nms", "--conf", "0.5");
        Assert.Equal(ExitCode.BadInput, CommandRun.OfProgram("export", weights, "--format", "tflite").ExitCode);

        void Refuses(string reason, params string[] words) =>
            Assert.Contains(reason, Assert.Throws<InputException>(() => CommandRun.Of(["export", weights, .. words])).Message, StringComparison.Ordinal);
    }

    private (float[] Values, IReadOnlyDictionary<string, string> Notes) Answer(string file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(folder.Path(file), options);
        using var input = OrtValue.CreateTensorValueFromMemory(new float[3 * 64 * 64], [1, 3, 64, 64]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["images"], [input], ["output0"]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), session.ModelMetadata.CustomMetadataMap);
    }
}
