using System.Globalization;
using Cawb.Reports.Charts;
using Cawb.Reports.Tables;
using Cawb.Training;
using Cawb.Training.Options;
using Cawb.Training.Pictures;
using Cawb.Training.Runs;
using Cawb.Training.SideBySide;
using Cawb.Training.Slurm;
using Cawb.Web.Designer.Address;

namespace Cawb.Web.Folder;

/// <summary>Everything that the page of a run shows.</summary>
public sealed record RunDetails
{
    private static readonly TextTable Nothing = new("<", "<");

    private RunDetails(FolderRun run) => Run = run;

    /// <summary>As it was found.</summary>
    public FolderRun Run { get; }

    /// <summary>Why it cannot be read; empty where it can.</summary>
    public string Problem { get; private init; } = "";

    /// <summary>The result in a few sentences; empty before the first epoch.</summary>
    public string Verdict { get; private init; } = "";

    /// <summary>The result as a table; without rows before the first epoch.</summary>
    public TextTable Result { get; private init; } = Nothing;

    /// <summary>Losses, precision and recall, AP, rates.</summary>
    public IReadOnlyList<Chart> Charts { get; private init; } = [];

    /// <summary>Why the planned rates are not among them; empty where they are.</summary>
    public string RatesNote { get; private init; } = "";

    /// <summary>Images and drawings, by what they belong to.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<(string Address, string Alternative)> Pictures)> Pictures { get; private init; } = [];

    /// <summary>What was said when it began and went on.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Settings that are not the usual ones.</summary>
    public TextTable Changed { get; private init; } = Nothing;

    /// <summary>All settings.</summary>
    public TextTable Settings { get; private init; } = Nothing;

    /// <summary>The parts that decided its numbers.</summary>
    public TextTable Versions { get; private init; } = Nothing;

    /// <summary>The schedule's text form on one line; empty where the run cannot be read.</summary>
    public string Schedule { get; private init; } = "";

    /// <summary>Lengths that it had before, and until when.</summary>
    public IReadOnlyList<string> Changes { get; private init; } = [];

    /// <summary>What it was trained on, and the hash of that.</summary>
    public (string Name, string Sha256) Dataset { get; private init; } = ("", "");

    /// <summary>When it was made; null where it cannot be read.</summary>
    public DateTimeOffset? Created { get; private init; }

    /// <summary>What can be done with it now, and the command that does it.</summary>
    public IReadOnlyList<(string What, string Command)> Commands { get; private init; } = [];

    /// <summary>The designer with this run's schedule and length.</summary>
    public string DesignerAddress { get; private init; } = "designer";

    /// <summary>Reads a run.</summary>
    /// <param name="run">As it was found.</param>
    /// <param name="folder">The folder of runs, as somebody typed it: commands begin with it.</param>
    /// <param name="fence">Around it.</param>
    internal static RunDetails Of(FolderRun run, string folder, Fence fence)
    {
        var commands = CommandsOf(run, folder);
        if (run.State.Problem.Length > 0 && run.State.Stage != RunStage.Failed)
        {
            return new RunDetails(run) { Problem = run.State.Problem };
        }

        if (!RunState.IsRun(run.Directory))
        {
            return new RunDetails(run) { Commands = commands };
        }

        return Guarded.Read(run.Directory, () => Of(run, GuardedRun.Read(run.Directory, fence), fence) with { Commands = commands }, problem => new RunDetails(run) { Problem = problem });
    }

    private static RunDetails Of(FolderRun run, RunRecord record, Fence fence)
    {
        var (definition, metrics) = (record.Definition, record.Metrics);
        var summary = metrics.RowCount > 0 ? RunSummary.Of(metrics) : null;
        var rates = RunSchedules.Rates(record, FolderDetails.RateSamples, out var note);
        return new RunDetails(run)
        {
            Verdict = summary is null ? "" : RunReport.Verdict(definition, metrics, summary),
            Result = summary is null ? Nothing : RunReport.Table(summary),
            Charts = ResultsPicture.Charts(metrics, rates),
            RatesNote = note,
            Pictures = PicturesOf(run, fence),
            Notes = RunNotes.Read(run.Directory),
            Changed = RunSettings.Changed(definition),
            Settings = RunSettings.All(definition),
            Versions = RunReport.VersionsOf(definition),
            Schedule = RunSettings.ScheduleOf(definition),
            Changes = [.. definition.Changes.Select(change => string.Create(CultureInfo.InvariantCulture, $"It had {Counted.Of(change.Epochs, "epoch")} until {change.AtEpochs:0.##} of them were trained."))],
            Dataset = (definition.DatasetName, definition.DatasetSha256),
            Created = definition.Created,
            DesignerAddress = Designer(run, record),
        };
    }

    private static IReadOnlyList<(string Heading, IReadOnlyList<(string Address, string Alternative)> Pictures)> PicturesOf(FolderRun run, Fence fence) =>
    [
        .. PictureGroup.In(new PictureFolder(run.Directory))
            .Select(group => (group.Heading, (IReadOnlyList<(string, string)>)[
                .. group.Files.Where(file => fence.Objection(Path.Combine(run.Directory, file.FileName)).Length == 0)
                    .Select(file => (PageAddress.OfPicture(run, file.FileName, FileStamp.Of(Path.Combine(run.Directory, file.FileName)).Changed), file.Alternative))]))
            .Where(group => group.Item2.Count > 0),
    ];

    private static string Designer(FolderRun run, RunRecord record)
    {
        try
        {
            var options = TrainOptions.FromJson(record.Definition.OptionsJson, record.Path);
            var shown = DesignerState.Start with
            {
                Schedules = [new DesignedSchedule(ScheduleText.Parse(record.Definition.ScheduleJson).CanonicalText)],
                Epochs = options.Epochs,
                Batches = RunSchedules.BatchesPerEpoch(record) ?? DesignerState.Start.Batches,
                BaseRates = [options.HyperParameters.LearningRate],
                Trained = options.Warmup == WarmupSource.Yolov5 ? Trained.Yolov5 : Trained.No,
                Run = run.Name,
            };
            return shown.Address;
        }
        catch (Exception fault) when (BadInput.IsCause(fault) || fault is ArgumentException)
        {
            return "designer";
        }
    }

    private static IReadOnlyList<(string What, string Command)> CommandsOf(FolderRun run, string folder)
    {
        var path = ShellWord.Quoted(Path.Combine(folder, run.Name));
        if (run.Comparison is { } comparison)
        {
            var place = Path.Combine(folder, comparison);
            return run.State.Stage is RunStage.Finished or RunStage.Running ? []
                : [(run.State.Stage == RunStage.Waiting ? "Begin it" : "Go on with it", $"./cawb compare {ShellWord.Quoted(Path.Combine(place, "plan.json"))} --out {ShellWord.Quoted(place)} --run {ShellWord.Quoted($"{run.Arm}/{run.Seed}")}")];
        }

        var longer = string.Create(CultureInfo.InvariantCulture, $"./cawb train --resume {path} --epochs {Math.Max(2, run.State.Epochs * 2)}");
        return run.State.Stage switch
        {
            RunStage.Interrupted => [("Go on with it", $"./cawb train --resume {path}"), ("Go on and make it longer", longer)],
            RunStage.Finished => [("Make it longer", longer), ("Evaluate its best weights", $"./cawb val {path} --name best")],
            _ => [],
        };
    }
}
