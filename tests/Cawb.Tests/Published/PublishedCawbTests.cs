using System.Text.Json;
using Cawb.Published;

namespace Cawb.Tests.Published;

/// <summary>Every number of the published implementation and of the article's operator, bit for bit.</summary>
public sealed class PublishedCawbTests
{
    public static TheoryData<string, EpochScaleMode> Files => new()
    {
        { "cawb.json", EpochScaleMode.Add },
        { "cawb-article.json", EpochScaleMode.Multiply },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Has_the_segments_and_the_ramp_of_the_original(string file, EpochScaleMode mode)
    {
        foreach (var found in GoldenCases.Of(file))
        {
            var scheduler = New(found, mode);
            var trace = found.GetProperty("trace");
            Assert.Equal(GoldenCases.Numbers(trace.GetProperty("segments")), scheduler.Segments);
            Assert.Equal(GoldenCases.Number(trace, "warmup_iters", scheduler.WarmupIters), scheduler.WarmupIters);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Steps_through_the_epochs_and_past_the_end_bit_for_bit(string file, EpochScaleMode mode)
    {
        foreach (var found in GoldenCases.Of(file))
        {
            var scheduler = New(found, mode);
            var trace = found.GetProperty("trace");
            var expected = trace.GetProperty("epoch_lr");
            var rates = Groups(expected);
            var returned = GoldenCases.Numbers(expected, "returned");
            var gaps = GoldenCases.Numbers(expected, "gap");
            for (var call = 0; call < rates[0].Length; call++)
            {
                Same(returned[call], scheduler.Step(), found, call);
                RatesMatch(rates, call, scheduler, found);
                Same(gaps[call], scheduler.Gap, found, call);
            }

            if (expected.TryGetProperty("error", out _))
                FailsWithOurMessage(() => scheduler.Step());
            if (trace.TryGetProperty("past_end", out var past))
                PastEndMatches(Groups(past), scheduler, found);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Trains_with_the_rates_of_the_original_loop_bit_for_bit(string file, EpochScaleMode mode)
    {
        foreach (var found in GoldenCases.Of(file))
        {
            if (!found.GetProperty("trace").TryGetProperty("training_lr", out var expected))
                continue;
            var (epochs, batches) = Loop(found, expected);
            var index = GoldenCases.Numbers(expected, "index");
            var rates = Groups(expected);
            var failsAt = expected.TryGetProperty("error", out var error) ? error.GetProperty("epoch").GetInt32() : -1;
            var scheduler = New(found, mode);
            var entry = 0;
            for (var batch = 0; batch < epochs * batches; batch++)
            {
                var returned = scheduler.StepBatch();
                if (entry < index.Length && index[entry] == batch)
                {
                    RatesMatch(rates, entry, scheduler, found);
                    ReturnMatches(expected, entry, returned);
                    entry++;
                }

                if ((batch + 1) % batches != 0)
                    continue;
                if (batch / batches == failsAt)
                {
                    FailsWithOurMessage(() => scheduler.Step());
                    break;
                }

                scheduler.Step();
            }

            Assert.Equal(index.Length, entry);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Goes_to_given_epochs_bit_for_bit(string file, EpochScaleMode mode)
    {
        foreach (var found in GoldenCases.Of(file))
        {
            if (!found.GetProperty("trace").TryGetProperty("external_iter", out var expected))
                continue;
            var scheduler = New(found, mode);
            var arguments = expected.GetProperty("args").EnumerateArray().ToList();
            var iters = GoldenCases.Numbers(expected, "iters");
            var rates = Groups(expected);
            for (var call = 0; call < rates[0].Length; call++)
            {
                Step(scheduler, arguments[call]);
                RatesMatch(rates, call, scheduler, found);
                Same(iters[call], scheduler.Iters, found, call);
            }

            if (expected.TryGetProperty("error", out var error))
                FailsWithOurMessage(() => Step(scheduler, arguments[error.GetProperty("call").GetInt32()]));
        }
    }

    private static double Step(CosineAnnealingWarmbootingLR scheduler, JsonElement argument) =>
        argument.ValueKind == JsonValueKind.Null ? scheduler.Step() : scheduler.Step(argument.GetDouble());

    private static CosineAnnealingWarmbootingLR New(JsonElement found, EpochScaleMode mode)
    {
        var parameters = found.GetProperty("params");
        var rates = GoldenCases.Numbers(found, "base_lrs");
        var epochs = GoldenCases.Number(parameters, "epochs", 0);
        var steps = GoldenCases.Numbers(parameters, "steps");
        var stepScale = GoldenCases.Number(parameters, "step_scale", 0.8);
        var batches = GoldenCases.Number(parameters, "batchs", 0);
        var warmup = GoldenCases.Number(parameters, "warmup_epoch", 0);
        var epochScale = GoldenCases.Number(parameters, "epoch_scale", 1);
        var lastEpoch = (int)GoldenCases.Number(parameters, "last_epoch", 0);
        return parameters.TryGetProperty("lf", out var lf) && lf.ValueKind != JsonValueKind.Null
            ? new CosineAnnealingWarmbootingLR(rates, epochs, steps, Formula(parameters, lf), stepScale, batches, warmup, epochScale, mode) { LastEpoch = lastEpoch }
            : new CosineAnnealingWarmbootingLR(rates, epochs, steps, stepScale, GoldenCases.Number(parameters, "eta_min", 0.05), batches, warmup, epochScale, mode) { LastEpoch = lastEpoch };
    }

    private static Annealing Formula(JsonElement parameters, JsonElement lf)
    {
        if (lf.GetProperty("kind").GetString() != "one_cycle")
            return GoldenCases.Annealing(parameters);
        // The same curve as a cosine, but the recorded bits belong to this order of operations.
        var (y1, y2) = (GoldenCases.Number(lf, "y1", 0), GoldenCases.Number(lf, "y2", 0));
        return Annealing.FromFunction("one_cycle", (x, y) => ((1 - Math.Cos(x * Math.PI / y)) / 2) * (y2 - y1) + y1);
    }

    // The article's file tells the loop only through its parameters.
    private static (int Epochs, int Batches) Loop(JsonElement found, JsonElement expected)
    {
        var parameters = found.GetProperty("params");
        if (parameters.TryGetProperty("training_loop", out var loop))
            return (loop.GetProperty("epochs").GetInt32(), loop.GetProperty("batches_per_epoch").GetInt32());
        var batches = expected.TryGetProperty("batches_per_epoch", out var named) ? named.GetInt32() : (int)GoldenCases.Number(parameters, "batchs", 1);
        return ((int)GoldenCases.Number(parameters, "epochs", 0), batches);
    }

    private static double[][] Groups(JsonElement trace) => [.. trace.GetProperty("lr").EnumerateArray().Select(GoldenCases.Numbers)];

    private static void PastEndMatches(double[][] rates, CosineAnnealingWarmbootingLR scheduler, JsonElement found)
    {
        for (var call = 0; call < rates[0].Length; call++)
        {
            scheduler.Step();
            RatesMatch(rates, call, scheduler, found);
        }
    }

    private static void RatesMatch(double[][] rates, int entry, CosineAnnealingWarmbootingLR scheduler, JsonElement found)
    {
        for (var group = 0; group < rates.Length; group++)
            Same(rates[group][entry], scheduler.LearningRates[group], found, entry);
    }

    private static void ReturnMatches(JsonElement expected, int entry, double? returned)
    {
        if (!expected.TryGetProperty("step_batch_returned", out var list))
            return;
        var value = list[entry];
        Assert.Equal(value.ValueKind == JsonValueKind.Null ? null : value.GetDouble(), returned);
    }

    private static void FailsWithOurMessage(Func<double> call) =>
        Assert.Contains("has length 0", Assert.Throws<InvalidOperationException>(() => call()).Message, StringComparison.Ordinal);

    private static void Same(double expected, double actual, JsonElement found, int entry) =>
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual), $"{GoldenCases.Id(found)} entry {entry}: expected {expected:R}, got {actual:R}");
}
