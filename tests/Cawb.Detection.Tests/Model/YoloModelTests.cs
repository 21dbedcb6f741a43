using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Model;

public sealed class YoloModelTests
{
    [Fact]
    public void Every_size_has_the_releases_number_of_parameters_and_tensors()
    {
        foreach (var (size, counts) in ReferenceFile.All("model.json").SelectMany(file => file.GetProperty("sizes").EnumerateObject()).Select(entry => (entry.Name, entry.Value)))
        {
            foreach (var count in counts.EnumerateObject().Where(entry => entry.Name.StartsWith("nc", StringComparison.Ordinal)))
            {
                using var model = new YoloModel(ModelSize.FromName(size), int.Parse(count.Name[2..], System.Globalization.CultureInfo.InvariantCulture), AnchorSet.Coco);
                Assert.Equal(count.Value.GetProperty("parameters").GetInt64(), model.ParameterCount);
                Assert.Equal(count.Value.Integer("tensors"), model.Tensors.Count(tensor => tensor.IsTrained));
                Assert.Equal(count.Value.Integer("biases"), model.Tensors.Count(tensor => tensor.Section == WeightSection.Biases));
                Assert.Equal(count.Value.Integer("decayed"), model.Tensors.Count(tensor => tensor.Section == WeightSection.Kernels));
                Assert.Equal(count.Value.Integer("norm_weights"), model.Tensors.Count(tensor => tensor.Role == ParameterRole.NormWeight));
            }
        }
    }

    /// <summary>The table of the release gives billions at 640 pixels with one digit; it counts normalisations and activations too.</summary>
    [Theory]
    [InlineData("n", 4.5)]
    [InlineData("s", 16.5)]
    [InlineData("m", 49.0)]
    public void Takes_the_floating_point_operations_that_the_release_says(string size, double billions)
    {
        using var model = new YoloModel(ModelSize.FromName(size), 80, AnchorSet.Coco);
        Assert.Equal(billions, model.Operations(640) / 1e9, 0.02 * billions);
        Assert.Equal(model.Operations(640), 4 * model.Operations(320));
    }

    [Fact]
    public void Tensors_have_the_releases_names_shapes_and_order()
    {
        foreach (var file in ReferenceFile.All("model.json"))
        {
            using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
            Assert.Equal(
                file.Items("n_nc3_tensors").OrderBy(entry => entry.Integer("k")).Select(entry => $"{entry.Text("name")} [{string.Join(",", entry.GetProperty("shape").Integers())}]"),
                model.Tensors.Select(tensor => $"{tensor.Name} [{string.Join(",", tensor.Value.shape)}]"));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64, false, 1e-8)]
    [InlineData(ScalarType.Float32, false, 1e-5)]
    [InlineData(ScalarType.Float64, true, 1e-8)]
    [InlineData(ScalarType.Float32, true, 1e-5)]
    public void Evaluation_gives_the_reference_layers_maps_and_boxes(ScalarType type, bool fused, double tolerance)
    {
        foreach (var file in ReferenceFile.All("forward_*.json").Where(file => file.TryGetProperty("decoded", out _)))
        {
            using var noGrad = no_grad();
            using var trained = ReferenceModel.Create(type);
            using var model = fused ? trained.Fuse() : trained;
            using var scope = NewDisposeScope();
            var maps = model.Forward(ReferenceModel.Images(file.GetProperty("image"), type), training: false, CheckLayers(file, tolerance));
            CheckMaps(file, maps, tolerance);

            var decoded = BoxDecoder.Decode(maps, model.Anchors);
            Digest.Equal(file.GetProperty("decoded"), decoded, tolerance, "decoded");
            if (file.TryGetProperty("decoded_rows", out var rows))
            {
                foreach (var row in rows.EnumerateArray())
                {
                    var actual = decoded[row.Integer("image"), row.Integer("row")].to(ScalarType.Float64).data<double>().ToArray();
                    foreach (var (expected, value) in row.GetProperty("values").Numbers().Zip(actual))
                    {
                        Digest.Near(expected, value, tolerance * file.GetProperty("decoded").Number("absmax"), $"decoded row {row.Integer("row")}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-8, 1e-8)]
    [InlineData(ScalarType.Float32, 5e-4, 5e-5)]
    public void Training_gives_the_reference_layers_maps_and_running_statistics(ScalarType type, double tolerance, double statisticsTolerance)
    {
        foreach (var file in ReferenceFile.All("forward_train*.json"))
        {
            using var noGrad = no_grad();
            using var model = ReferenceModel.Create(type);
            using var scope = NewDisposeScope();
            CheckMaps(file, model.Forward(ReferenceModel.Images(file.GetProperty("image"), type), training: true, CheckLayers(file, tolerance)), tolerance);
            foreach (var statistics in file.Items("running_stats_after"))
            {
                Digest.Equal(statistics, model.Tensors.Single(tensor => tensor.Name == statistics.Text("name")).Value, statisticsTolerance, statistics.Text("name"));
            }
        }
    }

    [Fact]
    public void A_fused_network_gives_the_same_boxes_and_leaves_the_other_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = RandomModel.Create(ModelSize.S, classCount: 3, seed: 1);
        var before = Everything(model);
        using var fused = model.Fuse();
        var images = RandomModel.Images(2, 64, 96, seed: 2);
        var expected = BoxDecoder.Decode(model.Forward(images, training: false), model.Anchors).data<float>().ToArray();
        var rows = BoxDecoder.Decode(fused.Forward(images, training: false), model.Anchors).data<float>().ToArray();

        // Pixels up to the image's size, probabilities absolutely.
        Assert.All(expected.Zip(rows).Index(), row => Assert.Equal(row.Item.First, row.Item.Second, row.Index % 8 < 4 ? 1e-4 * 96 : 1e-4));
        Assert.Equal(before, Everything(model));
        Assert.NotEqual(before, Everything(fused));

        static float[] Everything(YoloModel network) => [.. Enum.GetValues<WeightSection>().SelectMany(section => network.Memory.Whole(section).data<float>().ToArray())];
    }

    [Fact]
    public void A_fused_network_takes_sizes_in_any_order_and_leaves_no_tensor_behind()
    {
        using var noGrad = no_grad();
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 1);
        var live = Tensor.TotalCount;
        using (var fused = model.Fuse())
        {
            foreach (var (batch, height, width) in new[] { (1, 64, 64), (2, 32, 96), (1, 64, 64), (1, 96, 32), (1, 64, 64), (2, 32, 96) })
            {
                using var scope = NewDisposeScope();
                var images = RandomModel.Images(batch, height, width, seed: 2);
                var maps = fused.Forward(images, training: false).Zip(model.Forward(images, training: false));
                Assert.All(maps, pair => Assert.True(pair.First.allclose(pair.Second, 1e-4, 1e-4)));
            }
        }

        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void A_fused_network_cannot_be_trained()
    {
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.N, classCount: 3, seed: 1);
        using var fused = model.Fuse();
        Assert.Contains("fused", Assert.Throws<InvalidOperationException>(() => fused.Forward(RandomModel.Images(1, 64, 64, seed: 2), training: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Head_biases_start_from_rare_objects()
    {
        foreach (var entry in ReferenceFile.All("model.json").SelectMany(file => file.GetProperty("bias_init_terms").EnumerateObject()))
        {
            var classCount = int.Parse(entry.Name[2..], System.Globalization.CultureInfo.InvariantCulture);
            foreach (var (expected, stride) in entry.Value.EnumerateArray().Zip(AnchorSet.Strides))
            {
                var (objectness, perClass) = WeightInitializer.HeadBiasTerms(stride, classCount);
                Digest.Near(expected[0].GetDouble(), objectness, 1e-12, "objectness");
                Digest.Near(expected[1].GetDouble(), perClass, 1e-12, "class");
            }
        }
    }

    [Fact]
    public void Initial_weights_depend_on_the_seed_alone_and_stay_inside_their_bounds()
    {
        using var first = Initialized(seed: 5);
        using var second = Initialized(seed: 5);
        using var other = Initialized(seed: 6);
        for (var i = 0; i < first.Tensors.Count; i++)
        {
            Assert.Equal(first.Tensors[i].Value.data<float>().ToArray(), second.Tensors[i].Value.data<float>().ToArray());
            if (first.Tensors[i].Role == ParameterRole.ConvolutionWeight)
            {
                var values = first.Tensors[i].Value.data<float>().ToArray();
                Assert.NotEqual(values, other.Tensors[i].Value.data<float>().ToArray());
                var bound = 1 / Math.Sqrt(values.Length / first.Tensors[i].Value.size(0));
                Assert.All(values, value => Assert.InRange(value, -bound - 1e-6, bound + 1e-6));
            }
        }
    }

    private static YoloModel Initialized(ulong seed)
    {
        var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        WeightInitializer.Initialize(model, seed);
        return model;
    }

    private static Action<int, Tensor>? CheckLayers(System.Text.Json.JsonElement file, double tolerance)
    {
        if (!file.TryGetProperty("layers", out var layers))
        {
            return null;
        }

        var expected = layers.EnumerateArray().ToDictionary(layer => layer.Integer("index"));
        return (index, output) => Digest.Equal(expected[index], output, tolerance, $"layer {index}");
    }

    private static void CheckMaps(System.Text.Json.JsonElement file, Tensor[] maps, double tolerance)
    {
        foreach (var (expected, map) in file.Items("raw").Zip(maps))
        {
            Digest.Equal(expected, map, tolerance, "raw map");
        }
    }
}
