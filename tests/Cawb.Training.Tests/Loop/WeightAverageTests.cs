using Cawb.Detection.Tests;
using Cawb.Training.Loop;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Training.Tests.Loop;

public sealed class WeightAverageTests
{
    [Fact]
    public void Decay_rises_as_in_the_reference()
    {
        foreach (var file in ReferenceFile.All("ema.json"))
        {
            foreach (var entry in file.Items("decays"))
            {
                Digest.Near(entry.Number("decay"), WeightAverage.DecayAt(entry.GetProperty("updates").GetInt64()), 1e-10 * entry.Number("decay"), "decay");
            }

            foreach (var entry in file.Items("other_decays"))
            {
                Digest.Near(
                    entry.Number("value"), WeightAverage.DecayAt(entry.GetProperty("updates").GetInt64(), entry.Number("decay"), entry.Number("tau")), 1e-10 * entry.Number("value"), "decay");
            }
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-10)]
    [InlineData(ScalarType.Float32, 1e-6)]
    public void Averages_follow_the_reference_from_the_start_and_from_a_later_count(ScalarType type, double tolerance)
    {
        foreach (var file in ReferenceFile.All("ema.json"))
        {
            var trace = file.Items("trace").ToArray();
            using var scope = NewDisposeScope();
            var average = Start(file, type);
            foreach (var entry in trace)
            {
                var update = entry.Integer("update");
                WeightAverage.Blend(average, Step(file, update, type), WeightAverage.DecayAt(update));
                foreach (var (tensor, value) in file.Items("tensors").Zip(average))
                {
                    Digest.Near(entry.GetProperty("sums").Number(tensor.Text("name")), value.sum().ToDouble(), tolerance * 10, $"update {update}");
                }
            }

            Check(file, "final", average, tolerance);

            var late = Start(file, type);
            for (var update = 1; update <= 3; update++)
            {
                WeightAverage.Blend(late, Step(file, update, type), WeightAverage.DecayAt(7000 + update));
            }

            Check(file, "resumed_at_7000_after_3", late, tolerance);
        }
    }

    private static void Check(System.Text.Json.JsonElement file, string property, Tensor[] average, double tolerance)
    {
        foreach (var (tensor, value) in file.Items("tensors").Zip(average))
        {
            foreach (var (want, got) in file.GetProperty(property).GetProperty(tensor.Text("name")).Numbers().Zip(value.to(ScalarType.Float64).data<double>().ToArray()))
            {
                Digest.Near(want, got, tolerance, property);
            }
        }
    }

    private static Tensor[] Start(System.Text.Json.JsonElement file, ScalarType type) =>
        [.. file.Items("tensors").Select(tensor => Of(file, tensor, tensor.GetProperty("k_start").GetUInt64(), type))];

    // The file's own rule: stream 800000 + 100 * step + tensor.
    private static Tensor[] Step(System.Text.Json.JsonElement file, int step, ScalarType type) =>
        [.. file.Items("tensors").Select((tensor, index) => Of(file, tensor, (ulong)(800_000 + (100 * step) + index), type))];

    private static Tensor Of(System.Text.Json.JsonElement file, System.Text.Json.JsonElement tensor, ulong stream, ScalarType type) =>
        ReferenceModel.Stream(file.GetProperty("seed").GetUInt64(), stream, file.Number("low"), file.Number("high"), tensor.GetProperty("shape").Integers(), type);
}
