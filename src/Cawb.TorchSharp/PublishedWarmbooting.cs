using Cawb.Published;

namespace Cawb.TorchSharp;

/// <summary>The published CAWB on a TorchSharp optimizer, for the author's loop: <see cref="step_batch"/> before each batch, <see cref="step()"/> after the batches of an epoch.</summary>
/// <remarks>
/// Source: Huangdebo/CAWB, commit 542f86da577237f7b7979f56067c17cf0fca87be; the numbers are those of <see cref="CosineAnnealingWarmbootingLR"/>, whose remarks list what they do at their
/// boundaries. As in the original, a run is resumed by setting <see cref="LastEpoch"/> and going on; new runs take <see cref="CawbSchedule"/>, which resumes exactly.
/// </remarks>
public sealed class PublishedWarmbooting : LRScheduler
{
    private readonly CosineAnnealingWarmbootingLR scheduler;
    private readonly GroupSettings[] groups;
    private readonly IList<double> lastRates;
    private readonly Attachment attachment;

    internal PublishedWarmbooting(Optimizer optimizer, CosineAnnealingWarmbootingLR scheduler)
        : base(optimizer)
    {
        this.scheduler = scheduler;
        groups = [.. GroupSettings.Of(optimizer)];
        lastRates = (IList<double>)get_last_lr();
        attachment = Attachment.Add(optimizer, atOnce: true);
    }

    /// <summary>Added to the counter of epochs; set it after construction to resume, as the author does.</summary>
    public int LastEpoch
    {
        get => scheduler.LastEpoch;
        set => scheduler.LastEpoch = value;
    }

    /// <summary>Goes on to the next epoch; the first call is epoch 0.</summary>
    /// <exception cref="InvalidOperationException">The curve has length 0, where the original divides by zero.</exception>
    public override void step() => step(null);

    /// <summary>Goes to an epoch, from which further calls count on.</summary>
    /// <param name="epoch"><see cref="LastEpoch"/> is added to it; null for the next one.</param>
    /// <exception cref="InvalidOperationException">The curve has length 0, where the original divides by zero.</exception>
    public override void step(int? epoch)
    {
        attachment.RequireAlone();
        _ = epoch is { } target ? scheduler.Step(target) : scheduler.Step();
        Apply();
    }

    /// <summary>Goes on to the next epoch; the metric is not looked at.</summary>
    /// <param name="current">Any number.</param>
    /// <param name="epoch">As for <see cref="step(int?)"/>.</param>
    public override void step(double current, int? epoch = null) => step(epoch);

    /// <summary>One batch of the warm-up's ramp; call it before every batch.</summary>
    public void step_batch()
    {
        attachment.RequireAlone();
        if (scheduler.StepBatch() is not null)
        {
            Apply();
        }
    }

    /// <summary>Leaves the optimizer with the rates that it has now.</summary>
    public void Detach() => attachment.Remove();

    private void Apply()
    {
        var rates = scheduler.LearningRates;
        for (var i = 0; i < rates.Length; i++)
        {
            groups[i].LearningRate = rates[i];
            lastRates[i] = rates[i];
        }
    }
}
