using System.Security.Cryptography;
using System.Text.Json;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Weights;

/// <summary>Files that PyTorch saved. The expectations are PyTorch's own.</summary>
public sealed class PyTorchFileTests(SavedNetworks saved) : IClassFixture<SavedNetworks>
{
    private static readonly string[] Names = ["cat", "dög \"7\""];

    [Fact]
    public void Every_tensor_of_every_file_is_what_PyTorch_reads_there()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SavedNetworks.Expectations));
        foreach (var file in document.RootElement.EnumerateObject())
        {
            var expected = file.Value.ValueKind == JsonValueKind.String ? document.RootElement.GetProperty(file.Value.GetString() ?? "") : file.Value;
            Assert.Equal(Digests(expected), Digests(saved[file.Name], WeightUse.Detection));
        }

        // A training starts from the weights that the optimizer moved, as in YOLOv5.
        Assert.Equal(Digests(document.RootElement.GetProperty("finished")), Digests(saved["unfinished"], WeightUse.Training));
    }

    [Theory]
    [InlineData("finished", 320, "7.0 (models.yolo.DetectionModel)", "model")]
    [InlineData("release-5", null, "4.0 or 5.0 (models.yolo.Model)", "model", "s-5.0")]
    [InlineData("unfinished", null, "7.0 (models.yolo.DetectionModel)", "ema, the averaged weights; train --weights takes 'model', as in YOLOv5")]
    [InlineData("older", null, "6.0 or 6.1 (models.yolo.Model)", "model")]
    [InlineData("legacy", null, "7.0 (models.yolo.DetectionModel)", "model")]
    [InlineData("network", null, "6.2 or 7.0 (models.yolo.DetectionModel)", null)]
    [InlineData("wrapped", null, "6.2 or 7.0 (models.yolo.DetectionModel)", null)]
    public void A_network_tells_its_size_classes_image_size_and_release(string name, int? imageSize, string release, string? taken, string size = "n")
    {
        var description = WeightFile.Describe(saved[name]);
        Assert.Equal((size, 2, imageSize), (description.Size.Name, description.ClassCount, description.ImageSize));
        Assert.Equal(Names, description.ClassNames);
        Assert.Equal(AnchorSet.Coco.ToPixels(), description.Anchors.ToPixels());
        Assert.Equal((release, taken), (description.Metadata["release"], description.Metadata.GetValueOrDefault("taken")));
    }

    [Theory]
    [InlineData("state", ScalarType.Float32)]
    [InlineData("state-bfloat16", ScalarType.BFloat16)]
    [InlineData("state-float64", ScalarType.Float64)]
    [InlineData("flat", ScalarType.Float32)]
    [InlineData("release-5-state", ScalarType.Float16, "s-5.0")]
    public void A_state_dict_becomes_a_network_without_class_names(string name, ScalarType type, string size = "n")
    {
        var live = Tensor.TotalCount;
        var (model, description) = WeightFile.Read(saved[name], CPU);
        using (model)
        {
            Assert.Equal((size, 2), (model.Size.Name, model.ClassCount));
            Assert.Empty(description.ClassNames);
            Assert.Contains(description.Tensors, tensor => tensor.Name == "model.0.conv.weight" && tensor.Type == type);
            Assert.Equal(Digests(saved[name], WeightUse.Detection)["model.0.conv.weight"], Digest(model.Tensors[0].Value));
        }

        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void A_network_for_other_classes_gives_all_but_its_head_to_a_training_and_says_what_it_leaves()
    {
        using var model = new YoloModel(ModelSize.N, 5, AnchorSet.Coco);
        var transfer = WeightFile.TransferInto(saved["unfinished"], model);
        Assert.Equal((2, true), (transfer.LeftOutClasses, transfer.LeavesAverage));
        var expected = Digests(saved["finished"], WeightUse.Detection);
        foreach (var tensor in model.Tensors)
        {
            if (tensor.Role is ParameterRole.HeadWeight or ParameterRole.HeadBias)
            {
                Assert.All(tensor.Value.data<float>().ToArray(), value => Assert.Equal(0, value));
            }
            else
            {
                Assert.Equal(expected[tensor.Name], Digest(tensor.Value));
            }
        }
    }

    [Theory]
    [InlineData("other-leaky", "'model.0.act' is LeakyReLU, not SiLU")]
    [InlineData("other-strided", "'model.0.conv' has another stride than 2")]
    [InlineData("other-normed", "'model.0.bn' has another eps than 0.001")]
    [InlineData("other-shortcut", "'model.13.m.0' has another add than False")]
    [InlineData("other-reordered", "'model.12' takes other layers for its input")]
    [InlineData("other-short", "it has 1 layers, not 25")]
    [InlineData("other-segment", "models.yolo.SegmentationModel")]
    [InlineData("other-mixed", "those of YOLOv5 5.0 to 7.0 that are read here (n, s, m, l, x for detection): 'model.8' is C3, not SPP (models.yolo.Model)")]
    [InlineData("other-blended", "'model.8' is SPP, not C3")]
    [InlineData("other-pooled", "'model.8.m.2' has another kernel_size than 13")]
    [InlineData("other-residual", "'model.9.m.0' has another add than False")]
    [InlineData("other-v8", "is a network of the package ultralytics (ultralytics.nn.tasks.DetectionModel), YOLOv8 or later")]
    [InlineData("other-quantised", "has 'model.0.conv.weight' as something else than a plain tensor")]
    [InlineData("other-tensor", "holds no network")]
    [InlineData("other-script", "is a TorchScript program")]
    public void Another_network_is_refused_with_what_it_is(string name, string expected)
    {
        var fault = Assert.Throws<WeightFileException>(() => WeightFile.Describe(saved[name]));
        Assert.StartsWith($"{saved[name]}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static SortedDictionary<string, string> Digests(JsonElement expected) =>
        new(expected.EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value.GetString() ?? ""), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Digests(string path, WeightUse use)
    {
        using var source = WeightSource.Open(path, use);
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        source.Read(source.Tensors.Where(tensor => tensor.Type != ScalarType.Int64).Select(tensor => tensor.Name), (name, tensor) => digests.Add(name, Digest(tensor)));
        return digests;
    }

    private static string Digest(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Convert.ToHexStringLower(SHA256.HashData(tensor.to(ScalarType.Float32).contiguous().bytes))[..16];
    }
}
