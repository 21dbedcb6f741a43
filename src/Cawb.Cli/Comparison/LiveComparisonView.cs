using System.Globalization;
using Cawb.Reports.Tables;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Runs;
using Spectre.Console;

namespace Cawb.Cli.Comparison;

/// <summary>A table of all runs, an arm a row and a seed a column, that follows the work at a terminal.</summary>
/// <param name="console">The terminal.</param>
/// <param name="plan">What is compared.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class LiveComparisonView(IAnsiConsole console, ComparisonPlan plan, TimeProvider clock) : IComparisonView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Arm, int Seed), RunStatus> runs = [];
    private readonly long started = clock.GetTimestamp();

    // Share of all runs that earlier sessions did: it says nothing about the pace of this one.
    private double doneBefore;

    public void Report(RunStatus value)
    {
        lock (gate)
        {
            var key = (value.ArmName, value.Seed);
            if (!runs.TryGetValue(key, out var before) || (before.Stage == RunStage.Waiting && value.Stage == RunStage.Running))
            {
                doneBefore += value.Fraction;
            }
            else if (before is { Stage: RunStage.Running, Fraction: 0 } && value is { Stage: RunStage.Running, Fraction: > 0 })
            {
                // The first report of a run that goes on.
                doneBefore += value.Fraction;
            }

            runs[key] = value;
        }
    }

    public ComparisonResults Show(Task<ComparisonResults> work) => console.Live(Table()).Start(context =>
    {
        while (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(Pause))
        {
            context.UpdateTarget(Table());
        }

        context.UpdateTarget(Table());
        return work.GetAwaiter().GetResult();
    });

    private Table Table()
    {
        lock (gate)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("arm");
            foreach (var seed in plan.Seeds)
            {
                table.AddColumn(new TableColumn(string.Create(CultureInfo.InvariantCulture, $"seed {seed}")).RightAligned().NoWrap());
            }

            foreach (var arm in plan.Arms)
            {
                table.AddRow([new Text(arm.Name), .. plan.Seeds.Select(seed => Cell(runs.GetValueOrDefault((arm.Name, seed))))]);
            }

            return table.Caption(Markup.Escape(Caption()));
        }
    }

    private string Caption()
    {
        var all = plan.Arms.Count * plan.Seeds.Count;
        var finished = runs.Values.Count(run => run.Stage == RunStage.Finished);
        var (now, elapsed) = (runs.Values.Sum(run => run.Fraction) - doneBefore, clock.GetElapsedTime(started));
        var left = now > 0.02 && finished < all ? $", about {ReportText.Duration(elapsed / now * (all - doneBefore - now))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{finished} of {Counted.Of(all, "run is", "runs are")} done{left}");
    }

    private static Text Cell(RunStatus? run) => run?.Stage switch
    {
        RunStage.Running => new Text(string.Create(CultureInfo.InvariantCulture, $"{100 * run.Fraction:0} %"), new Style(Color.Yellow)),
        RunStage.Finished => new Text(run.Detail, new Style(Color.Green)),
        RunStage.Failed => new Text("failed", new Style(Color.Red)),
        RunStage.Waiting when run.Detail.Length > 0 => new Text("elsewhere", new Style(Color.Blue)),
        _ => new Text("."),
    };
}
