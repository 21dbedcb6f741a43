using Cawb.Yolov5;

namespace Cawb.Foreign;

/// <summary>The rates of YOLOv5's <c>train.py</c>. Time is in epochs; group 0 holds the biases.</summary>
internal static class Yolov5Rates
{
    private const int UsualGroupCount = 3;

    public static IEnumerable<ForeignFunction> Rows => [Row("cos_lr", isCosine: true), Row("linear_lr", isCosine: false)];

    private static ForeignFunction Row(string function, bool isCosine) => new(
        $"yolov5.{function}",
        new Signature("epochs, nb, batch_size=16, nbs=64, optimizer=\"SGD\", start_epoch=0, cos_lr=null, hyp"),
        ForeignTimeUnit.Epoch,
        isCosine
            ? "The warm-up includes its last batch and lasts at least 100; after it, epoch e trains with the factor of epoch e - 1, so the last factor is never trained with, and past the end the cosine would rise again."
            : "The warm-up includes its last batch and lasts at least 100; after it, epoch e trains with the factor of epoch e - 1, so the last factor is never trained with, and past the end the line would go on below it.",
        request => Build(request, Yolov5Run.Read(request.Arguments, isCosine)));

    private static ForeignRecipe Build(ForeignRequest request, Yolov5Run run)
    {
        var initialRate = Yolov5Run.Hyper(request.Arguments).Number("lr0");
        var baseRates = request.HasBaseRates ? request.BaseRates : [.. Enumerable.Repeat(initialRate, UsualGroupCount)];
        var warmupEpochs = (double)run.WarmupBatches / run.BatchesPerEpoch;
        List<Yolov5Schedule> rates = [.. baseRates.Select((_, group) => new Yolov5Schedule(
            run.Epochs, warmupEpochs, group == 0 ? Level.Absolute(run.WarmupBiasRate) : Level.Zero, run.FinalFactor, run.IsCosine ? Yolov5Curve.Cosine : Yolov5Curve.Linear))];
        var drivesMomentum = request.Arguments.Choice("optimizer", "SGD", "Adam", "AdamW", "RMSProp") == "SGD";
        return new ForeignRecipe(rates)
        {
            Momenta = drivesMomentum ? [.. baseRates.Select(_ => new LinearSchedule(warmupEpochs, Level.Absolute(run.WarmupMomentum), Level.Absolute(run.Momentum)))] : [],
            BaseRates = baseRates,
            Run = run.Epochs,
            InitialRates = baseRates,
            FirstStep = run.StartEpoch,
            // Past the end, where nothing is trained, ours stays; the original's formula goes on.
            JumpRates = [.. rates.Select(rate => new FormulaSchedule("", (time, value) => time < run.Epochs ? rate.ValueAt(time, value) : value * run.FactorAt(Math.Floor(time) - 1)))],
        };
    }
}

/// <summary>The numbers of a YOLOv5 training run that its rates depend on; facts about them are in the reference files.</summary>
internal sealed record Yolov5Run(
    int Epochs, int BatchesPerEpoch, double BatchSize, double NominalBatchSize, int StartEpoch, bool IsCosine, double FinalFactor, double WarmupEpochs, double WarmupMomentum, double Momentum, double WarmupBiasRate)
{
    private static readonly Signature Hyperparameters = new("lr0, lrf, momentum, warmup_epochs, warmup_momentum, warmup_bias_lr");

    /// <summary>At least 100 batches, and a half is rounded to the even number.</summary>
    public int WarmupBatches => (int)Math.Max(Math.Round(WarmupEpochs * BatchesPerEpoch, MidpointRounding.ToEven), 100);

    public static Arguments Hyper(Arguments arguments) => Arguments.Read($"{arguments.Owner}.hyp", Hyperparameters, arguments.Value("hyp"));

    public static Yolov5Run Read(Arguments arguments, bool isCosine)
    {
        var hyper = Hyper(arguments);
        if (arguments.Has("cos_lr") && arguments.Flag("cos_lr") != isCosine)
            throw arguments.Fault("cos_lr", "contradicts the name: yolov5.cos_lr is the cosine, yolov5.linear_lr the line");
        return new Yolov5Run(
            arguments.Integer("epochs", atLeast: 1),
            arguments.Integer("nb", atLeast: 1),
            arguments.Number("batch_size", size => size > 0, "above 0"),
            arguments.Number("nbs", size => size > 0, "above 0"),
            arguments.Integer("start_epoch", atLeast: 0),
            isCosine,
            hyper.Number("lrf"),
            hyper.Number("warmup_epochs", epochs => epochs >= 0, "0 or more"),
            hyper.Number("warmup_momentum"),
            hyper.Number("momentum"),
            hyper.Number("warmup_bias_lr"));
    }

    /// <summary>The factor of an epoch, <c>lf</c>; past the end the formula goes on.</summary>
    public double FactorAt(double epoch) => IsCosine
        ? (1 - Math.Cos(epoch * Math.PI / Epochs)) / 2 * (FinalFactor - 1) + 1
        : (1 - epoch / Epochs) * (1 - FinalFactor) + FinalFactor;

    /// <summary>Batches whose gradients one optimizer step adds up.</summary>
    public double AccumulationAt(double batch)
    {
        var full = NominalBatchSize / BatchSize;
        return Math.Max(1, Math.Round(batch < WarmupBatches ? (full - 1) / WarmupBatches * batch + 1 : full, MidpointRounding.ToEven));
    }
}
