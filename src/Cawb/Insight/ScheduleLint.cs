using System.Globalization;

namespace Cawb.Insight;

/// <summary>Looks at one schedule in one run.</summary>
internal sealed class ScheduleLint
{
    private const double MostWarmupShare = 1.0 / 3;
    private const double FlatShare = 0.9;
    private const double HighestFactor = 10;

    // Events of schedules that go on for ever are looked at up to here.
    private const int MostEvents = 10_000;
    private const int SamplesPastPlan = 2_000;
    private const int SamplesPerSegment = 200;

    private readonly Schedule schedule;
    private readonly TrainingPlan plan;
    private readonly double baseRate;
    private readonly LintLimits? limits;
    private readonly List<ScheduleEvent> events;
    private readonly List<LintFinding> findings = [];

    /// <param name="schedule">What is looked at.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseRate">Base value of all evaluations.</param>
    /// <param name="limits">Null: the base rate is not known, so that only multiples of it are judged.</param>
    public ScheduleLint(Schedule schedule, TrainingPlan plan, double baseRate, LintLimits? limits)
    {
        this.schedule = schedule;
        this.plan = plan;
        this.baseRate = baseRate;
        this.limits = limits;
        var end = double.IsFinite(schedule.EndEpochs) ? Math.Max(schedule.EndEpochs, plan.Epochs) : plan.Epochs;
        events = [.. schedule.Events(end).Take(MostEvents + 1)];
    }

    public IReadOnlyList<LintFinding> Findings()
    {
        var walk = new LintWalk(schedule, plan, baseRate);
        if (walk.Unusable is { } bad)
        {
            Add("value-not-usable", LintSeverity.Error, plan.EpochsFromBatches(bad.FirstBatch), $"batch {bad.FirstBatch}",
                $"The value is {Number(bad.Value)}; a learning rate must be finite and 0 or above.", "Correct the schedule's parameters or its function.");
            return [.. findings];
        }

        Zeros(walk);
        Warmup(walk);
        Boots();
        Peaks(walk);
        Shape(walk);
        Length();
        Rest();
        return [.. findings.OrderBy(finding => finding.Epochs).ThenByDescending(finding => finding.Severity)];
    }

    // Cycles of less than a batch are a mistake in their length; a look at each of them would take as long as the run.
    private void Rest()
    {
        if (events.Count > MostEvents)
        {
            var last = events[^1].Epochs;
            Add("many-events", LintSeverity.Notice, last, $"epoch {Number(last)}",
                string.Create(CultureInfo.InvariantCulture, $"The schedule has more than {MostEvents:N0} boots, restarts and phases; those after this moment were not looked at."), "Make its cycles longer if they are not meant to be so short.");
        }
    }

    private void Zeros(LintWalk walk)
    {
        if (walk.First == 0)
        {
            Add("first-batch-at-zero", LintSeverity.Notice, 0, "batch 0", "The first batch trains with rate 0 and changes no weight.",
                "Let the warm-up start above 0 if every batch is to count.");
        }

        if (walk.ZeroBatches > 0)
        {
            Add("rate-zero", LintSeverity.Warning, plan.EpochsFromBatches(walk.FirstZeroBatch), $"epoch {Number(plan.EpochsFromBatches(walk.FirstZeroBatch))}",
                $"{Counted.Of(walk.ZeroBatches, "batch", "batches")} after the first {(walk.ZeroBatches == 1 ? "trains" : "train")} with rate 0 and {(walk.ZeroBatches == 1 ? "changes" : "change")} no weight.",
                "End the run where the rate reaches 0, or give the schedule a floor above 0.");
        }
    }

    private void Warmup(LintWalk walk)
    {
        foreach (var warmup in events.Where(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd).Take(1))
        {
            if (warmup.Epochs >= plan.Epochs)
            {
                Add("peak-never-reached", LintSeverity.Error, warmup.Epochs, $"end of the warm-up, epoch {Number(warmup.Epochs)}",
                    $"The run of {Epochs(plan.Epochs)} is over before the warm-up is; the highest rate it trains with is {Number(walk.Peak)}.",
                    "Shorten the warm-up or lengthen the run.");
            }
            else if (warmup.Epochs > plan.Epochs * MostWarmupShare)
            {
                Add("long-warmup", LintSeverity.Warning, warmup.Epochs, $"end of the warm-up, epoch {Number(warmup.Epochs)}",
                    $"The warm-up takes {Percent(warmup.Epochs / plan.Epochs)} of the run of {Epochs(plan.Epochs)}.", "A warm-up rarely needs more than a tenth of the run; shorten it.");
            }
            else if (plan.BatchAt(warmup.Epochs) <= 1)
            {
                Add("short-warmup", LintSeverity.Notice, warmup.Epochs, $"end of the warm-up, epoch {Number(warmup.Epochs)}",
                    $"The warm-up is over after {Counted.Of(plan.BatchAt(warmup.Epochs), "batch", "batches")}.", "Lengthen it, or leave it out.");
            }
        }
    }

    private void Boots()
    {
        var boots = events.Where(scheduleEvent => scheduleEvent.Kind is ScheduleEventKind.Boot or ScheduleEventKind.Restart).ToList();
        for (var i = 0; i < boots.Count; i++)
        {
            var boot = boots[i];
            var name = boot.Kind == ScheduleEventKind.Boot ? "boot" : "restart";
            var place = $"{name} {boot.Index + 1}, epoch {Number(boot.Epochs)}";
            if (boot.Epochs >= plan.Epochs)
            {
                // A schedule that restarts for ever promises nothing about what lies past the run.
                if (boot.Kind == ScheduleEventKind.Boot)
                {
                    Add("boot-never-fires", LintSeverity.Error, boot.Epochs, place, $"The run is over at epoch {Number(plan.Epochs)}, so this boot never takes effect.",
                        "Move it into the run, or leave it out.");
                }

                continue;
            }

            var batch = plan.BatchAt(boot.Epochs);
            if (boot.Epochs != Math.Floor(boot.Epochs))
            {
                Add("boot-inside-epoch", LintSeverity.Notice, boot.Epochs, place,
                    $"It takes effect inside an epoch, at batch {batch} (epoch {Number(plan.EpochsFromBatches(batch))}).", "Use a whole epoch if checkpoints and evaluation are to match it.");
            }

            var before = schedule.ValueAt(plan.EpochsFromBatches(Math.Max(0, batch - 1)), baseRate);
            var after = schedule.ValueAt(plan.EpochsFromBatches(batch), baseRate);
            if (after <= before && PeakAfter(boot, i + 1 < boots.Count ? Math.Min(boots[i + 1].Epochs, plan.Epochs) : plan.Epochs) <= before)
            {
                var meant = schedule is CawbSchedule { StepScale: < 1 };
                Add($"{name}-drops", meant ? LintSeverity.Notice : LintSeverity.Warning, boot.Epochs, place,
                    $"The rate {(after == before ? "stays at" : $"falls from {Number(before)} to")} {Number(after)} where a {name} is expected to raise it.",
                    meant ? "Fine for a staircase as in the article; for a rise, stretch the curves less (epochScale) or scale the starts up (stepScale)." : "Let the curve fall further before it, or raise the start of the next one.");
            }
        }
    }

    // A cycle may begin at its bottom or with a warm-up: what counts is how high it gets before the next one.
    private double PeakAfter(ScheduleEvent boot, double end)
    {
        var step = (end - boot.Epochs) / SamplesPerSegment;
        return Enumerable.Range(0, SamplesPerSegment).Max(i => schedule.ValueAt(boot.Epochs + (i * step), baseRate));
    }

    private void Peaks(LintWalk walk)
    {
        if (limits is not null && walk.Peak > limits.HighestRate)
        {
            Add("rate-past-limit", LintSeverity.Warning, plan.EpochsFromBatches(walk.PeakBatch), $"epoch {Number(plan.EpochsFromBatches(walk.PeakBatch))}",
                $"The rate rises to {Number(walk.Peak)}, past the sensible limit of {Number(limits.HighestRate)}.", "Lower the base rate or the schedule's scale.");
        }

        if (schedule.IsRelative && walk.Peak > HighestFactor * baseRate)
        {
            Add("factor-past-limit", LintSeverity.Warning, plan.EpochsFromBatches(walk.PeakBatch), $"epoch {Number(plan.EpochsFromBatches(walk.PeakBatch))}",
                $"The base rate is multiplied by up to {Number(walk.Peak / baseRate)}.", "Give the base rate as the peak, and factors up to about 1.");
        }

        if (!(schedule.EndEpochs > plan.Epochs) || double.IsPositiveInfinity(schedule.EndEpochs) || findings.Exists(finding => finding.Code == "peak-never-reached"))
        {
            return;
        }

        var step = (schedule.EndEpochs - plan.Epochs) / SamplesPastPlan;
        var later = Enumerable.Range(0, SamplesPastPlan).Select(i => plan.Epochs + (i * step)).Concat(events.Select(scheduleEvent => scheduleEvent.Epochs).Where(epochs => epochs >= plan.Epochs))
            .MaxBy(epochs => schedule.ValueAt(epochs, baseRate));
        if (schedule.ValueAt(later, baseRate) > walk.Peak)
        {
            Add("peak-never-reached", LintSeverity.Error, later, $"epoch {Number(later)}",
                $"The schedule rises to {Number(schedule.ValueAt(later, baseRate))} only after the run of {Epochs(plan.Epochs)}; the run itself gets to {Number(walk.Peak)}.",
                "Give the schedule the length of the run.");
        }
    }

    private void Shape(LintWalk walk)
    {
        if (walk.Peak == walk.Lowest)
        {
            return;
        }

        if (walk.LowestBatches > FlatShare * plan.TotalBatches)
        {
            Add("mostly-at-floor", LintSeverity.Warning, plan.EpochsFromBatches(walk.FirstLowestBatch), $"from epoch {Number(plan.EpochsFromBatches(walk.FirstLowestBatch))}",
                $"{Percent((double)walk.LowestBatches / plan.TotalBatches)} of the run train with the floor, {Number(walk.Lowest)}.", "Stretch the schedule over the run.");
        }

        // A constant rate, with a warm-up or without, is what its author asked for.
        if (walk.LowestAfterWarmup > FlatShare * walk.Peak && walk.LowestAfterWarmup < walk.Peak)
        {
            Add("hardly-anneals", LintSeverity.Warning, 0, "the whole run",
                $"After the warm-up the rate never falls below {Percent(walk.LowestAfterWarmup / walk.Peak)} of its peak.", "Lower the floor, or use a constant schedule on purpose.");
        }
    }

    private void Length()
    {
        var end = schedule.EndEpochs;
        if (double.IsFinite(end) && end > plan.Epochs)
        {
            Add("longer-than-run", LintSeverity.Warning, plan.Epochs, $"epoch {Number(plan.Epochs)}",
                $"The schedule is made for {Epochs(end)}, the run has {Number(plan.Epochs)}; its {Last(end - plan.Epochs)} {(end - plan.Epochs == 1 ? "is" : "are")} cut off.", "Give the schedule the length of the run.");
        }
        else if (events.Exists(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.End) && end < plan.Epochs)
        {
            Add("shorter-than-run", LintSeverity.Notice, end, $"epoch {Number(end)}",
                $"The schedule is over at epoch {Number(end)}; the {Last(plan.Epochs - end)} {(plan.Epochs - end == 1 ? "trains" : "train")} with {Number(schedule.ValueAt(end, baseRate))}.", "Give the schedule the length of the run, if that is not meant.");
        }
    }

    private void Add(string code, LintSeverity severity, double epochs, string place, string message, string fix) => findings.Add(new(code, severity, epochs, place, message, fix));

    private static string Number(double value) => InsightText.Number(value);

    private static string Percent(double share) => InsightText.Percent(share);

    private static string Epochs(double number) => Counted.Of(Number(number), "epoch");

    private static string Last(double epochs) => epochs == 1 ? "last epoch" : $"last {Epochs(epochs)}";
}
