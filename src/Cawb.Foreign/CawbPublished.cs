using System.Text.Json;
using Cawb.Published;

namespace Cawb.Foreign;

/// <summary>The published CAWB. Time is in epochs of the usual training loop; <c>step()</c> is one epoch.</summary>
internal static class CawbPublished
{
    private static readonly Signature Loop = new("epochs=null, batches_per_epoch");

    public static IEnumerable<ForeignFunction> Rows =>
    [
        new("cawb.CosineAnnealingWarmbootingLR",
            new Signature("epochs=0, eta_min=0.05, steps=[], step_scale=0.8, lf=null, batchs=0, warmup_epoch=0, epoch_scale=1.0, last_epoch=0, epoch_scale_mode=\"add\", training_loop=null, step_args=null"),
            ForeignTimeUnit.Epoch,
            "A boot comes one epoch after the listed one and the batches train another epoch behind, so a boot at 50 reaches epoch 52 and its peak is never trained with; past the end the rate is that of a curve at the raw epoch number and may be negative.",
            Build),
    ];

    private static ForeignRecipe Build(ForeignRequest request)
    {
        var arguments = request.Arguments;
        request.NeedBaseRates();
        ForeignScheduler Start() => new Walk(request.Name, Make(request));
        var rampCalls = Make(request).WarmupIters;
        var loop = arguments.Has("training_loop") ? Arguments.Read($"{arguments.Owner}.training_loop", Loop, arguments.Value("training_loop")) : null;
        var batchesPerEpoch = loop?.Integer("batches_per_epoch", atLeast: 1) ?? Math.Max(1, (int)arguments.Number("batchs"));
        var recipe = new ForeignRecipe(request.PerGroup(group => Training(request, group, rampCalls, batchesPerEpoch))) { Start = Start, Run = arguments.Number("epochs") };
        return ForeignCall.Followed(request, recipe, ForeignCall.Listed(arguments, "step_args", ForeignCallKind.StepTo));
    }

    /// <summary>
    /// What the batches of the usual loop train with: <c>step_batch()</c> before each batch, <c>step()</c> after the batches of an epoch. The published class is the recursion
    /// that gives the epochs' rates: past the end its curve has the length of whatever segment came before.
    /// </summary>
    private static FormulaSchedule Training(ForeignRequest request, int group, double rampCalls, int batchesPerEpoch)
    {
        var published = Make(request);
        var steps = new Recursion(published.LearningRates[group], (_, last) => Next(published, group, last));
        return request.Formula(
            "boots and trains with a delay that none of ours has, past its end too; nearest is our cawb schedule with the same boots, stepScale and epochScale (convert --schedule cawb)",
            (epochs, value) =>
            {
                // A quotient of whole numbers may lie a rounding below the batch that it names.
                var batch = Math.Round(epochs * batchesPerEpoch) is var nearest && Math.Abs(epochs * batchesPerEpoch - nearest) < 1e-6 ? nearest : Math.Floor(epochs * batchesPerEpoch);
                if (batch < rampCalls)
                    return value * (batch / rampCalls);
                var epoch = Math.Floor(batch / batchesPerEpoch);
                // The ramp ends at its last batch, and what that left stays for the rest of its epoch.
                var lastOfRamp = Math.Ceiling(rampCalls) - 1;
                return lastOfRamp >= 0 && lastOfRamp >= epoch * batchesPerEpoch ? value * (lastOfRamp / rampCalls) : steps.At(epoch);
            },
            request.Part(group));
    }

    private static double Next(CosineAnnealingWarmbootingLR published, int group, double last)
    {
        try
        {
            published.Step();
            return published.LearningRates[group];
        }
        catch (InvalidOperationException)
        {
            // The library raises here: time goes on, the rates do not.
            return last;
        }
    }

    private static CosineAnnealingWarmbootingLR Make(ForeignRequest request)
    {
        var arguments = request.Arguments;
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
        return Annealing.Expression(value.ValueKind == JsonValueKind.String ? EpochFunction.WithoutHead(value.GetString() ?? "", out _) : EpochFunction.WithConstants(arguments, "lf", value));
    }

    /// <summary>The published class behind the calls that all foreign schedulers have.</summary>
    private sealed class Walk(string name, CosineAnnealingWarmbootingLR published) : ForeignScheduler(name, published.LearningRates.ToArray())
    {
        private protected override void Advance()
        {
            published.Step();
            published.LearningRates.CopyTo(Rates);
        }

        private protected override void AdvanceTo(double position)
        {
            published.Step(position);
            published.LearningRates.CopyTo(Rates);
        }
    }
}
