using System.Text.Json;
using Cawb.Expressions;
using TorchSharp;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Cawb.TorchSharp.Tests;

/// <summary>Makes what a case asks for, as a user would write it in C#.</summary>
internal static class NamedScheduler
{
    /// <summary>Of the whole case.</summary>
    public static ScheduledOptimizer Make(torch.optim.Optimizer optimizer, TorchCase asked) => asked.Function switch
    {
        "SequentialLR" => schedulers.SequentialLR(optimizer, Members(optimizer, asked), [.. asked.Parameters.GetProperty("milestones").EnumerateArray().Select(step => step.GetInt32())]),
        "ChainedScheduler" => schedulers.ChainedLR(Members(optimizer, asked)),
        var name => Make(optimizer, name, asked),
    };

    private static List<LRScheduler> Members(torch.optim.Optimizer optimizer, TorchCase asked) =>
    [
        .. asked.Parameters.GetProperty("schedulers").EnumerateArray().Select(member => (LRScheduler)Make(
            optimizer, member.GetProperty("type").GetString() ?? "", asked with { Parameters = member })),
    ];

    private static ScheduledOptimizer Make(torch.optim.Optimizer optimizer, string name, TorchCase asked)
    {
        var last = asked.Integer("last_epoch", -1);
        return name switch
        {
            "StepLR" => schedulers.StepLR(optimizer, asked.Integer("step_size", 0), asked.Number("gamma", 0.1), last),
            "MultiStepLR" => schedulers.MultiStepLR(optimizer, [.. asked.Parameters.GetProperty("milestones").EnumerateArray().Select(step => step.GetInt32())], asked.Number("gamma", 0.1), last),
            "LambdaLR" => schedulers.LambdaLR(optimizer, Lambdas(asked), last),
            "MultiplicativeLR" => schedulers.MultiplicativeLR(optimizer, Lambdas(asked), last),
            "PolynomialLR" => schedulers.PolynomialLR(optimizer, asked.Integer("total_iters", 5), asked.Number("power", 1), last),
            "LinearLR" => schedulers.LinearLR(optimizer, asked.Number("start_factor", 1.0 / 3), asked.Number("end_factor", 1), asked.Integer("total_iters", 5), last),
            "ConstantLR" => schedulers.ConstantLR(optimizer, asked.Number("factor", 1.0 / 3), asked.Integer("total_iters", 5), last),
            "ExponentialLR" => schedulers.ExponentialLR(optimizer, asked.Number("gamma", 0.1), last),
            "CosineAnnealingLR" => schedulers.CosineAnnealingLR(optimizer, asked.Number("T_max", 0), asked.Number("eta_min", 0), last),
            "CosineAnnealingWarmRestarts" => schedulers.CosineAnnealingWarmRestarts(optimizer, asked.Integer("T_0", 0), asked.Integer("T_mult", 1), asked.Number("eta_min", 0), last),
            "CyclicLR" => Cyclic(optimizer, asked),
            "OneCycleLR" => OneCycle(optimizer, asked),
            "ReduceLROnPlateau" => schedulers.ReduceLROnPlateau(
                optimizer, asked.Word("mode", "min"), asked.Number("factor", 0.1), asked.Integer("patience", 10), asked.Number("threshold", 1e-4), asked.Word("threshold_mode", "rel"),
                asked.Integer("cooldown", 0), asked.PerGroup("min_lr", 0), asked.Number("eps", 1e-8)),
            _ => throw new InvalidOperationException($"{asked.Id}: nothing here is called {name}."),
        };
    }

    private static ScheduledOptimizer Cyclic(torch.optim.Optimizer optimizer, TorchCase asked) => schedulers.CyclicLR(
        optimizer,
        asked.PerGroup("base_lr", 0),
        asked.PerGroup("max_lr", 0),
        asked.Integer("step_size_up", 2000),
        asked.Integer("step_size_down", -1),
        asked.Word("mode", "triangular") switch
        {
            "triangular" => impl.CyclicLR.Mode.Triangular,
            "triangular2" => impl.CyclicLR.Mode.Triangular2,
            _ => impl.CyclicLR.Mode.ExpRange,
        },
        asked.Number("gamma", 1),
        asked.Has("scale_fn") ? Function(asked.Parameters.GetProperty("scale_fn")) : null,
        asked.Word("scale_mode", "cycle") == "cycle" ? impl.CyclicLR.ScaleMode.Cycle : impl.CyclicLR.ScaleMode.Iterations,
        asked.Flag("cycle_momentum", true),
        asked.PerGroup("base_momentum", 0.8),
        asked.PerGroup("max_momentum", 0.9));

    private static ScheduledOptimizer OneCycle(torch.optim.Optimizer optimizer, TorchCase asked) => schedulers.OneCycleLR(
        optimizer,
        asked.PerGroup("max_lr", 0),
        asked.Integer("total_steps", -1),
        asked.Integer("epochs", -1),
        asked.Integer("steps_per_epoch", -1),
        asked.Number("pct_start", 0.3),
        asked.Word("anneal_strategy", "cos") == "cos" ? impl.OneCycleLR.AnnealStrategy.Cos : impl.OneCycleLR.AnnealStrategy.Linear,
        asked.Flag("cycle_momentum", true),
        asked.PerGroup("base_momentum", 0.85),
        asked.PerGroup("max_momentum", 0.95),
        asked.Number("div_factor", 25),
        asked.Number("final_div_factor", 1e4),
        asked.Flag("three_phase", false));

    private static Func<int, double>[] Lambdas(TorchCase asked)
    {
        var element = asked.Parameters.GetProperty("lr_lambda");
        JsonElement[] functions = element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [.. asked.BaseRates.Select(_ => element)];
        return [.. functions.Select(Function).Select(function => (Func<int, double>)(step => function(step)))];
    }

    /// <summary>A C# function of what the case writes as an expression of e with constants.</summary>
    private static Func<double, double> Function(JsonElement described)
    {
        var text = described.GetProperty("expr").GetString() ?? "";
        foreach (var constant in described.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number))
            text = System.Text.RegularExpressions.Regex.Replace(text, $@"\b{constant.Name}\b", $"({constant.Value.GetRawText()})");
        var expression = AnnealingExpression.Parse(System.Text.RegularExpressions.Regex.Replace(text, @"\be\b", "x"));
        return step => expression.Evaluate(step, 0);
    }
}
