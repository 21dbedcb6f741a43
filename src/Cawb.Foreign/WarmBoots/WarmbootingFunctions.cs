using System.Text.Json;
using Cawb.Foreign.PyTorch;
using Cawb.Published;

namespace Cawb.Foreign.WarmBoots;

/// <summary>The published CAWB. Time is in epochs of the usual training loop; <c>step()</c> is one epoch.</summary>
internal static class WarmbootingFunctions
{
    private static readonly Signature Loop = new("epochs=null, batches_per_epoch");

    public static IEnumerable<ForeignFunction> All =>
    [
        new("cawb.CosineAnnealingWarmbootingLR",
            new Signature("epochs=0, eta_min=0.05, steps=[], step_scale=0.8, lf=null, batchs=0, warmup_epoch=0, epoch_scale=1.0, last_epoch=0, epoch_scale_mode=\"add\", training_loop=null, step_args=null"),
            "A boot comes one epoch after the listed one and the batches train another epoch behind, so a boot at 50 reaches epoch 52 and its peak is never trained with; past the end the rate is that of a curve at the raw epoch number and may be negative.",
            Build),
    ];

    private static ForeignRecipe Build(ForeignRequest request)
    {
        var arguments = request.Arguments;
        var calls = ForeignCall.Listed(arguments, "step_args", ForeignCallKind.StepTo);
        var steps = new Replay(request.Identity, () => Start(request), calls: []);
        var rampCalls = Make(request).WarmupIters;
        var loop = arguments.Has("training_loop") ? Arguments.Read($"{arguments.Owner}.training_loop", Loop, arguments.Value("training_loop")) : null;
        var batchesPerEpoch = loop?.Integer("batches_per_epoch", atLeast: 1) ?? Math.Max(1, (int)arguments.Number("batchs"));
        return new ForeignRecipe(() => Start(request))
        {
            Calls = calls,
            LearningRates = calls.Count > 0 ? [] : request.PerGroup(group => new WarmbootingTraining(steps, group, rampCalls, batchesPerEpoch)),
        };
    }

    private static WarmbootingScheduler Start(ForeignRequest request) => new(request.Name, TorchOptimizer.Groups(request), Make(request));

    private static CosineAnnealingWarmbootingLR Make(ForeignRequest request)
    {
        var arguments = request.Arguments;
        if (!request.HasBaseRates)
            throw new ForeignScheduleException($"{request.Name}: base rates are missing; the library reads them from the optimizer, so give one per parameter group (--base-lrs 0.1).");
        var mode = arguments.Choice("epoch_scale_mode", "add", "multiply") == "add" ? EpochScaleMode.Add : EpochScaleMode.Multiply;
        return new CosineAnnealingWarmbootingLR(
            [.. request.BaseRates],
            arguments.Number("epochs"),
            arguments.Numbers("steps"),
            Curve(arguments),
            arguments.Number("step_scale"),
            arguments.Number("batchs"),
            arguments.Number("warmup_epoch"),
            arguments.Number("epoch_scale"),
            mode)
        {
            LastEpoch = arguments.Integer("last_epoch"),
        };
    }

    private static Annealing Curve(Arguments arguments)
    {
        if (!arguments.Has("lf"))
            return Annealing.CosineTo(arguments.Number("eta_min", value => value is >= 0 and <= 1, "between 0 and 1"));
        var value = arguments.Value("lf");
        return Annealing.Expression(value.ValueKind == JsonValueKind.String ? Body(value.GetString() ?? "") : LambdaText.WithConstants(arguments, "lf", value));
    }

    private static string Body(string text) => LambdaText.WithoutHead(text, out _);
}
