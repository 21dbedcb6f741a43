using System.Text.Json;

namespace Cawb.Foreign.Composer;

/// <summary>MosaicML Composer's <c>optim.scheduler</c>. Time is in batches; the arguments of the run stand beside those of the scheduler.</summary>
internal static class ComposerFunctions
{
    private const string Held = "At t_max itself the last multiplier is reached, and it stays.";
    private const string HeldAfterWarmup = "The ramp starts at 0 and its top is reached at t_warmup itself; at t_max the last multiplier is reached and stays; a t_max before the end of the run raises.";

    public static IEnumerable<ForeignFunction> All =>
    [
        Define("StepScheduler", "step_size, gamma=0.1",
            "The multiplier drops at each multiple of step_size itself, for ever.",
            (a, run) => new ComposerExponential(run, a.Number("gamma"), Positive(a, run, "step_size"), IsStaircase: true)),
        Define("MultiStepScheduler", "milestones, gamma=0.1",
            "The multiplier drops at each milestone itself, a milestone listed twice drops twice, and after the last one it stays.",
            MultiStep),
        Define("ConstantScheduler", "alpha=1.0, t_max=\"1dur\"",
            "From t_max itself on the multiplier is 1.",
            (a, run) => new ComposerConstant(run, a.Number("alpha"), run.Time(a, "t_max"))),
        Define("LinearScheduler", "alpha_i=1.0, alpha_f=0.0, t_max=\"1dur\"", Held,
            (a, run) => new ComposerCurve(run, ComposerShape.Linear, default, Positive(a, run, "t_max"), a.Number("alpha_i"), a.Number("alpha_f"), Power: 1)),
        Define("ExponentialScheduler", "gamma, decay_period=\"1ep\"",
            "The multiplier falls with every batch, for ever.",
            (a, run) => new ComposerExponential(run, a.Number("gamma"), Positive(a, run, "decay_period"), IsStaircase: false)),
        Define("CosineAnnealingScheduler", "t_max=\"1dur\", alpha_f=0.0", Held,
            (a, run) => new ComposerCurve(run, ComposerShape.Cosine, default, Positive(a, run, "t_max"), 1, a.Number("alpha_f"), Power: 1)),
        Define("CosineAnnealingWarmRestartsScheduler", "t_0, t_mult=1.0, alpha_f=0.0",
            "It restarts at the boundary batch itself, so alpha_f is not trained with, and goes on for ever with interval lengths truncated to whole units.",
            (a, run) => new ComposerRestarts(run, Positive(a, run, "t_0"), a.Number("t_mult"), a.Number("alpha_f"))),
        Define("PolynomialScheduler", "power, t_max=\"1dur\", alpha_f=0.0", Held,
            (a, run) => new ComposerCurve(run, ComposerShape.Polynomial, default, Positive(a, run, "t_max"), 1, a.Number("alpha_f"), a.Number("power"))),
        Define("MultiStepWithWarmupScheduler", "t_warmup, milestones, gamma=0.1, scale_warmup=false",
            "The ramp starts at 0 and ends at t_warmup itself; the milestones are counted from the start of the run, and after the last one the multiplier stays.",
            (a, run) => Warmup(a, run, peak: 1, _ => MultiStep(a, run))),
        Define("ConstantWithWarmupScheduler", "t_warmup, alpha=1.0, t_max=\"1dur\", scale_warmup=false",
            "The ramp starts at 0 and its top is reached at t_warmup itself and stays, past t_max too; a t_max before the end of the run raises.",
            (a, run) => Warmup(a, run, a.Number("alpha"), start => new ComposerCurve(run, ComposerShape.Linear, start, End(a, run, start), a.Number("alpha"), a.Number("alpha"), Power: 1))),
        Define("LinearWithWarmupScheduler", "t_warmup, alpha_i=1.0, alpha_f=0.0, t_max=\"1dur\", scale_warmup=false", HeldAfterWarmup,
            (a, run) => Warmup(a, run, a.Number("alpha_i"), start => new ComposerCurve(run, ComposerShape.Linear, start, End(a, run, start), a.Number("alpha_i"), a.Number("alpha_f"), Power: 1))),
        Define("CosineAnnealingWithWarmupScheduler", "t_warmup, t_max=\"1dur\", alpha_f=0.0, scale_warmup=false", HeldAfterWarmup,
            (a, run) => Warmup(a, run, peak: 1, start => new ComposerCurve(run, ComposerShape.Cosine, start, End(a, run, start), 1, a.Number("alpha_f"), Power: 1))),
        Define("PolynomialWithWarmupScheduler", "t_warmup, power=2.0, t_max=\"1dur\", alpha_f=0.0, scale_warmup=false", HeldAfterWarmup,
            (a, run) => Warmup(a, run, peak: 1, start => new ComposerCurve(run, ComposerShape.Polynomial, start, End(a, run, start), 1, a.Number("alpha_f"), a.Number("power")))),
    ];

    private static ForeignFunction Define(string function, string parameters, string sentence, Func<Arguments, ComposerRun, ComposerSchedule> make) =>
        new($"composer.{function}", new Signature($"{parameters}, {ComposerRun.Parameters}"), sentence, request =>
        {
            var run = ComposerRun.Read(request.Arguments);
            var schedule = make(request.Arguments, run);
            return ForeignOnlySchedule.Recipe(request, _ => schedule) with { Length = run.Batches };
        })
        {
            Container = "scheduler",
        };

    private static ComposerTime Positive(Arguments arguments, ComposerRun run, string name) =>
        run.Time(arguments, name) is { Value: > 0 } time ? time : throw arguments.Fault(name, $"must be at least one whole unit; got \"{arguments.Word(name)}\" with ssr {Text.Of(run.Ratio)}");

    private static ComposerMultiStep MultiStep(Arguments arguments, ComposerRun run) => new(
        run,
        arguments.Number("gamma"),
        [.. arguments.Elements("milestones").Select((item, i) => item.ValueKind == JsonValueKind.String
            ? ComposerTime.Read(arguments, $"milestones[{i}]", item.GetString() ?? "", run, run.Ratio)
            : throw arguments.Fault($"milestones[{i}]", $"must be a time such as \"2ep\"; got {Arguments.Describe(item)}"))]);

    private static ComposerSchedule Warmup(Arguments arguments, ComposerRun run, double peak, Func<ComposerTime, ComposerSchedule> next)
    {
        var end = run.Unscaled(arguments, "t_warmup");
        var length = arguments.Flag("scale_warmup") ? run.Time(arguments, "t_warmup") : end;
        return end.Value > 0 ? new ComposerWarmup(run, end, length, peak, next(end)) : next(end);
    }

    private static ComposerTime End(Arguments arguments, ComposerRun run, ComposerTime start)
    {
        var end = run.Time(arguments, "t_max");
        if (start.IsSamples != end.IsSamples && start.Value > 0)
            throw arguments.Fault("t_warmup", "and 't_max' must count the same unit");
        if (end.IsSamples == run.MaxDuration.IsSamples && end.Value < run.MaxDuration.Value)
            throw arguments.Fault("t_max", $"must not end before the run: it is {Text.Of(end.Value)} of {Text.Of(run.MaxDuration.Value)} units");
        return end.Value > start.Value ? end : throw arguments.Fault("t_warmup", $"must end before 't_max'; it is {Text.Of(start.Value)} of {Text.Of(end.Value)} units");
    }
}
