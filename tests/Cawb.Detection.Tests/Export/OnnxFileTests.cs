using Cawb.Detection.Export;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Export;

/// <summary>Exported networks, run by ONNX Runtime.</summary>
public sealed class OnnxFileTests : IDisposable
{
    private const double PixelTolerance = 1e-2;
    private const double ScoreTolerance = 1e-5;

    private readonly string path = Path.Combine(Path.GetTempPath(), $"cawb-{Path.GetRandomFileName()}.onnx");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("n")]
    [InlineData("s")]
    [InlineData("m")]
    [InlineData("l")]
    [InlineData("x")]
    [InlineData("s-5.0")]
    public void Every_size_gives_the_boxes_and_scores_of_our_own_network(string size)
    {
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.FromName(size), classCount: 3, seed: 1);
        using (var fused = model.Fuse())
        {
            Write(fused, OnnxOutput.Boxes);
        }

        using var session = Open();
        RequireEqualRows(model, session, RandomModel.Images(1, 64, 96, seed: 2));
    }

    [Fact]
    public void One_file_takes_every_batch_and_every_size()
    {
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.N, classCount: 1, seed: 3);
        using var fused = model.Fuse();
        Write(fused, OnnxOutput.Boxes);
        using var session = Open();
        foreach (var (batch, height, width) in new[] { (1, 64, 64), (3, 32, 160), (2, 224, 128), (1, 640, 640) })
        {
            RequireEqualRows(model, session, RandomModel.Images(batch, height, width, seed: 4));
        }
    }

    [Fact]
    public void A_network_that_is_not_fused_keeps_its_normalisations()
    {
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 5);
        Write(model, OnnxOutput.Boxes);
        Assert.Equal(57, Parse().Graph.Node.Count(node => node.OpType == "BatchNormalization"));
        using var session = Open();
        RequireEqualRows(model, session, RandomModel.Images(2, 64, 64, seed: 6));
    }

    [Fact]
    public void Raw_maps_are_the_networks_own()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 7);
        using var fused = model.Fuse();
        Write(fused, OnnxOutput.RawMaps);
        using var session = Open();
        var images = RandomModel.Images(2, 64, 96, seed: 8);
        var maps = model.Forward(images, training: false);
        Assert.Equal(["output0", "output1", "output2"], session.OutputMetadata.Keys);
        for (var level = 0; level < maps.Length; level++)
        {
            var (shape, values) = Run(session, images, $"output{level}");
            Assert.Equal(maps[level].shape, shape);
            RequireNear(maps[level].contiguous().data<float>().ToArray(), values, index => 1e-4);
        }
    }

    [Theory]
    [InlineData(0.25, 0.45, 1000)]
    [InlineData(0.02, 0.6, 1000)]
    [InlineData(0.02, 0.3, 7)]
    public void Suppression_inside_the_graph_keeps_the_boxes_that_our_own_keeps(double confidence, double overlap, int limit)
    {
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 9);
        using var fused = model.Fuse();
        var suppression = SuppressionOptions.Display with { MinConfidence = confidence, MaxOverlap = overlap, MaxDetections = limit };
        Write(fused, OnnxOutput.Detections, suppression);
        using var session = Open();
        foreach (var batch in new[] { 1, 3 })
        {
            var images = RandomModel.Images(batch, 96, 64, seed: 10);
            var expected = new Detector(fused, suppression).Detect(images);
            Assert.All(expected, boxes => Assert.InRange(boxes.Count, 2, limit));
            var (shape, values) = Run(session, images, "output0");
            Assert.Equal([batch, limit, 6], shape);
            for (var image = 0; image < batch; image++)
            {
                RequireEqualBoxes(expected[image], values.AsSpan(image * limit * 6, limit * 6));
            }
        }
    }

    [Fact]
    public void An_image_on_which_nothing_is_found_has_zeros_alone_beside_others_that_have_boxes()
    {
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 9);
        using var fused = model.Fuse();
        var images = RandomModel.Images(3, 64, 64, seed: 11);
        var scores = new Detector(fused, SuppressionOptions.Display with { MinConfidence = 0 }).Detect(images).Select(boxes => (double)boxes[0].Score).ToArray();

        // Between the images' best scores, so that one at least has boxes and one has none; and above all of them.
        foreach (var confidence in new[] { (scores.Min() + scores.Max()) / 2, (1 + scores.Max()) / 2 })
        {
            var suppression = SuppressionOptions.Display with { MinConfidence = confidence, MaxDetections = 20 };
            Write(fused, OnnxOutput.Detections, suppression);
            using var session = Open();
            var expected = new Detector(fused, suppression).Detect(images);
            Assert.Contains(expected, boxes => boxes.Count == 0);
            var (_, values) = Run(session, images, "output0");
            for (var image = 0; image < 3; image++)
            {
                RequireEqualBoxes(expected[image], values.AsSpan(image * 20 * 6, 20 * 6));
            }
        }
    }

    [Fact]
    public void The_file_has_the_names_and_notes_that_readers_of_YOLOv5_look_for()
    {
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 12);
        using (var stream = File.Create(path))
        {
            OnnxFile.Write(stream, model, new OnnxOptions { ClassNames = ["cat", "dog's \\ \"bed\"", "öl"], ImageSize = 96 });
        }

        using var session = Open();
        Assert.Equal([-1, 3, -1, -1], session.InputMetadata["images"].Dimensions);
        Assert.Equal("batch,,height,width", string.Join(',', session.InputMetadata["images"].SymbolicDimensions));
        Assert.Equal([-1, -1, 8], session.OutputMetadata["output0"].Dimensions);
        var notes = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("32", notes["stride"]);
        Assert.Equal("""{0: 'cat', 1: 'dog\'s \\ "bed"', 2: 'öl'}""", notes["names"]);
        Assert.Equal("[96, 96]", notes["imgsz"]);
        Assert.Equal(["cat", "dog's \\ \"bed\"", "öl"], System.Text.Json.JsonSerializer.Deserialize<string[]>(notes["classes"]) ?? []);
        Assert.StartsWith("10 13 16 30 33 23 30 61", notes["anchors"], StringComparison.Ordinal);
        Assert.Equal(17, Assert.Single(Parse().OpsetImport).Version);
    }

    private static void RequireEqualRows(YoloModel model, InferenceSession session, Tensor images)
    {
        using var noGrad = no_grad();
        var numbers = 5 + model.ClassCount;
        var expected = BoxDecoder.Decode(model.Forward(images, training: false), model.Anchors);
        var (shape, values) = Run(session, images, "output0");
        Assert.Equal(expected.shape, shape);
        RequireNear(expected.data<float>().ToArray(), values, index => index % numbers < 4 ? PixelTolerance : ScoreTolerance);
    }

    private static void RequireEqualBoxes(IReadOnlyList<DetectedBox> expected, ReadOnlySpan<float> rows)
    {
        for (var i = 0; i < rows.Length / 6; i++)
        {
            var row = rows.Slice(i * 6, 6);
            if (i >= expected.Count)
            {
                Assert.Equal(new float[6], row.ToArray());
                continue;
            }

            var box = expected[i];
            Assert.Equal(box.Class, (int)row[5]);
            RequireNear([box.Left, box.Top, box.Right, box.Bottom, box.Score], row[..5].ToArray(), index => index < 4 ? PixelTolerance : ScoreTolerance);
        }
    }

    private static void RequireNear(float[] expected, float[] actual, Func<int, double> tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance(i), $"Element {i}: expected {expected[i]}, got {actual[i]}.");
        }
    }

    private static (long[] Shape, float[] Values) Run(InferenceSession session, Tensor images, string output)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(images.contiguous().data<float>().ToArray(), images.shape);
        using var options = new RunOptions();
        using var results = session.Run(options, ["images"], [input], [output]);
        return (results[0].GetTensorTypeAndShape().Shape, results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    private void Write(YoloModel model, OnnxOutput output, SuppressionOptions? suppression = null)
    {
        using var stream = File.Create(path);
        OnnxFile.Write(stream, model, new OnnxOptions
        {
            ClassNames = [.. Enumerable.Range(0, model.ClassCount).Select(index => $"class {index}")],
            ImageSize = 64,
            Output = output,
            Suppression = suppression ?? SuppressionOptions.Display,
        });
    }

    private InferenceSession Open()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(path, options);
    }

    private ModelProto Parse()
    {
        using var stream = File.OpenRead(path);
        return ModelProto.Parser.ParseFrom(stream);
    }
}
