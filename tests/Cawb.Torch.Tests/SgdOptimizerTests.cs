using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Torch.Tests;

public sealed class SgdOptimizerTests
{
    [Fact]
    public void Follows_the_reference_steps_in_double_and_single_precision()
    {
        using var document = Reference();
        var root = document.RootElement;
        AssertSteps(root, ElementType.Float64, 1e-10);
        AssertSteps(root, ElementType.Float32, 1e-6);
    }

    [Fact]
    public void Clips_as_the_reference_does()
    {
        using var document = Reference();
        var clip = document.RootElement.GetProperty("clip");
        using var scope = TensorScope.Begin();
        var size = clip.GetProperty("size").GetInt32();
        var parameters = new List<Tensor>();
        for (var j = 0; j < clip.GetProperty("tensors").GetInt32(); j++)
        {
            var parameter = Tensor.Zeros([size], ElementType.Float64);
            parameter.RequiresGrad = true;
            parameter.Gradient = Stream(Seed(document), 852000UL + (ulong)j, size, clip.GetProperty("low").GetDouble(), clip.GetProperty("high").GetDouble(), ElementType.Float64);
            parameters.Add(parameter);
        }

        var norm = SgdOptimizer.ClipGradientNorm(parameters, clip.GetProperty("max_norm").GetDouble());
        AssertClose(clip.GetProperty("total_norm").GetDouble(), norm, 1e-10);
        var after = clip.GetProperty("after").EnumerateArray().ToArray();
        for (var j = 0; j < parameters.Count; j++)
        {
            AssertClose(after[j], parameters[j].Gradient!, 1e-10);
        }
    }

    private static void AssertSteps(JsonElement root, ElementType type, double tolerance)
    {
        using var scope = TensorScope.Begin();
        var seed = root.GetProperty("seed").GetUInt64();
        var steps = root.GetProperty("steps").EnumerateArray().ToArray();
        Assert.NotEmpty(steps);
        var sizes = steps[0].GetProperty("parameters").EnumerateArray().Select(values => values.GetArrayLength()).ToArray();
        var (low, high) = (root.GetProperty("low").GetDouble(), root.GetProperty("high").GetDouble());
        var parameters = sizes.Select((size, j) => Stream(seed, 850000UL + (ulong)j, size, low, high, type)).ToArray();
        foreach (var parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }

        var group = new ParameterGroup(parameters.Select((parameter, j) => ($"p{j}", parameter)), learningRate: 0, nesterov: true);
        using var optimizer = new SgdOptimizer([group]);
        for (var step = 0; step < steps.Length; step++)
        {
            group.LearningRate = steps[step].GetProperty("lr").GetDouble();
            group.Momentum = steps[step].GetProperty("momentum").GetDouble();
            group.WeightDecay = steps[step].GetProperty("weight_decay").GetDouble();
            for (var j = 0; j < parameters.Length; j++)
            {
                parameters[j].Gradient = Stream(seed, 851000UL + (ulong)((10 * step) + j), sizes[j], low, high, type);
            }

            optimizer.Step();
            var state = optimizer.CaptureState();
            for (var j = 0; j < parameters.Length; j++)
            {
                AssertClose(steps[step].GetProperty("parameters")[j], parameters[j], tolerance);
                AssertClose(steps[step].GetProperty("buffers")[j], state[$"p{j}.momentum_buffer"], tolerance);
            }
        }
    }

    private static JsonDocument Reference() => JsonDocument.Parse(File.ReadAllBytes(ReferenceFolder.Of("yolov5", "optimizer.json")));

    private static ulong Seed(JsonDocument document) => document.RootElement.GetProperty("seed").GetUInt64();

    /// <summary>The values of the reference's README, "Deterministic values".</summary>
    private static Tensor Stream(ulong seed, ulong stream, int count, double low, double high, ElementType type)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var z = unchecked((seed * 0x9E3779B97F4A7C15) + (stream * 0xD1B54A32D192ED03) + ((ulong)i * 0x8CB92BA72F3D8DD7) + 0x2545F4914F6CDD1D);
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            z ^= z >> 31;
            values[i] = (float)(low + ((high - low) * ((z >> 11) * Math.Pow(2, -53))));
        }

        return Tensor.FromSpan<float>(values).To(type);
    }

    private static void AssertClose(JsonElement expected, Tensor actual, double tolerance)
    {
        var wanted = expected.EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var found = actual.Detach().To(ElementType.Float64).ToArray<double>();
        Assert.Equal(wanted.Length, found.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            AssertClose(wanted[i], found[i], tolerance);
        }
    }

    private static void AssertClose(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"Expected {expected:R}; got {actual:R}.");
}
