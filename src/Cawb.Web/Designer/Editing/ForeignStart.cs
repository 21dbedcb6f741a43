using System.Globalization;
using Cawb.Foreign;

namespace Cawb.Web.Designer.Editing;

/// <summary>Arguments to begin with for a library's function: what it needs, for the run at hand.</summary>
public static class ForeignStart
{
    private const double WarmupShare = 0.02;

    // Stepped after every batch; the others once per epoch.
    private static readonly string[] PerBatch = ["hf.", "optax.", "keras.", "pytorch_warmup.", "torch.CyclicLR", "torch.OneCycleLR"];

    // By what a parameter counts: {N} is the run, {third} a third of it, {short} a short warm-up, in the function's own steps; {epochs}, {batches} and {total} are the run's.
    private static readonly Dictionary<string, string> ByParameter = new(StringComparer.Ordinal)
    {
        ["T_max"] = "{N}",
        ["num_training_steps"] = "{N}",
        ["t_initial"] = "{N}",
        ["decay_steps"] = "{N}",
        ["transition_steps"] = "{N}",
        ["first_cycle_steps"] = "{N}",
        ["num_updates"] = "{epochs}",
        ["step_size"] = "{third}",
        ["T_0"] = "{third}",
        ["first_decay_steps"] = "{third}",
        ["decay_t"] = "{third}",
        ["num_warmup_steps"] = "{short}",
        ["warmup_steps"] = "{short}",
        ["warmup_period"] = "{short}",
        ["num_decay_steps"] = "{third}",
        ["gamma"] = "0.1",
        ["power"] = "2",
        ["decay_rate"] = "0.1",
        ["decay"] = "0.01",
        ["value"] = "0.1",
        ["values"] = "[0.1, 0.03, 0.01]",
        ["num_decays"] = "3",
        ["max_lr"] = "0.1",
        ["base_lr"] = "0.01",
        ["eta_max"] = "0.1",
        ["init_value"] = "0.1",
        ["peak_value"] = "0.2",
        ["end_value"] = "0.001",
        ["initial_learning_rate"] = "0.1",
        ["start_value"] = "0.1",
        ["base_value"] = "0.1",
        ["milestones"] = "[{third}, {two}]",
        ["periods"] = "[{third}, {third}, {third}]",
        ["max_duration"] = "\"{epochs}ep\"",
        ["t_warmup"] = "\"3ep\"",
        ["t_0"] = "\"{third}ep\"",
    };

    // What a function needs beside or instead of that.
    private static readonly Dictionary<string, string> ByFunction = new(StringComparer.Ordinal)
    {
        ["cawb.CosineAnnealingWarmbootingLR"] = """{"epochs": {epochs}, "batchs": {batches}, "steps": [{third}, {two}]}""",
        ["composer.StepScheduler"] = """{"step_size": "{third}ep", "max_duration": "{epochs}ep"}""",
        ["composer.MultiStepScheduler"] = """{"milestones": ["{third}ep", "{two}ep"], "max_duration": "{epochs}ep"}""",
        ["composer.MultiStepWithWarmupScheduler"] = """{"t_warmup": "3ep", "milestones": ["{third}ep", "{two}ep"], "max_duration": "{epochs}ep"}""",
        ["composer.ExponentialScheduler"] = """{"gamma": 0.98, "max_duration": "{epochs}ep"}""",
        ["fvcore.CompositeParamScheduler"] = """{"schedulers": [{"type": "LinearParamScheduler", "start_value": 0.01, "end_value": 0.1}, {"type": "CosineParamScheduler", "start_value": 0.1, "end_value": 0.001}], "lengths": [0.1, 0.9], "interval_scaling": ["rescaled", "rescaled"]}""",
        ["fvcore.MultiStepParamScheduler"] = """{"values": [0.1, 0.01, 0.001], "num_updates": {epochs}, "milestones": [{third}, {two}]}""",
        ["hf.get_wsd_schedule"] = """{"num_warmup_steps": {short}, "num_decay_steps": {third}, "num_training_steps": {N}}""",
        ["hf.get_cosine_with_min_lr_schedule_with_warmup"] = """{"num_warmup_steps": {short}, "num_training_steps": {N}, "min_lr_rate": 0.1}""",
        ["hf.get_cosine_with_min_lr_schedule_with_warmup_lr_rate"] = """{"num_warmup_steps": {short}, "num_training_steps": {N}, "min_lr_rate": 0.1}""",
        ["mmengine.CosineAnnealingLR"] = """{"T_max": {N}}""",
        ["mmengine.CosineRestartLR"] = """{"periods": [{third}, {third}, {third}], "restart_weights": [1, 0.7, 0.5], "eta_min": 0.001}""",
        ["mmengine.ExponentialLR"] = """{"gamma": 0.98}""",
        ["mmengine.OneCycleLR"] = """{"eta_max": 0.1, "total_steps": {N}}""",
        ["mmengine.combined"] = """{"schedulers": [{"type": "LinearLR", "start_factor": 0.001, "end": 3}, {"type": "CosineAnnealingLR", "begin": 3, "T_max": {N}}]}""",
        ["optax.join_schedules"] = """{"schedules": [{"fn": "linear_schedule", "init_value": 0.001, "end_value": 0.1, "transition_steps": {short}}, {"fn": "cosine_decay_schedule", "init_value": 0.1, "decay_steps": {N}}], "boundaries": [{short}]}""",
        ["optax.piecewise_constant_schedule"] = """{"init_value": 0.1, "boundaries_and_scales": {"{third}": 0.3, "{two}": 0.3}}""",
        ["optax.piecewise_interpolate_schedule"] = """{"interpolate_type": "cosine", "init_value": 0.1, "boundaries_and_scales": {"{third}": 0.3, "{two}": 0.3}}""",
        ["optax.sgdr_schedule"] = """{"cosine_kwargs": [{"init_value": 0.01, "peak_value": 0.1, "decay_steps": {third}, "warmup_steps": {short}}, {"init_value": 0.01, "peak_value": 0.08, "decay_steps": {third}, "warmup_steps": {short}}]}""",
        ["optax.warmup_constant_schedule"] = """{"init_value": 0.001, "peak_value": 0.1, "warmup_steps": {short}}""",
        ["optax.warmup_cosine_decay_schedule"] = """{"init_value": 0.001, "peak_value": 0.1, "warmup_steps": {short}, "decay_steps": {N}}""",
        ["optax.warmup_exponential_decay_schedule"] = """{"init_value": 0.001, "peak_value": 0.1, "warmup_steps": {short}, "transition_steps": {third}, "decay_rate": 0.1}""",
        ["optax.exponential_decay"] = """{"init_value": 0.1, "transition_steps": {third}, "decay_rate": 0.1}""",
        ["keras.PiecewiseConstantDecay"] = """{"boundaries": [{third}, {two}], "values": [0.1, 0.03, 0.01]}""",
        ["timm.MultiStepLRScheduler"] = """{"decay_t": [{third}, {two}], "decay_rate": 0.1}""",
        ["timm.StepLRScheduler"] = """{"decay_t": {third}, "decay_rate": 0.1}""",
        ["torch.ChainedScheduler"] = """{"schedulers": [{"type": "ConstantLR", "factor": 0.1, "total_iters": 3}, {"type": "ExponentialLR", "gamma": 0.98}]}""",
        ["torch.SequentialLR"] = """{"schedulers": [{"type": "LinearLR", "start_factor": 0.1, "total_iters": 3}, {"type": "CosineAnnealingLR", "T_max": {N}}], "milestones": [3]}""",
        ["torch.LambdaLR"] = """{"lr_lambda": "0.98 ** epoch"}""",
        ["torch.MultiplicativeLR"] = """{"lr_lambda": "0.98"}""",
        ["torch.ExponentialLR"] = """{"gamma": 0.98}""",
        ["torch.OneCycleLR"] = """{"max_lr": 0.1, "total_steps": {N}}""",
        ["torch.PolynomialLR"] = """{"total_iters": {N}}""",
        ["yolov5.cos_lr"] = Yolov5,
        ["yolov5.linear_lr"] = Yolov5,
    };

    private const string Yolov5 = """{"epochs": {epochs}, "nb": {batches}, "hyp": {"lr0": 0.01, "lrf": 0.01, "momentum": 0.937, "warmup_epochs": 3, "warmup_momentum": 0.8, "warmup_bias_lr": 0.1}}""";

    /// <summary>A call that gives a schedule.</summary>
    /// <param name="function">Library and function, one of <see cref="ForeignSchedules.Names"/>.</param>
    /// <param name="plan">The run.</param>
    public static ForeignCallText Of(string function, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var steps = Array.Exists(PerBatch, prefix => function.StartsWith(prefix, StringComparison.Ordinal)) ? plan.TotalBatches : (long)plan.Epochs;
        var arguments = ByFunction.TryGetValue(function, out var own) ? own
            : $"{{{string.Join(", ", ForeignSchedules.ParametersOf(function).Where(name => ForeignSchedules.DefaultOf(function, name).Length == 0).Select(name => $"\"{name}\": {ByParameter.GetValueOrDefault(name, "0")}"))}}}";
        foreach (var (name, number) in ((string, long)[])[
            ("N", steps), ("third", Math.Max(1, steps / 3)), ("two", Math.Max(2, 2 * steps / 3)), ("short", Math.Max(1, (long)(steps * WarmupShare))),
            ("epochs", (long)plan.Epochs), ("batches", plan.BatchesPerEpoch)])
        {
            arguments = arguments.Replace($"{{{name}}}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return new(function, arguments);
    }
}
