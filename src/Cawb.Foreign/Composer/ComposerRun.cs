namespace Cawb.Foreign.Composer;

/// <summary>The run that a Composer schedule is asked about.</summary>
/// <param name="BatchesPerEpoch">Length of the data loader.</param>
/// <param name="SamplesPerBatch">Batch size.</param>
/// <param name="Ratio">The scale schedule ratio, <c>ssr</c>.</param>
/// <param name="MaxDuration">Length of the run.</param>
internal sealed record ComposerRun(double BatchesPerEpoch, double SamplesPerBatch, double Ratio, ComposerTime MaxDuration)
{
    public const string Parameters = "max_duration, batches_per_epoch, samples_per_batch=1, ssr=1.0";

    public static ComposerRun Read(Arguments arguments)
    {
        var run = new ComposerRun(
            arguments.Integer("batches_per_epoch", atLeast: 1),
            arguments.Integer("samples_per_batch", atLeast: 1),
            arguments.Number("ssr", value => value > 0, "above 0"),
            MaxDuration: default);
        var text = arguments.Word("max_duration");
        if (text.EndsWith("dur", StringComparison.Ordinal))
            throw arguments.Fault("max_duration", $"must be in ep, ba or sp; got \"{text}\"");
        return run with { MaxDuration = ComposerTime.Read(arguments, "max_duration", text, run, scale: 1) };
    }

    /// <summary>Length of the run in batches.</summary>
    public double Batches => MaxDuration.IsSamples ? Math.Ceiling(MaxDuration.Value / SamplesPerBatch) : MaxDuration.Value;

    public ComposerTime Share(double share) => MaxDuration with { Value = Math.Truncate(share * MaxDuration.Value) };

    /// <summary>A time argument, scaled by the ratio.</summary>
    public ComposerTime Time(Arguments arguments, string name) => ComposerTime.Read(arguments, name, arguments.Word(name), this, Ratio);

    /// <summary>A time argument as it stands.</summary>
    public ComposerTime Unscaled(Arguments arguments, string name) => ComposerTime.Read(arguments, name, arguments.Word(name), this, scale: 1);
}
