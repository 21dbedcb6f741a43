using System.Text.Json;
using Cawb.Detection.Data;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests;

/// <summary>The network and the images whose numbers the golden files hold.</summary>
internal static class ReferenceModel
{
    public static YoloModel Create(ScalarType type)
    {
        var file = ReferenceFile.All("model.json")[0];
        var seed = file.GetProperty("seed").GetUInt64();
        var model = new YoloModel(ModelSize.N, classCount: 3, AnchorSet.Coco, type);
        var expected = file.Items("n_nc3_tensors").ToArray();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var tensor in model.Tensors)
        {
            var entry = expected.Single(entry => entry.Text("name") == tensor.Name);
            var (low, high) = Range(entry.Text("role"), entry.GetProperty("shape").Integers());
            tensor.Value.copy_(Stream(seed, entry.GetProperty("k").GetUInt64(), low, high, tensor.Value.shape, type));
        }

        return model;
    }

    /// <summary>The pixels of a golden file's <c>image</c>.</summary>
    public static Tensor Images(JsonElement image, ScalarType type)
    {
        long[] shape = [image.Integer("batch"), image.Integer("channels"), image.Integer("height"), image.Integer("width")];
        var (seed, stream) = (image.GetProperty("seed").GetUInt64(), image.GetProperty("k").GetUInt64());
        var draws = new Draws(seed, stream);
        var pixels = new float[shape.Aggregate(1L, (product, side) => product * side)];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)Math.Floor(256 * draws.Unit((ulong)i)) / 255f;
        }

        return tensor(pixels, shape).to(type);
    }

    /// <summary>Uniform values of a stream, rounded to single precision once.</summary>
    public static Tensor Stream(ulong seed, ulong stream, double low, double high, ReadOnlySpan<long> shape, ScalarType type)
    {
        var count = 1L;
        foreach (var side in shape)
        {
            count *= side;
        }

        var draws = new Draws(seed, stream);
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)draws.Between((ulong)i, low, high);
        }

        return tensor(values, shape).to(type);
    }

    public static LabelRow[] Labels(JsonElement targets) =>
        [.. targets.EnumerateArray().Select(row => row.Numbers()).Select(row =>
            new LabelRow((int)row[0], (int)row[1], row[2], row[3], row[4], row[5]))];

    /// <summary>What the golden files' page says about a role.</summary>
    public static (double Low, double High) Range(string role, long[] shape)
    {
        double fanIn = shape.Length == 4 ? shape[1] * shape[2] * shape[3] : 1;
        return role switch
        {
            "conv_w" => (-Math.Sqrt(6 / fanIn), Math.Sqrt(6 / fanIn)),
            "head_w" => (-Math.Sqrt(3 / fanIn), Math.Sqrt(3 / fanIn)),
            "bn_gamma" => (0.75, 1.25),
            "bn_beta" or "bn_mean" => (-0.2, 0.2),
            "bn_var" => (0.5, 1.5),
            "head_b" => (-0.5, 0.5),
            _ => throw new InvalidDataException($"The golden file names a role '{role}' that its page does not explain."),
        };
    }
}
