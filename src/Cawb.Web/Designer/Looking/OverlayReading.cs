using Cawb.Training.Audit;
using Cawb.Training.Runs;
using Cawb.Web.Folder;

namespace Cawb.Web.Designer.Looking;

/// <summary>Rates of a run or a file, or why they cannot be read.</summary>
/// <param name="Overlay">Null where there is a problem.</param>
/// <param name="Problem">Empty where there is none.</param>
internal sealed record OverlayReading(Overlay? Overlay, string Problem)
{
    /// <summary>Bytes of a file that somebody gives.</summary>
    public const int MostBytes = 5 << 20;

    /// <summary>The rates that a run of the folder trained with: those of the last batch of each epoch.</summary>
    public static async Task<OverlayReading> OfRunAsync(RunsFolder folder, string name)
    {
        var found = await folder.LookAsync();
        return found.Run(name) is { } run ? await Task.Run(() => OfRun(folder, run)) : new(null, $"{folder.Path} has no run named {name}. It may have been moved, renamed or deleted.");
    }

    /// <summary>The rates of a CSV file.</summary>
    public static OverlayReading OfCsv(string name, string text)
    {
        try
        {
            var rates = CsvRates.Parse(name, text.ReplaceLineEndings("\n").Split('\n'), [], at: null);
            // Files that count epochs begin with 0 or 1, and the first row says which.
            var first = rates.CountsEpochs && rates.Columns.All(column => column.Rows.Count == 0 || column.Rows.Min(row => row.At) >= 1) ? 1 : 0;
            return new(new(name, rates, new AppliedCount(rates.CountsEpochs, first)), "");
        }
        catch (Training.InputException fault)
        {
            return new(null, fault.Message);
        }
    }

    private static OverlayReading OfRun(RunsFolder folder, FolderRun run) => Guarded.Read(run.Directory, () =>
    {
        var metrics = GuardedRun.Read(run.Directory, new Fence(folder.Path)).Metrics;
        var epochs = metrics.Column(MetricNames.Epoch);
        AppliedColumn[] columns = [.. ((string[])[MetricNames.LearningRate, MetricNames.BiasLearningRate, MetricNames.ScaleLearningRate]).Where(metrics.Has)
            .Select(column => new AppliedColumn(column, [.. epochs.Zip(metrics.Column(column))]))];
        return columns.Length == 0 || metrics.RowCount == 0
            ? new OverlayReading(null, $"{run.LongTitle} has finished no epoch yet, so that there are no rates to lay over the curves.")
            : new(new(run.LongTitle, new AppliedRates(run.LongTitle, MetricNames.Epoch, columns), new AppliedCount(IsEpochs: true, First: 1, EpochRow.LastBatch)), "");
    }, problem => new(null, problem));
}
