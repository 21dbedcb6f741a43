using System.Text.Json;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Tests.Reference;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Model;

/// <summary>The network of YOLOv5 5.0 against PyTorch's, which computes Focus and SPP as they are (<c>tests/reference/yolov5-5.0</c>).</summary>
public sealed class Release5Tests : IDisposable
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ReferenceFolder.Of("yolov5-5.0"), "forward.json"))).RootElement;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cawb-5-");

    private string Weights => Path.Combine(folder.FullName, "weights.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The figures that YOLOv5 5.0 prints: s and m as they are trained, x with its normalisations folded.</summary>
    [Theory]
    [InlineData("s-5.0", 7_276_605, null)]
    [InlineData("m-5.0", 21_375_645, null)]
    [InlineData("x-5.0", null, 87_730_285)]
    public void The_sizes_have_the_release_s_number_of_parameters(string size, int? trained, int? folded)
    {
        var declared = YoloModel.Declare(ModelSize.FromName(size), 80).Where(tensor => tensor.IsTrained).ToArray();
        Assert.Equal(trained ?? declared.Sum(tensor => tensor.ElementCount), declared.Sum(tensor => tensor.ElementCount));
        Assert.Equal(folded ?? FoldedCount(), FoldedCount());

        long FoldedCount() => declared.Where(tensor => tensor.Role != ParameterRole.NormWeight).Sum(tensor => tensor.ElementCount);
    }

    [Theory]
    [InlineData(ScalarType.Float64, false, 1e-8)]
    [InlineData(ScalarType.Float32, false, 1e-5)]
    [InlineData(ScalarType.Float32, true, 1e-5)]
    public void A_state_dict_of_it_gives_PyTorch_s_layers_maps_and_boxes(ScalarType type, bool fused, double tolerance)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        WriteStateDict();
        var description = WeightFile.Describe(Weights);
        Assert.Equal(("s-5.0", 3), (description.Size.Name, description.ClassCount));

        using var trained = new YoloModel(description.Size, description.ClassCount, description.Anchors, type);
        WeightFile.ReadInto(Weights, trained);
        Assert.Equal(Golden.GetProperty("parameters").GetInt64(), trained.ParameterCount);

        using var model = fused ? trained.Fuse() : trained;
        var layers = Golden.Items("layers").ToArray();
        var maps = model.Forward(ReferenceModel.Images(Golden.GetProperty("image"), type), training: false, (index, output) => Digest.Equal(layers[index], output, tolerance, $"layer {index}"));
        foreach (var (expected, map) in Golden.Items("raw").Zip(maps))
        {
            Digest.Equal(expected, map, tolerance, "raw map");
        }

        Digest.Equal(Golden.GetProperty("decoded"), BoxDecoder.Decode(maps, model.Anchors), tolerance, "decoded");
    }

    [Fact]
    public void Its_own_file_says_which_network_it_is_and_gives_the_same_bits()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var model = RandomModel.Create(ModelSize.FromName("s-5.0"), classCount: 3, seed: 1);
        using (var stream = File.Create(Weights))
        {
            WeightFile.Write(stream, model, ["a", "b", "c"], imageSize: 96);
        }

        var (read, description) = WeightFile.Read(Weights, CPU);
        using (read)
        {
            Assert.Equal(("s-5.0", "s-5.0", NetworkLayout.Release5), (description.Size.Name, description.Metadata["size"], read.Size.Layout));
            Assert.Contains("model.0.conv.weight float32[32, 3, 6, 6]", description.Tensors.Select(tensor => $"{tensor.Name} {tensor}"));
            foreach (var section in Enum.GetValues<WeightSection>())
            {
                Assert.True(model.Memory.Whole(section).bytes.SequenceEqual(read.Memory.Whole(section).bytes), section.ToString());
            }
        }
    }

    [Theory]
    [InlineData("model.0.conv.conv.weight", "model.0.conv.weight", "4 tensors are missing, the first is 'model.0.bn.weight'")]
    [InlineData("model.9.cv3.conv.weight", "model.9.cv4.conv.weight", "the first is 'model.0.conv.weight'")]
    [InlineData("model.0.conv.bn.weight", "model.0.bn.weight", "the first is 'model.0.conv.weight'")]
    public void A_first_layer_of_one_release_in_the_other_network_is_refused(string name, string other, string expected)
    {
        using var scope = NewDisposeScope();
        WriteStateDict(given => given == name ? other : given);
        var fault = Assert.Throws<WeightFileException>(() => WeightFile.Describe(Weights));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private void WriteStateDict(Func<string, string>? renamed = null)
    {
        var seed = Golden.GetProperty("seed").GetUInt64();
        using var stream = File.Create(Weights);
        Safetensors.Write(
            stream,
            Golden.Items("tensors").Select((tensor, k) => KeyValuePair.Create(
                renamed?.Invoke(tensor.Text("name")) ?? tensor.Text("name"), Values(seed, (ulong)k, tensor.Text("name"), tensor.GetProperty("shape").Integers()))),
            []);
    }

    private static Tensor Values(ulong seed, ulong stream, string name, long[] shape)
    {
        var (low, high) = ReferenceModel.Range(RoleOf(name), shape);
        return ReferenceModel.Stream(seed, stream, low, high, shape, ScalarType.Float32);
    }

    private static string RoleOf(string name) => name.StartsWith("model.24.", StringComparison.Ordinal)
        ? name.EndsWith(".weight", StringComparison.Ordinal) ? "head_w" : "head_b"
        : string.Join('.', name.Split('.')[^2..]) switch
        {
            "conv.weight" => "conv_w",
            "bn.weight" => "bn_gamma",
            "bn.bias" => "bn_beta",
            "bn.running_mean" => "bn_mean",
            _ => "bn_var",
        };
}
