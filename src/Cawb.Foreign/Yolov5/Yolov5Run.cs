namespace Cawb.Foreign.Yolov5;

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
    public double AccumulationAt(double batch) =>
        Math.Max(1, Math.Round(batch <= WarmupBatches ? Ramp(batch, 1, NominalBatchSize / BatchSize) : NominalBatchSize / BatchSize, MidpointRounding.ToEven));

    public double RateAt(double batch, double baseRate, bool isBias)
    {
        var epoch = Math.Floor(batch / BatchesPerEpoch);
        if (batch <= WarmupBatches)
            return Ramp(batch, isBias ? WarmupBiasRate : 0, baseRate * FactorAt(epoch));
        // Within its epoch the last warm-up target stays; later epochs train with the factor of the epoch before.
        return baseRate * FactorAt(WarmupBatches >= epoch * BatchesPerEpoch ? epoch : epoch - 1);
    }

    public double MomentumAt(double batch) => batch <= WarmupBatches ? Ramp(batch, WarmupMomentum, Momentum) : Momentum;

    /// <summary>The batch that a moment belongs to. A quotient of whole numbers may lie a rounding below the batch that it names.</summary>
    public double BatchAt(double epochs)
    {
        var batches = Math.Max(epochs, 0) * BatchesPerEpoch;
        var nearest = Math.Round(batches);
        return Math.Abs(batches - nearest) < 1e-6 ? nearest : Math.Floor(batches);
    }

    private double Ramp(double batch, double from, double to) => batch >= WarmupBatches ? to : (to - from) / WarmupBatches * batch + from;
}
