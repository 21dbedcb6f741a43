namespace Cawb.Insight;

/// <summary>What may have become of a plan in a training loop: at which of the plan's batches, times a factor, a batch of the run looks.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Words">The end of a sentence for people.</param>
/// <param name="Position">From the run's batch to the plan's.</param>
/// <param name="Factor">Of the plan's value.</param>
/// <param name="Constant">The value itself, where it has nothing to do with the plan; else not a number.</param>
/// <param name="IsCertain">Whether few rows are enough.</param>
internal sealed record AuditExplanation(string Code, string Words, Func<long, double> Position, double Factor = 1, double Constant = double.NaN, bool IsCertain = false)
{
    public const string ExternalWriteCode = "external-write";

    public static AuditExplanation ExternalWrite(double value) => new(
        ExternalWriteCode, "something else writes it, such as a second scheduler or a line of the training loop.", batch => batch, Constant: value);

    public double ValueAt(long batch, Func<double, double> planned) => double.IsNaN(Constant) ? Factor * planned(Position(batch)) : Constant;

    /// <summary>In the order in which they are preferred.</summary>
    /// <param name="plan">Of the run.</param>
    /// <param name="start">The first batch that differs.</param>
    /// <param name="ratio">The value there over the planned one.</param>
    /// <param name="mostShift">How many steps too many or too few are thought of.</param>
    public static IEnumerable<AuditExplanation> Candidates(TrainingPlan plan, long start, double ratio, int mostShift)
    {
        var epoch = plan.BatchesPerEpoch;
        for (var steps = 1; steps <= 8; steps++)
        {
            yield return Shifted(-steps);
            yield return Shifted(steps);
        }

        if (start > 0)
            yield return StartedOver(start);
        if (epoch > 1)
        {
            yield return new("per-epoch", "every batch of an epoch has the value of its first one: the schedule is looked at once per epoch, where the plan says per batch.", batch => batch / epoch * epoch);
            yield return new("stepped-per-epoch", $"the scheduler is stepped once per epoch, where the plan counts batches ({epoch} per epoch): step it after each batch, or plan in epochs.", batch => batch / epoch);
            yield return new("stepped-per-batch", $"the scheduler is stepped after each batch, where it counts epochs: it runs {epoch} times too fast.", batch => (double)batch * epoch);
        }

        foreach (var factor in (int[])[2, 3, 4])
            yield return Paced(factor, start);
        foreach (var divisor in ((int[])[plan.Accumulation, 2, 3, 4, 8, 16]).Where(divisor => divisor > 1).Distinct())
        {
            yield return new(
                "stepped-per-update", $"the scheduler is stepped once per {divisor} batches, as after an optimizer step with accumulation {divisor}, where the plan counts batches.", batch => batch / divisor);
        }

        if (double.IsFinite(ratio) && ratio >= 0)
            yield return new("other-base", $"it is {InsightText.Number(ratio)} times the plan throughout: the base value is another one.", batch => batch, ratio);
        for (var steps = 9; steps <= mostShift; steps++)
        {
            yield return Shifted(-steps);
            yield return Shifted(steps);
        }
    }

    private static AuditExplanation Shifted(int steps) => steps < 0
        ? new("skipped-steps", $"that is the plan's value of {Counted.Of(-steps, "batch", "batches")} earlier, so {(steps == -1 ? "a step was" : $"{-steps} steps were")} skipped.", batch => batch + steps)
        : new("doubled-steps", $"that is the plan's value of {Counted.Of(steps, "batch", "batches")} later, so {(steps == 1 ? "a step was" : $"{steps} steps were")} taken too many.", batch => batch + steps);

    private static AuditExplanation StartedOver(long start) => new(
        "started-over", "that is the plan from its beginning: the run was resumed without the scheduler's state.", batch => batch - start, IsCertain: true);

    private static AuditExplanation Paced(int factor, long start) => new(
        "doubled-steps", $"from here on the plan goes by {factor} times as fast: the scheduler is stepped {factor} times per batch.", batch => start + (double)factor * (batch - start) + factor - 1);
}
