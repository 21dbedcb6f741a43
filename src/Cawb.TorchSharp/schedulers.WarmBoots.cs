namespace Cawb.TorchSharp;

public static partial class schedulers
{
    /// <summary>Cosine annealing with warm boots (CAWB), by the argument names of its author and with our corrected boundaries: see <see cref="CawbSchedule"/>. One <c>step()</c> is one batch.</summary>
    /// <remarks>Source: Huangdebo, CAWB (2021). Differs from the published code, which is <see cref="published"/>, as <see cref="CawbSchedule"/> says: boots take effect at the listed epoch, and
    /// <paramref name="epoch_scale"/> multiplies, as in the article.</remarks>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="epochs">Length of the run in epochs.</param>
    /// <param name="steps">Epochs at which the rate is booted; empty or null for none.</param>
    /// <param name="step_scale">Each boot multiplies the start of the segment by this.</param>
    /// <param name="lf">Shape of a segment; null for a cosine down to 0.05.</param>
    /// <param name="batchs">Batches per epoch, spelled as the author does; 0 where one <c>step()</c> is one epoch.</param>
    /// <param name="warmup_epoch">Length of the warm-up in epochs.</param>
    /// <param name="epoch_scale">Stretches the curve of every segment but the last.</param>
    /// <exception cref="ArgumentException">A value outside its range, or boots outside the run.</exception>
    public static ScheduledOptimizer CosineAnnealingWarmbootingLR(
        Optimizer optimizer, int epochs, IEnumerable<double>? steps = null, double step_scale = 0.8, Annealing? lf = null, int batchs = 0, double warmup_epoch = 0, double epoch_scale = 1)
    {
        var schedule = new CawbSchedule(epochs, steps ?? [], lf ?? Annealing.CosineTo(0.05), step_scale, epoch_scale, warmupEpochs: warmup_epoch);
        var groups = GroupSettings.Of(optimizer).ToList();
        return new ScheduledOptimizer(
            optimizer,
            [.. groups.Select(_ => schedule)],
            [.. groups.Select(group => group.InitialLearningRate)],
            TrainingPlan.FromEpochs(epochs, Math.Max(1, batchs)),
            isAlone: false);
    }

    /// <summary>Schedulers exactly as their authors published them.</summary>
    public static class published
    {
        /// <summary>The published CAWB, bit for bit, with everything that it does at its boundaries; for reproducing old runs.</summary>
        /// <param name="optimizer">What is driven; the present rates of its groups are the base rates.</param>
        /// <param name="epochs">Length of the run.</param>
        /// <param name="eta_min">Floor of the built-in cosine, a fraction of a segment's start; without effect beside <paramref name="lf"/>, and therefore an error there.</param>
        /// <param name="steps">Epochs after which the rate is booted, in any order; null for none.</param>
        /// <param name="step_scale">Multiplies the start of each further segment.</param>
        /// <param name="lf">Shape of a segment; null for the built-in cosine.</param>
        /// <param name="batchs">Batches per epoch, for the ramp of the warm-up.</param>
        /// <param name="warmup_epoch">Length of the warm-up in epochs.</param>
        /// <param name="epoch_scale">Is added to the length of every curve but the last.</param>
        /// <exception cref="ArgumentException">A number is not finite, or <paramref name="eta_min"/> stands beside <paramref name="lf"/>.</exception>
        public static PublishedWarmbooting CosineAnnealingWarmbootingLR(
            Optimizer optimizer,
            double epochs,
            double? eta_min = null,
            IEnumerable<double>? steps = null,
            double step_scale = 0.8,
            Annealing? lf = null,
            double batchs = 0,
            double warmup_epoch = 0,
            double epoch_scale = 1)
        {
            if (eta_min is not null && lf is not null)
            {
                throw new ArgumentException("eta_min is the floor of the built-in cosine and has no effect on a formula of one's own; give one of the two.", nameof(eta_min));
            }

            double[] rates = [.. GroupSettings.Of(optimizer).Select(group => group.LearningRate)];
            var scheduler = new Published.CosineAnnealingWarmbootingLR(rates, epochs, steps ?? [], lf ?? Annealing.CosineTo(eta_min ?? 0.05), step_scale, batchs, warmup_epoch, epoch_scale);
            return new PublishedWarmbooting(optimizer, scheduler);
        }
    }
}
