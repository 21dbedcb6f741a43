namespace Cawb.Insight;

/// <summary>Holds the values that a run trained with against the planned ones, and says what a difference looks like.</summary>
/// <remarks>
/// <para>Differences are taken together as long as one explanation fits them. Tried, in this order: a number of steps skipped or doubled; a start over from the beginning, as after a resume without the
/// state; one step per epoch where the plan counts batches, and the other way round; steps at another pace, such as one per optimizer step; another base value. What none of them fits is a write from
/// outside.</para>
/// <para>A flat stretch looks the same under several explanations; the first that fits all its rows is given.</para>
/// </remarks>
public sealed class ScheduleAudit
{
    // What a run of noise would be searched for is limited: the first findings say what there is to say.
    private const int ThoroughFindings = 50;
    private const int MostShift = 4096;
    private const int FewShift = 8;

    private readonly TrainingPlan plan;
    private readonly Schedule schedule;
    private readonly double baseValue;
    private readonly string parameter;
    private readonly int group;
    private readonly double tolerance;
    private readonly double allowed;

    /// <summary>What was planned for one hyper-parameter of one group.</summary>
    /// <param name="plan">Of the run.</param>
    /// <param name="schedule">Of the hyper-parameter.</param>
    /// <param name="baseValue">The group's base value, 0 or above.</param>
    /// <param name="parameter">For the findings, such as <c>learningRate</c>.</param>
    /// <param name="group">For the findings, 0-based.</param>
    /// <param name="tolerance">Differences up to this share of the highest planned value are none, above 0. The default leaves room for values that were logged in single precision.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    public ScheduleAudit(TrainingPlan plan, Schedule schedule, double baseValue, string parameter = LearningRateScheduler.LearningRateName, int group = 0, double tolerance = 1e-5)
    {
        this.plan = Require.NotNull(plan);
        this.schedule = Require.NotNull(schedule);
        this.baseValue = Require.NotNegative(baseValue);
        this.parameter = Require.NotNull(parameter);
        this.group = Require.AtLeast(group, 0);
        this.tolerance = Require.Positive(tolerance);
        allowed = tolerance * schedule.Metrics(plan, baseValue).Peak;
    }

    /// <summary>Compares a run's values, which may be a part of the run, or some of its batches.</summary>
    /// <param name="applied">In rising order of batches; a batch may be missing.</param>
    /// <returns>In order of batches; none where the run trained as planned.</returns>
    /// <exception cref="ArgumentException">The batches do not rise, or one is negative.</exception>
    public IReadOnlyList<AuditFinding> Compare(IReadOnlyList<AuditedValue> applied)
    {
        Require.NotNull(applied);
        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i].Batch < 0 || (i > 0 && applied[i].Batch <= applied[i - 1].Batch))
                throw new ArgumentException($"Batches must rise and be 0 or above; value {i} is of batch {applied[i].Batch}.", nameof(applied));
        }

        var findings = new List<AuditFinding>();
        for (var i = 0; i < applied.Count;)
        {
            if (Fits(applied[i].Value, Planned(applied[i].Batch)))
            {
                i++;
                continue;
            }

            var (explanation, end) = Longest(applied, i, findings.Count < ThoroughFindings ? MostShift : FewShift);
            Add(findings, explanation, applied, i, end);
            i = end;
        }

        return findings.AsReadOnly();
    }

    private double Planned(double batch) => schedule.ValueAt(Math.Max(0, batch) / plan.BatchesPerEpoch, baseValue);

    private bool Fits(double applied, double planned) => Math.Abs(applied - planned) <= Math.Max(allowed, tolerance * Math.Abs(planned));

    /// <summary>The explanation that holds for the most rows from here on; of equals the one that is tried first.</summary>
    private (AuditExplanation Explanation, int End) Longest(IReadOnlyList<AuditedValue> applied, int start, int mostShift)
    {
        var (best, bestEnd) = (AuditExplanation.ExternalWrite(applied[start].Value), start);
        foreach (var candidate in AuditExplanation.Candidates(plan, applied[start].Batch, Ratio(applied[start]), mostShift))
        {
            var end = start;
            while (end < applied.Count && Fits(applied[end].Value, candidate.ValueAt(applied[end].Batch, Planned)))
                end++;
            if (end > bestEnd)
                (best, bestEnd) = (candidate, end);
            if (end == applied.Count)
                break;
        }

        // A single row may fit anything; what holds on is no accident.
        var least = Math.Min(3, applied.Count - start);
        if (bestEnd - start >= least && (best.IsCertain || bestEnd - start >= 3 || bestEnd == applied.Count))
            return (best, TrimmedEnd(applied, start, bestEnd));
        var write = AuditExplanation.ExternalWrite(applied[start].Value);
        var last = start + 1;
        while (last < applied.Count && !Fits(applied[last].Value, Planned(applied[last].Batch)) && Fits(applied[last].Value, applied[start].Value))
            last++;
        return (write, last);
    }

    // Rows at the end that the plan explains too belong to the plan.
    private int TrimmedEnd(IReadOnlyList<AuditedValue> applied, int start, int end)
    {
        while (end > start + 1 && Fits(applied[end - 1].Value, Planned(applied[end - 1].Batch)))
            end--;
        return end;
    }

    private double Ratio(AuditedValue row) => Planned(row.Batch) is var planned && planned != 0 ? row.Value / planned : double.NaN;

    private void Add(List<AuditFinding> findings, AuditExplanation explanation, IReadOnlyList<AuditedValue> applied, int start, int end)
    {
        var (first, last) = (applied[start], applied[end - 1]);
        var batches = last.Batch - first.Batch + 1;
        if (findings.Count > 0 && findings[^1] is var before && before.Message.EndsWith(explanation.Words, StringComparison.Ordinal)
            && (explanation.Code != AuditExplanation.ExternalWriteCode || before.Batch + before.Batches - 1 == applied[start - 1].Batch))
        {
            batches = last.Batch - before.Batch + 1;
            first = new AuditedValue(before.Batch, before.Applied);
            findings.RemoveAt(findings.Count - 1);
        }

        var place = batches == 1 ? $"At batch {first.Batch}" : last.Batch == applied[^1].Batch ? $"From batch {first.Batch} on" : $"From batch {first.Batch} to {last.Batch}";
        var planned = Planned(first.Batch);
        var message = $"{place} (epoch {InsightText.Number(plan.EpochsFromBatches(first.Batch))}) the {parameter} of group {group} is {InsightText.Number(first.Value)} in place of {InsightText.Number(planned)}: {explanation.Words}";
        findings.Add(new AuditFinding(explanation.Code, parameter, group, first.Batch, batches, planned, first.Value, message));
    }
}
