using System.Globalization;
using Cawb.Insight;

namespace Cawb.Training.Audit;

/// <summary>Holds a column of a file against the plan.</summary>
/// <param name="Values">What was compared, by batches.</param>
/// <param name="Findings">Where the two part; none where the run trained as planned.</param>
public sealed record RateAudit(IReadOnlyList<AuditedValue> Values, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Compares.</summary>
    /// <param name="audit">What was planned.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="column">Its values.</param>
    /// <param name="plan">The run.</param>
    /// <param name="count">How the file counts.</param>
    /// <exception cref="InputException">A value lies before the first.</exception>
    public static RateAudit Of(ScheduleAudit audit, string source, AppliedColumn column, TrainingPlan plan, AppliedCount count)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(count);
        if (!count.IsEpochs || count.Row != EpochRow.FitsBetter)
        {
            return Compared(count.Row == EpochRow.LastBatch);
        }

        var (starts, ends) = (Compared(atEnd: false), Compared(atEnd: true));
        return ends.Fit.CompareTo(starts.Fit) < 0 ? ends : starts;

        RateAudit Compared(bool atEnd)
        {
            var values = ValuesOf(source, column, plan, count, atEnd);
            return new RateAudit(values, audit.Compare(values));
        }
    }

    // The lower, the better.
    private (int Findings, long Batches) Fit => (Findings.Count, Findings.Sum(finding => finding.Batches));

    private static List<AuditedValue> ValuesOf(string source, AppliedColumn column, TrainingPlan plan, AppliedCount rows, bool atEnd)
    {
        var values = new List<AuditedValue>();
        foreach (var (position, value) in column.Rows)
        {
            var count = position - rows.First;
            if (count < 0)
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{source}: {column.Name} has a value at {position}, which lies before the first ({rows.First}). Say with --first of cawb audit where the file begins to count."));
            }

            var batch = rows.IsEpochs ? plan.BatchAt(count) + (atEnd ? plan.BatchesPerEpoch - 1 : 0) : (long)Math.Round(count);
            // A resumed run logs its first steps again: the later value is what it went on with.
            while (values.Count > 0 && values[^1].Batch >= batch)
            {
                values.RemoveAt(values.Count - 1);
            }

            values.Add(new AuditedValue(batch, value));
        }

        return values;
    }
}
