using System.Text.Json;

namespace Cawb.Tests.Field;

/// <summary>Our schedules against recorded numbers of other libraries, where a library and we mean the same; one epoch stands for one of its steps.</summary>
public sealed class FieldReferenceTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromBatches(1_000_000, batchesPerEpoch: 1);

    [Fact]
    public void Step_schedules_are_those_of_PyTorch() => Compare("torch.json", "torch.StepLR", ["step_size", "gamma"], found =>
        Number(found, "gamma", 0.1) <= 1 ? new StepSchedule(Number(found, "step_size"), Number(found, "gamma", 0.1)) : null);

    [Fact]
    public void Multi_step_schedules_are_those_of_PyTorch() => Compare("torch.json", "torch.MultiStepLR", ["milestones", "gamma"], found =>
    {
        var milestones = GoldenCases.Numbers(found.GetProperty("milestones"));
        return milestones.Distinct().Count() == milestones.Length && milestones.All(milestone => milestone > 0) ? new MultiStepSchedule(milestones.Order(), Number(found, "gamma", 0.1)) : null;
    });

    [Fact]
    public void Exponential_schedules_are_those_of_PyTorch() => Compare("torch.json", "torch.ExponentialLR", ["gamma"], found =>
        Number(found, "gamma") <= 1 ? new ExponentialSchedule(Number(found, "gamma")) : null);

    [Fact]
    public void Polynomial_schedules_are_those_of_PyTorch() => Compare("torch.json", "torch.PolynomialLR", ["total_iters", "power"], found =>
        new PolynomialSchedule(Number(found, "total_iters", 5), Number(found, "power", 1)));

    [Fact]
    public void Linear_schedules_are_those_of_PyTorch() => Compare("torch.json", "torch.LinearLR", ["start_factor", "end_factor", "total_iters"], found =>
        new LinearSchedule(Number(found, "total_iters", 5), Level.Factor(Number(found, "start_factor", 1.0 / 3)), Level.Factor(Number(found, "end_factor", 1))));

    [Fact]
    public void Cosine_schedules_are_those_of_PyTorch_up_to_their_end() => Compare(
        "torch.json", "torch.CosineAnnealingLR", ["T_max", "eta_min"], found => new CosineSchedule(Number(found, "T_max"), Level.Base, Level.Absolute(Number(found, "eta_min", 0))), untilEnd: true);

    [Fact]
    public void Cosine_restarts_are_those_of_PyTorch() => Compare("torch.json", "torch.CosineAnnealingWarmRestarts", ["T_0", "T_mult", "eta_min"], found =>
        new CosineRestartsSchedule(CyclePlan.Geometric(Number(found, "T_0"), Number(found, "T_mult", 1), cycles: 6), Level.Base, Level.Absolute(Number(found, "eta_min", 0))), untilEnd: true);

    [Theory]
    [InlineData("lr")]
    [InlineData("momentum")]
    public void Cycles_are_those_of_PyTorch(string trace) => Compare(
        "torch.json",
        "torch.CyclicLR",
        ["base_lr", "max_lr", "step_size_up", "step_size_down", "mode", "base_momentum", "max_momentum", "gamma"],
        found =>
        {
            if (found.GetProperty("base_lr").ValueKind != JsonValueKind.Number || found.GetProperty("max_lr").ValueKind != JsonValueKind.Number)
                return null;
            var isMomentum = trace == "momentum";
            var (start, peak) = isMomentum ? (Number(found, "max_momentum", 0.9), Number(found, "base_momentum", 0.8)) : (Number(found, "base_lr"), Number(found, "max_lr"));
            var up = Number(found, "step_size_up", 2000);
            var mode = (found.TryGetProperty("mode", out var named) ? named.GetString() : "triangular") switch
            {
                "triangular2" => CyclicMode.Halving,
                "exp_range" => CyclicMode.Exponential,
                _ => CyclicMode.Triangular,
            };
            var gamma = mode == CyclicMode.Exponential ? Number(found, "gamma", 1) : 1;
            return gamma <= 1 ? new CyclicSchedule(Level.Absolute(start), Level.Absolute(peak), up, Number(found, "step_size_down", up), mode, gamma) : null;
        },
        trace: trace);

    [Theory]
    [InlineData("lr")]
    [InlineData("momentum")]
    public void One_cycles_are_those_of_PyTorch_whose_phases_end_a_step_early(string trace) => Compare(
        "torch.json",
        "torch.OneCycleLR",
        ["max_lr", "total_steps", "epochs", "steps_per_epoch", "pct_start", "anneal_strategy", "div_factor", "final_div_factor", "three_phase", "base_momentum", "max_momentum"],
        found =>
        {
            if (found.GetProperty("max_lr").ValueKind != JsonValueKind.Number)
                return null;
            var total = Number(found, "total_steps", Number(found, "epochs") * Number(found, "steps_per_epoch"));
            var peak = Number(found, "max_lr");
            var start = peak / Number(found, "div_factor", 25);
            var (from, to, end) = trace == "momentum"
                ? (Number(found, "max_momentum", 0.95), Number(found, "base_momentum", 0.85), Number(found, "max_momentum", 0.95))
                : (start, peak, start / Number(found, "final_div_factor", 1e4));
            var rise = Number(found, "pct_start", 0.3) * total - 1;
            if (rise <= 0)
                return null;
            var isLinear = found.TryGetProperty("anneal_strategy", out var strategy) && strategy.GetString() == "linear";
            return new OneCycleSchedule(
                total - 1,
                rise,
                Level.Absolute(from),
                Level.Absolute(to),
                Level.Absolute(end),
                isLinear ? Interpolation.Linear : Interpolation.Cosine,
                found.TryGetProperty("three_phase", out var three) && three.GetBoolean());
        },
        untilEnd: true,
        trace: trace);

    [Fact]
    public void Tangents_are_those_of_timm_up_to_their_end() => Compare("timm.json", "timm.TanhLRScheduler", ["t_initial", "lb", "ub", "lr_min"], found =>
        new TanhSchedule(Number(found, "t_initial"), Level.Base, Level.Absolute(Number(found, "lr_min", 0)), Number(found, "lb", -7), Number(found, "ub", 3)), beforeEnd: true);

    [Theory]
    [InlineData("timm.CosineLRScheduler", KDecayCurve.Cosine)]
    [InlineData("timm.PolyLRScheduler", KDecayCurve.Polynomial)]
    public void Bent_curves_are_those_of_timm_up_to_their_end(string function, KDecayCurve curve) => Compare("timm.json", function, ["t_initial", "lr_min", "power", "k_decay"], found =>
        new KDecaySchedule(
            Number(found, "t_initial"),
            Number(found, "k_decay", 1),
            Level.Base,
            Level.Absolute(Number(found, "lr_min", 0)),
            curve,
            curve == KDecayCurve.Polynomial ? Number(found, "power", 0.5) : 1),
        beforeEnd: true);

    [Fact]
    public void Stable_phases_are_those_of_Hugging_Face() => Compare(
        "hf.json",
        "hf.get_wsd_schedule",
        ["num_warmup_steps", "num_decay_steps", "num_training_steps", "num_stable_steps", "warmup_type", "decay_type", "min_lr_ratio"],
        found =>
        {
            var (warmup, decay) = (Number(found, "num_warmup_steps"), Number(found, "num_decay_steps"));
            if ((found.TryGetProperty("warmup_type", out var ramp) && ramp.GetString() != "linear") || Number(found, "num_cycles", 0.5) != 0.5 || decay <= 0)
                return null;
            var stable = found.TryGetProperty("num_stable_steps", out var steps) ? steps.GetDouble() : Number(found, "num_training_steps") - warmup - decay;
            var shape = (found.TryGetProperty("decay_type", out var type) ? type.GetString() : "cosine") switch
            {
                "linear" => DecayShape.Linear,
                "1-sqrt" => DecayShape.SquareRoot,
                _ => DecayShape.Cosine,
            };
            var floor = Level.Factor(Number(found, "min_lr_ratio", 0));
            return stable >= 0 ? new WarmupStableDecaySchedule(warmup, stable, decay, floor, Level.Base, floor, shape) : null;
        });

    [Fact]
    public void The_Transformers_schedule_is_that_of_Hugging_Face() => Compare("hf.json", "hf.get_inverse_sqrt_schedule", ["num_warmup_steps"], found =>
        Number(found, "num_warmup_steps") > 0 ? InverseSquareRootSchedule.Noam(Number(found, "num_warmup_steps")) : null);

    [Fact]
    public void A_warmup_in_front_of_a_line_is_that_of_Hugging_Face() => Compare(
        "hf.json", "hf.get_linear_schedule_with_warmup", ["num_warmup_steps", "num_training_steps"], found =>
        {
            var (warmup, total) = (Number(found, "num_warmup_steps"), Number(found, "num_training_steps"));
            return warmup > 0 && total > warmup ? new WarmupSchedule(new LinearSchedule(total - warmup), warmup) : null;
        });

    [Theory]
    [InlineData("keras.InverseTimeDecay")]
    [InlineData("keras.ExponentialDecay")]
    public void Declines_without_an_end_are_those_of_Keras(string function) => CompareValues(
        "keras.json", function, ["initial_learning_rate", "decay_steps", "decay_rate", "staircase"], found =>
        {
            var (interval, rate) = (Number(found, "decay_steps"), Number(found, "decay_rate"));
            var isStaircase = found.TryGetProperty("staircase", out var stairs) && stairs.GetBoolean();
            if (function == "keras.InverseTimeDecay")
                return (Number(found, "initial_learning_rate"), new InverseTimeSchedule(rate, interval, isStaircase));
            return rate <= 1 ? (Number(found, "initial_learning_rate"), new ExponentialSchedule(rate, interval, isStaircase)) : null;
        });

    [Fact]
    public void Pieces_are_those_of_optax() => CompareValues("optax.json", "optax.piecewise_constant_schedule", ["init_value", "boundaries_and_scales"], found =>
    {
        var pairs = Pairs(found);
        return pairs[0].Step > 0 ? (Number(found, "init_value"), new PiecewiseConstantSchedule(pairs.Select(pair => pair.Step), Products(pairs).Select(Level.Factor))) : null;
    });

    [Fact]
    public void Interpolated_points_are_those_of_optax_with_its_products_written_out() => CompareValues(
        "optax.json", "optax.piecewise_interpolate_schedule", ["interpolate_type", "init_value", "boundaries_and_scales"], found =>
        {
            var pairs = Pairs(found);
            var isCosine = found.GetProperty("interpolate_type").GetString() == "cosine";
            return pairs[0].Step > 0
                ? (Number(found, "init_value"), new InterpolatedSchedule(pairs.Select(pair => pair.Step).Prepend(0), Products(pairs).Select(Level.Factor), isCosine ? Interpolation.Cosine : Interpolation.Linear))
                : null;
        });

    private static double Number(JsonElement parameters, string name, double fallback = double.NaN) => GoldenCases.Number(parameters, name, fallback);

    private static List<(double Step, double Scale)> Pairs(JsonElement parameters) =>
        [.. parameters.GetProperty("boundaries_and_scales").EnumerateArray().Select(pair => (pair[0].GetDouble(), pair[1].GetDouble())).OrderBy(pair => pair.Item1)];

    private static IEnumerable<double> Products(List<(double Step, double Scale)> pairs)
    {
        var product = 1.0;
        yield return product;
        foreach (var (_, scale) in pairs)
            yield return product *= scale;
    }

    private static void Compare(
        string file, string function, string[] known, Func<JsonElement, Schedule?> map, bool untilEnd = false, bool beforeEnd = false, string trace = "lr")
    {
        var compared = 0;
        foreach (var found in Cases(file, function, known))
        {
            if (map(found.GetProperty("params")) is not { } schedule || !found.GetProperty("trace").TryGetProperty(trace, out var groups))
                continue;
            var index = GoldenCases.Numbers(found.GetProperty("trace"), "index");
            var rates = GoldenCases.Numbers(found, "base_lrs");
            for (var group = 0; group < rates.Length; group++)
            {
                var values = GoldenCases.Numbers(groups[group]);
                for (var k = 0; k < values.Length; k++)
                {
                    if ((untilEnd && index[k] >= schedule.EndEpochs + (schedule is CosineRestartsSchedule ? 0 : 1)) || (beforeEnd && index[k] >= schedule.EndEpochs))
                        continue;
                    Close(values[k], schedule.ValueAt(Plan.EpochsFromBatches((long)index[k]), rates[group]), values.Max(Math.Abs), $"{GoldenCases.Id(found)} group {group} index {index[k]}");
                    compared++;
                }
            }
        }

        Assert.NotEqual(0, compared);
    }

    private static void CompareValues(string file, string function, string[] known, Func<JsonElement, (double BaseValue, Schedule Schedule)?> map)
    {
        var compared = 0;
        foreach (var found in Cases(file, function, known))
        {
            if (map(found.GetProperty("params")) is not { } mapped)
                continue;
            var index = GoldenCases.Numbers(found.GetProperty("trace"), "index");
            var values = GoldenCases.Numbers(found.GetProperty("trace"), "value");
            for (var k = 0; k < values.Length; k++, compared++)
                Close(values[k], mapped.Schedule.ValueAt(index[k], mapped.BaseValue), values.Max(Math.Abs), $"{GoldenCases.Id(found)} index {index[k]}");
        }

        Assert.NotEqual(0, compared);
    }

    // Cases with other arguments mean something that our schedule of this name does not.
    private static IEnumerable<JsonElement> Cases(string file, string function, string[] known) => GoldenCases.Of(file).Where(found =>
        GoldenCases.Id(found).StartsWith(function + ".", StringComparison.Ordinal)
        && !(found.GetProperty("trace").TryGetProperty("error", out var error) && error.TryGetProperty("call", out var call) && call.GetInt32() < 0)
        && !found.GetProperty("trace").TryGetProperty("step_args", out _)
        && found.GetProperty("params").EnumerateObject().All(parameter => known.Contains(parameter.Name)));

    private static void Close(double expected, double actual, double largest, string place) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-12 * Math.Max(Math.Abs(expected), largest), $"{place}: expected {expected:R}, got {actual:R}");
}
