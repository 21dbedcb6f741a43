using System.Text;

namespace Cawb.Code;

/// <summary>Schedules as a Python module: imports, a helper for each type, the function of the step, and how PyTorch takes it.</summary>
internal static class PythonProgram
{
    public const int Width = 100;

    public static string Write(IReadOnlyList<Schedule> schedules, CodeRun run)
    {
        var unit = run.BatchesPerEpoch is null ? "epoch" : "step";
        var time = run.BatchesPerEpoch is null or 1 ? unit : "t";
        var isList = schedules.Count > 1;
        var (name, bases) = isList ? ("learning_rates", "base_lrs") : ("learning_rate", "base_lr");
        var helpers = new PythonHelpers();
        var writing = new PythonExpression(helpers);
        var values = schedules.Select((schedule, i) => writing.Of(schedule, time, isList ? $"{bases}[{i}]" : bases)).ToList();
        var plateaus = schedules.OfType<PlateauSchedule>().ToList();
        var rates = run.BaseRates.Count > 0 ? run.BaseRates : [1];
        var usual = isList ? $"({string.Join(", ", schedules.Select((_, i) => Rate(rates[Math.Min(i, rates.Count - 1)])))})" : Rate(rates[0]);

        var function = new CodeLayout(Width, closesOnOwnLine: true)
            .Line($"def {name}({unit}, {bases}={usual}{(plateaus.Count > 0 ? ", reductions=0" : "")}):")
            .Line($"\"\"\"{About(schedules, run)}\"\"\"", 4);
        if (time != unit)
            function.Line($"t = {unit} / {CodeText.Number(run.BatchesPerEpoch ?? 1)}", 4);
        function.Line(CodeText.Of("return ", isList ? CodeText.List(values) : values[0]), 4);

        List<string> blocks = [.. helpers.Used, function.ToString()];
        var code = string.Join("\n\n", blocks);
        string[] modules = [.. ((string[])["bisect", "math"]).Where(module => code.Contains($"{module}.", StringComparison.Ordinal)).Select(module => $"import {module}\n")];
        var written = new StringBuilder().Append(string.Concat(modules)).Append(modules.Length > 0 ? "\n\n" : "").Append(code).Append("\n\n");
        foreach (var line in ForPyTorch(schedules, run, unit, plateaus))
            written.Append(line.Length > 0 ? "# " : "#").Append(line).Append('\n');
        return written.ToString();
    }

    private static string About(IReadOnlyList<Schedule> schedules, CodeRun run)
    {
        var what = schedules.Count == 1 ? "The learning rate" : "The learning rate of each parameter group";
        return run.BatchesPerEpoch switch
        {
            null => $"{what} at a time in epochs; fractions are batches.",
            1 => $"{what} of a step, counted from 0.",
            var batches => $"{what} of a step, counted from 0; an epoch has {CodeText.Number(batches.Value)}.",
        };
    }

    private static IEnumerable<string> ForPyTorch(IReadOnlyList<Schedule> schedules, CodeRun run, string unit, List<PlateauSchedule> plateaus)
    {
        var reductions = plateaus.Count > 0 ? ", reductions" : "";
        var areRelative = schedules.All(PythonExpression.IsRelative);
        yield return $"In PyTorch, with scheduler.step() after each {(run.BatchesPerEpoch is null ? "epoch" : "batch")}:";
        if (!areRelative)
            yield return "(LambdaLR multiplies by the rate that the optimizer was made with, hence the division.)";
        yield return "from torch.optim.lr_scheduler import LambdaLR";
        if (schedules.Count > 1)
        {
            var (all, own) = areRelative ? ($"[1.0] * {schedules.Count}", "") : ("base_lrs", " / base_lrs[i]");
            if (!areRelative)
                yield return "base_lrs = [group[\"lr\"] for group in optimizer.param_groups]";
            yield return $"rates = [lambda {unit}, i=i: learning_rates({unit}, {all}{reductions})[i]{own} for i in range({schedules.Count})]";
            yield return "scheduler = LambdaLR(optimizer, rates)";
        }
        else if (areRelative)
        {
            yield return $"scheduler = LambdaLR(optimizer, lambda {unit}: learning_rate({unit}, 1.0{reductions}))";
        }
        else
        {
            yield return "base_lrs = [group[\"lr\"] for group in optimizer.param_groups]";
            yield return $"rates = [lambda {unit}, lr=lr: learning_rate({unit}, lr{reductions}) / lr for lr in base_lrs]";
            yield return "scheduler = LambdaLR(optimizer, rates)";
        }

        if (plateaus.Count > 0)
        {
            yield return "";
            yield return "reductions is how often a metric has reduced the rate so far; the loop counts, as torch's ReduceLROnPlateau does:";
        }

        foreach (var rule in plateaus.Select(plateau => plateau.Rule).Distinct())
        {
            yield return $"goal {Words.CamelCase(rule.Goal.ToString())}, patience {CodeText.Number(rule.Patience)}, threshold {CodeText.Number(rule.Threshold)}"
                + $" ({Words.CamelCase(rule.ThresholdMode.ToString())}), cooldown {CodeText.Number(rule.Cooldown)}";
        }
    }

    // 1.0 and not 1: a rate.
    private static string Rate(double rate) => CodeText.Number(rate) is var text && text.Any(character => character is '.' or 'e') ? text : $"{text}.0";
}
