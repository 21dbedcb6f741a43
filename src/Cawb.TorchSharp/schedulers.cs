using System.Text.Json.Nodes;
using TorchSharp;

namespace Cawb.TorchSharp;

/// <summary>
/// TorchSharp's <c>torch.optim.lr_scheduler</c> by its own names and arguments, with PyTorch's numbers, and the two that it lacks. One <c>step()</c> is whatever the caller steps for: an epoch or a batch.
/// </summary>
/// <remarks>
/// <para>Source: PyTorch 2.10, <c>torch.optim.lr_scheduler</c>; every number is compared with recorded ones of it. TorchSharp 0.107 gives other numbers in some of these: see the table in the package's guide.</para>
/// <para>Differs from both in that each has a state (<see cref="ScheduledOptimizer.save_state_dict"/>), takes up late groups, and refuses to be one of two on an optimizer unless <see cref="SequentialLR"/> or
/// <see cref="ChainedLR"/> joins them. There is no <c>verbose</c>: <see cref="ScheduledOptimizer.LogTo"/> writes the rates.</para>
/// </remarks>
public static partial class schedulers
{
    /// <summary>Multiplies by gamma every <paramref name="step_size"/> steps.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="step_size">Steps between two drops, 1 or more.</param>
    /// <param name="gamma">What each drop multiplies by.</param>
    /// <param name="last_epoch">The last step of an earlier run that this one goes on from, whose rates the optimizer has; -1 for a new run.</param>
    public static ScheduledOptimizer StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("StepLR", new() { ["step_size"] = step_size, ["gamma"] = gamma }));

    /// <summary>Multiplies by gamma at each milestone; one that is listed twice counts twice.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="milestones">Steps, in any order.</param>
    /// <param name="gamma">What each drop multiplies by.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("MultiStepLR", new() { ["milestones"] = List(milestones, step => step), ["gamma"] = gamma }));

    /// <summary>From the base down to 0 along a power of what is left.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="total_iters">Steps until 0, 1 or more.</param>
    /// <param name="power">Of the share that is left.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("PolynomialLR", new() { ["total_iters"] = total_iters, ["power"] = power }));

    /// <summary>Along a line between two factors of the base.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="start_factor">Above 0, up to 1.</param>
    /// <param name="end_factor">0 to 1.</param>
    /// <param name="total_iters">Steps until the end factor.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("LinearLR", new() { ["start_factor"] = start_factor, ["end_factor"] = end_factor, ["total_iters"] = total_iters }));

    /// <summary>A factor of the base for some steps, then the base.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="factor">0 to 1.</param>
    /// <param name="total_iters">Steps with the factor.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("ConstantLR", new() { ["factor"] = factor, ["total_iters"] = total_iters }));

    /// <summary>Multiplies by gamma at every step.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="gamma">What each step multiplies by.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("ExponentialLR", new() { ["gamma"] = gamma }));

    /// <summary>Half a cosine from the base to <paramref name="eta_min"/>; past its end the rate rises again, as PyTorch's does.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="T_max">Steps until the lowest rate, above 0.</param>
    /// <param name="eta_min">The lowest rate.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("CosineAnnealingLR", new() { ["T_max"] = T_max, ["eta_min"] = eta_min }));

    /// <summary>Half cosines from the base to <paramref name="eta_min"/>, each as long as the one before times a factor. TorchSharp has none.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="T_0">Steps of the first cycle, 1 or more.</param>
    /// <param name="T_mult">What each cycle's length is multiplied by, 1 or more.</param>
    /// <param name="eta_min">The lowest rate.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer CosineAnnealingWarmRestarts(Optimizer optimizer, int T_0, int T_mult = 1, double eta_min = 0, int last_epoch = -1) =>
        Make(optimizer, last_epoch, new NamedCall("CosineAnnealingWarmRestarts", new() { ["T_0"] = T_0, ["T_mult"] = T_mult, ["eta_min"] = eta_min }));

    /// <summary>Up and down between two rates, for ever.</summary>
    /// <param name="optimizer">What is driven; needs a momentum or betas where <paramref name="cycle_momentum"/> is on.</param>
    /// <param name="base_lr">The lower rate.</param>
    /// <param name="max_lr">The upper rate.</param>
    /// <param name="step_size_up">Steps of the way up.</param>
    /// <param name="step_size_down">Steps of the way down; -1 for as many.</param>
    /// <param name="mode">How the amplitude changes from cycle to cycle, where there is no <paramref name="scale_fn"/>.</param>
    /// <param name="gamma">Of <c>exp_range</c>.</param>
    /// <param name="scale_fn">The amplitude as a function of the cycle (1, 2, ...) or of the step; null for the mode's own.</param>
    /// <param name="scale_mode">What <paramref name="scale_fn"/> is a function of.</param>
    /// <param name="cycle_momentum">Whether the momentum, or beta 1, goes the other way.</param>
    /// <param name="base_momentum">The lower momentum.</param>
    /// <param name="max_momentum">The upper momentum.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    /// <exception cref="NotSupportedException">Momentum is to cycle and the optimizer has none.</exception>
    public static ScheduledOptimizer CyclicLR(
        Optimizer optimizer,
        double base_lr,
        double max_lr,
        int step_size_up = 2000,
        int step_size_down = -1,
        torch.optim.lr_scheduler.impl.CyclicLR.Mode mode = torch.optim.lr_scheduler.impl.CyclicLR.Mode.Triangular,
        double gamma = 1,
        Func<double, double>? scale_fn = null,
        torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode scale_mode = torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode.Cycle,
        bool cycle_momentum = true,
        double base_momentum = 0.8,
        double max_momentum = 0.9,
        int last_epoch = -1) =>
        CyclicLR(
            optimizer, ForEach(optimizer, base_lr), ForEach(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum,
            ForEach(optimizer, base_momentum), ForEach(optimizer, max_momentum), last_epoch);

    /// <summary>Up and down between two rates of each group, for ever.</summary>
    /// <param name="optimizer">What is driven; needs a momentum or betas where <paramref name="cycle_momentum"/> is on.</param>
    /// <param name="base_lr">The lower rates, one per group.</param>
    /// <param name="max_lr">The upper rates, one per group.</param>
    /// <param name="step_size_up">Steps of the way up.</param>
    /// <param name="step_size_down">Steps of the way down; -1 for as many.</param>
    /// <param name="mode">How the amplitude changes from cycle to cycle, where there is no <paramref name="scale_fn"/>.</param>
    /// <param name="gamma">Of <c>exp_range</c>.</param>
    /// <param name="scale_fn">The amplitude as a function of the cycle (1, 2, ...) or of the step; null for the mode's own.</param>
    /// <param name="scale_mode">What <paramref name="scale_fn"/> is a function of.</param>
    /// <param name="cycle_momentum">Whether the momentum, or beta 1, goes the other way.</param>
    /// <param name="base_momentum">The lower momenta, one per group; null for 0.8.</param>
    /// <param name="max_momentum">The upper momenta, one per group; null for 0.9.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    /// <exception cref="NotSupportedException">Momentum is to cycle and the optimizer has none.</exception>
    public static ScheduledOptimizer CyclicLR(
        Optimizer optimizer,
        IEnumerable<double> base_lr,
        IEnumerable<double> max_lr,
        int step_size_up = 2000,
        int step_size_down = -1,
        torch.optim.lr_scheduler.impl.CyclicLR.Mode mode = torch.optim.lr_scheduler.impl.CyclicLR.Mode.Triangular,
        double gamma = 1,
        Func<double, double>? scale_fn = null,
        torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode scale_mode = torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode.Cycle,
        bool cycle_momentum = true,
        IEnumerable<double>? base_momentum = null,
        IEnumerable<double>? max_momentum = null,
        int last_epoch = -1)
    {
        var arguments = new JsonObject
        {
            ["base_lr"] = List(base_lr, rate => rate),
            ["max_lr"] = List(max_lr, rate => rate),
            ["step_size_up"] = step_size_up,
            ["mode"] = mode switch
            {
                torch.optim.lr_scheduler.impl.CyclicLR.Mode.Triangular => "triangular",
                torch.optim.lr_scheduler.impl.CyclicLR.Mode.Triangular2 => "triangular2",
                _ => "exp_range",
            },
            ["gamma"] = gamma,
            ["cycle_momentum"] = cycle_momentum,
        };
        if (step_size_down != -1)
        {
            arguments["step_size_down"] = step_size_down;
        }

        if (cycle_momentum)
        {
            RequireMomentum(optimizer, nameof(CyclicLR));
            arguments["base_momentum"] = List(base_momentum ?? ForEach(optimizer, 0.8), value => value);
            arguments["max_momentum"] = List(max_momentum ?? ForEach(optimizer, 0.9), value => value);
        }

        var functions = new Dictionary<string, Func<double, double>>();
        if (scale_fn is not null)
        {
            functions["scale_fn"] = scale_fn;
            arguments["scale_fn"] = Function("scale_fn");
            arguments["scale_mode"] = scale_mode == torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode.Cycle ? "cycle" : "iterations";
        }

        return Make(optimizer, last_epoch, new NamedCall("CyclicLR", arguments, functions));
    }

    /// <summary>One cycle: up to <paramref name="max_lr"/>, down to far below the start, the momentum the other way.</summary>
    /// <param name="optimizer">What is driven; needs a momentum or betas where <paramref name="cycle_momentum"/> is on.</param>
    /// <param name="max_lr">The peak.</param>
    /// <param name="total_steps">Steps of the run; or give the next two.</param>
    /// <param name="epochs">Epochs of the run.</param>
    /// <param name="steps_per_epoch">Steps of an epoch.</param>
    /// <param name="pct_start">The share of the way up, 0 to 1.</param>
    /// <param name="anneal_strategy">Half a cosine or a line.</param>
    /// <param name="cycle_momentum">Whether the momentum, or beta 1, goes the other way.</param>
    /// <param name="base_momentum">The lower momentum.</param>
    /// <param name="max_momentum">The upper momentum.</param>
    /// <param name="div_factor">The peak over the start.</param>
    /// <param name="final_div_factor">The start over the end.</param>
    /// <param name="three_phase">Whether the rate comes back to the start before it falls to the end.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    /// <exception cref="NotSupportedException">Momentum is to cycle and the optimizer has none.</exception>
    public static ScheduledOptimizer OneCycleLR(
        Optimizer optimizer,
        double max_lr,
        int total_steps = -1,
        int epochs = -1,
        int steps_per_epoch = -1,
        double pct_start = 0.3,
        torch.optim.lr_scheduler.impl.OneCycleLR.AnnealStrategy anneal_strategy = torch.optim.lr_scheduler.impl.OneCycleLR.AnnealStrategy.Cos,
        bool cycle_momentum = true,
        double base_momentum = 0.85,
        double max_momentum = 0.95,
        double div_factor = 25,
        double final_div_factor = 1e4,
        bool three_phase = false,
        int last_epoch = -1) =>
        OneCycleLR(
            optimizer, ForEach(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
            ForEach(optimizer, base_momentum), ForEach(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch);

    /// <summary>One cycle with a peak of each group.</summary>
    /// <param name="optimizer">What is driven; needs a momentum or betas where <paramref name="cycle_momentum"/> is on.</param>
    /// <param name="max_lr">The peaks, one per group.</param>
    /// <param name="total_steps">Steps of the run; or give the next two.</param>
    /// <param name="epochs">Epochs of the run.</param>
    /// <param name="steps_per_epoch">Steps of an epoch.</param>
    /// <param name="pct_start">The share of the way up, 0 to 1.</param>
    /// <param name="anneal_strategy">Half a cosine or a line.</param>
    /// <param name="cycle_momentum">Whether the momentum, or beta 1, goes the other way.</param>
    /// <param name="base_momentum">The lower momenta, one per group; null for 0.85.</param>
    /// <param name="max_momentum">The upper momenta, one per group; null for 0.95.</param>
    /// <param name="div_factor">The peak over the start.</param>
    /// <param name="final_div_factor">The start over the end.</param>
    /// <param name="three_phase">Whether the rate comes back to the start before it falls to the end.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    /// <exception cref="NotSupportedException">Momentum is to cycle and the optimizer has none.</exception>
    public static ScheduledOptimizer OneCycleLR(
        Optimizer optimizer,
        IEnumerable<double> max_lr,
        int total_steps = -1,
        int epochs = -1,
        int steps_per_epoch = -1,
        double pct_start = 0.3,
        torch.optim.lr_scheduler.impl.OneCycleLR.AnnealStrategy anneal_strategy = torch.optim.lr_scheduler.impl.OneCycleLR.AnnealStrategy.Cos,
        bool cycle_momentum = true,
        IEnumerable<double>? base_momentum = null,
        IEnumerable<double>? max_momentum = null,
        double div_factor = 25,
        double final_div_factor = 1e4,
        bool three_phase = false,
        int last_epoch = -1)
    {
        var arguments = new JsonObject
        {
            ["max_lr"] = List(max_lr, rate => rate),
            ["pct_start"] = pct_start,
            ["anneal_strategy"] = anneal_strategy == torch.optim.lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear ? "linear" : "cos",
            ["cycle_momentum"] = cycle_momentum,
            ["div_factor"] = div_factor,
            ["final_div_factor"] = final_div_factor,
            ["three_phase"] = three_phase,
        };
        foreach (var (name, steps) in new[] { ("total_steps", total_steps), ("epochs", epochs), ("steps_per_epoch", steps_per_epoch) })
        {
            if (steps != -1)
            {
                arguments[name] = steps;
            }
        }

        if (cycle_momentum)
        {
            RequireMomentum(optimizer, nameof(OneCycleLR));
            arguments["base_momentum"] = List(base_momentum ?? ForEach(optimizer, 0.85), value => value);
            arguments["max_momentum"] = List(max_momentum ?? ForEach(optimizer, 0.95), value => value);
        }

        return Make(optimizer, last_epoch, new NamedCall("OneCycleLR", arguments));
    }

    /// <summary>Multiplies by a factor when a metric no longer improves: tell it by <c>step(metric)</c>.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="mode"><c>min</c> where the metric is to fall, <c>max</c> where it is to rise.</param>
    /// <param name="factor">What each reduction multiplies by, below 1.</param>
    /// <param name="patience">Metrics without improvement that are put up with.</param>
    /// <param name="threshold">How much better counts as better.</param>
    /// <param name="threshold_mode"><c>rel</c> for a share of the best, <c>abs</c> for an amount.</param>
    /// <param name="cooldown">Metrics after a reduction that count for nothing.</param>
    /// <param name="min_lr">The lowest rate of each group, or one for all; null for 0.</param>
    /// <param name="eps">A reduction that would take no more than this away is not made.</param>
    /// <exception cref="ArgumentException">A word or a number outside its range, or not one lowest rate per group.</exception>
    public static ScheduledOptimizer ReduceLROnPlateau(
        Optimizer optimizer,
        string mode = "min",
        double factor = 0.1,
        int patience = 10,
        double threshold = 1e-4,
        string threshold_mode = "rel",
        int cooldown = 0,
        IList<double>? min_lr = null,
        double eps = 1e-8)
    {
        var goal = Word(mode, nameof(mode), ("min", MetricGoal.Minimize), ("max", MetricGoal.Maximize));
        var kind = Word(threshold_mode, nameof(threshold_mode), ("rel", ThresholdMode.SignedRelative), ("abs", ThresholdMode.Absolute));
        var groups = GroupSettings.Of(optimizer).ToList();
        if (min_lr is not null && min_lr.Count != 1 && min_lr.Count != groups.Count)
        {
            throw new ArgumentException($"There must be one lowest rate for all groups or one per group: {groups.Count}; got {min_lr.Count}.", nameof(min_lr));
        }

        var schedules = groups.Select((_, group) => new PlateauSchedule(
            new ConstantSchedule(),
            new PlateauRule(factor, patience, goal, threshold, kind, cooldown, Level.Absolute(min_lr is null ? 0 : min_lr[min_lr.Count == 1 ? 0 : group]), eps)));
        return new ScheduledOptimizer(optimizer, [.. schedules], [.. groups.Select(group => group.InitialLearningRate)], Endless, isAlone: false);
    }

    private static T Word<T>(string word, string name, params ReadOnlySpan<(string Word, T Value)> known)
    {
        foreach (var (candidate, value) in known)
        {
            if (candidate == word)
            {
                return value;
            }
        }

        throw new ArgumentException($"Must be \"{known[0].Word}\" or \"{known[1].Word}\"; got \"{word}\".", name);
    }
}
