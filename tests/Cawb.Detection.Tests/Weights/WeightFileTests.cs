using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Weights;

public sealed class WeightFileTests : IDisposable
{
    private static readonly string[] Names = ["cat", "dög \"7\"", "x"];

    private readonly string folder = Directory.CreateTempSubdirectory("cawb-weights-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_declared_tensors_are_those_of_the_network_and_of_the_reference_for_every_size()
    {
        foreach (var size in ModelSize.All.Take(2))
        {
            using var model = new YoloModel(size, 5, AnchorSet.Coco);
            Assert.Equal(
                model.Tensors.Select(tensor => $"{tensor.Name} {tensor.Role} {string.Join(',', tensor.Value.shape)}"),
                YoloModel.Declare(size, 5).Select(tensor => $"{tensor.Name} {tensor.Role} {string.Join(',', tensor.Shape)}"));
        }

        foreach (var entry in ReferenceFile.All("model.json")[0].GetProperty("sizes").EnumerateObject())
        {
            foreach (var classes in new[] { 80, 20, 3, 1 })
            {
                var expected = entry.Value.GetProperty($"nc{classes}");
                var trained = YoloModel.Declare(ModelSize.FromName(entry.Name), classes).Where(tensor => tensor.IsTrained).ToArray();
                Assert.Equal(expected.Integer("parameters"), trained.Sum(tensor => tensor.ElementCount));
                Assert.Equal(expected.Integer("tensors"), trained.Length);
            }
        }
    }

    [Fact]
    public void A_declaration_leaves_no_tensor_behind_and_allocates_little()
    {
        var live = Tensor.TotalCount;
        Assert.Equal(ModelSize.X.Channels(64), YoloModel.Declare(ModelSize.X, 1_000_000)[0].Shape[0]);
        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void A_network_comes_back_bit_for_bit_with_size_classes_anchors_and_image_size()
    {
        var anchors = AnchorSet.FromPixels([1.1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18.3]);
        var path = Write(anchors);
        var live = Tensor.TotalCount;
        using (var expected = Initial(anchors))
        {
            var (model, description) = WeightFile.Read(path, CPU);
            using (model)
            {
                Assert.Equal(("n", 3, 96), (description.Size.Name, description.ClassCount, description.ImageSize));
                Assert.Equal(Names, description.ClassNames);
                Assert.Equal(anchors.Pixels(2, 2), model.Anchors.Pixels(2, 2));
                Assert.Equal(anchors.Pixels(0, 0), model.Anchors.Pixels(0, 0));
                AssertEqual(expected, model);
            }
        }

        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void Without_notes_the_shapes_tell_the_size_and_the_classes_and_the_tensor_the_anchors()
    {
        using var scope = NewDisposeScope();
        using var expected = Initial(AnchorSet.Coco);
        var cells = Enumerable.Range(0, 18).Select(i => (float)(i + 1)).ToArray();
        var path = Rewrite(tensors =>
        {
            tensors["model.24.anchors"] = tensor(cells, [3, 3, 2]).to(ScalarType.Float16);
            tensors["model.0.bn.num_batches_tracked"] = tensor(7L);
        });
        var (model, description) = WeightFile.Read(path, CPU);
        using (model)
        {
            Assert.Equal(("n", 3), (description.Size.Name, description.ClassCount));
            Assert.Empty(description.ClassNames);
            Assert.Null(description.ImageSize);
            Assert.Equal((1 * 8.0, 2 * 8.0), model.Anchors.Pixels(0, 0));
            Assert.Equal((17 * 32.0, 18 * 32.0), model.Anchors.Pixels(2, 2));
            AssertEqual(expected, model);
        }
    }

    [Fact]
    public void Half_precision_becomes_single_precision_without_another_rounding()
    {
        using var scope = NewDisposeScope();
        using var expected = Initial(AnchorSet.Coco);
        var path = Rewrite(tensors =>
        {
            foreach (var name in tensors.Keys.ToArray())
            {
                tensors[name] = tensors[name].to(ScalarType.Float16);
            }
        });
        var (model, _) = WeightFile.Read(path, CPU);
        using (model)
        {
            foreach (var (want, got) in expected.Tensors.Zip(model.Tensors))
            {
                Assert.Equal(want.Value.data<float>().ToArray().Select(value => (float)(Half)value), got.Value.data<float>().ToArray());
            }
        }
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_with_the_first_missing_and_the_first_surplus_tensor()
    {
        using var scope = NewDisposeScope();
        var path = Rewrite(tensors =>
        {
            tensors.Remove("model.3.bn.bias");
            tensors.Remove("model.4.cv1.conv.weight");
            tensors["model.1.conv.bias"] = zeros([32]);
        });
        var fault = Assert.Throws<WeightFileException>(() => WeightFile.Describe(path));
        Assert.Equal(
            $"{path}: does not fit YOLOv5n with 3 classes: 2 tensors are missing, the first is 'model.3.bn.bias'; 1 tensor is surplus, the first is 'model.1.conv.bias'. "
            + "Give weights of that network, or name the network that the weights are of.",
            fault.Message);
    }

    [Fact]
    public void A_network_that_was_fused_is_refused_as_such()
    {
        using var scope = NewDisposeScope();
        var path = Rewrite(tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => name.Contains(".bn.", StringComparison.Ordinal)).ToArray())
            {
                tensors.Remove(name);
            }

            tensors["model.0.conv.bias"] = zeros([16]);
        });
        Assert.Contains("normalisations were folded into its convolutions", Assert.Throws<WeightFileException>(() => WeightFile.Describe(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_other_size_or_classes_takes_nothing_from_the_file()
    {
        var path = Write(AnchorSet.Coco);
        using var other = new YoloModel(ModelSize.N, 4, AnchorSet.Coco);
        var fault = Assert.Throws<WeightFileException>(() => WeightFile.ReadInto(path, other));
        Assert.Contains("does not fit YOLOv5n with 4 classes: 'model.24.m.0.weight' is float32[24, 64, 1, 1], the network needs [27, 64, 1, 1].", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.Tensors[0].Value.data<float>().ToArray().Max());

        using var same = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        WeightFile.ReadInto(path, same);
        using var expected = Initial(AnchorSet.Coco);
        AssertEqual(expected, same);
    }

    [Theory]
    [InlineData("format", "cawb-yolov5/2", "is of the format 'cawb-yolov5/2'")]
    [InlineData("size", "q", "notes the model size 'q'; there are n, s, m, l, x, s-5.0, m-5.0, l-5.0, x-5.0.")]
    [InlineData("size", "s", "does not fit YOLOv5s with 3 classes: 'model.0.conv.weight' is float32[16, 3, 6, 6], the network needs [32, 3, 6, 6].")]
    [InlineData("classes", "[1]", "class names that are no JSON list of strings")]
    [InlineData("classes", "[null,null,null]", "class names that are no JSON list of strings")]
    [InlineData("classes", "[\"a\"]", "names 1 classes, but its head has 3")]
    [InlineData("imageSize", "100", "notes the image size '100'")]
    public void Notes_that_contradict_the_tensors_are_refused(string note, string text, string expected)
    {
        using var scope = NewDisposeScope();
        var path = Rewrite(_ => { }, (note, text));
        Assert.Contains(expected, Assert.Throws<WeightFileException>(() => WeightFile.Describe(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 -9")]
    [InlineData("1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 wide")]
    public void Anchors_that_are_no_eighteen_sizes_are_refused(string text)
    {
        using var scope = NewDisposeScope();
        var path = Rewrite(_ => { }, ("anchors", text));
        Assert.Contains("anchors", Assert.Throws<WeightFileException>(() => WeightFile.Read(path, CPU)).Message, StringComparison.Ordinal);
    }

    private static YoloModel Initial(AnchorSet anchors)
    {
        var model = new YoloModel(ModelSize.N, 3, anchors);
        WeightInitializer.Initialize(model, seed: 5);
        return model;
    }

    private static void AssertEqual(YoloModel expected, YoloModel actual)
    {
        foreach (var (want, got) in expected.Tensors.Zip(actual.Tensors))
        {
            Assert.True(want.Value.data<float>().ToArray().AsSpan().SequenceEqual(got.Value.data<float>().ToArray()), want.Name);
        }
    }

    private string Write(AnchorSet anchors)
    {
        var path = Path.Combine(folder, "weights.safetensors");
        using var model = Initial(anchors);
        using var stream = File.Create(path);
        WeightFile.Write(stream, model, Names, imageSize: 96);
        return path;
    }

    /// <summary>The same tensors, changed, with no notes but the given ones.</summary>
    private string Rewrite(Action<Dictionary<string, Tensor>> change, params (string Name, string Text)[] notes)
    {
        var path = Write(AnchorSet.Coco);
        using var content = Safetensors.Read(path);
        var tensors = new Dictionary<string, Tensor>(content.Tensors, StringComparer.Ordinal);
        change(tensors);
        Safetensors.Write(path, tensors, notes.Select(note => KeyValuePair.Create(note.Name, note.Text)));
        return path;
    }
}
