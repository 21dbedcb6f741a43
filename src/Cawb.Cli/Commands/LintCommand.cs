using System.CommandLine;
using System.Text.Json.Nodes;
using Cawb.Cli.Schedules;
using Cawb.Insight;
using Cawb.Training;
using Cawb.Training.Views;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb lint</c>: what looks wrong with schedules in a run.</summary>
internal static class LintCommand
{
    private const string Help = """
        Says what looks wrong with a schedule in a run. It finds boots that never fire, peaks that are never reached, warm-ups that are too long, rates past limits and more.
        Exit code 0: at most notices. 1: warnings or errors. 2: bad input.

        Examples:
          cawb lint schedule.json --epochs 150 --batches 625
          cawb lint --schedule cawb --steps 30 80 160 --epochs 200 --base-lrs 0.1
          cawb lint --from torch.OneCycleLR '{"max_lr": 0.1, "total_steps": 100}' --base-lrs 0.01 --highest-rate 0.5
        """;

    public static Command Create()
    {
        var schedules = new ScheduleArguments(usualBatches: 100);
        var highest = new Option<double>("--highest-rate")
        {
            Description = "The highest learning rate that is still sensible; needs --base-lrs. 1 suits SGD, 0.01 Adam.",
            DefaultValueFactory = _ => LintLimits.Default.HighestRate,
        };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var command = new Command("lint", Help);
        schedules.AddTo(command);
        command.Options.Add(highest);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            var view = schedules.Read(result);
            var (read, plan) = (view.Schedules, view.Plan);
            UselessFlags.Refuse(result, !schedules.HasBaseRates(result), "without --base-lrs the values are multiples of the base, and no rate is known", highest);
            var limits = schedules.HasBaseRates(result) ? Limits(result.GetValue(highest)) : null;
            var findings = read.SelectMany(schedule => Findings(schedule, plan, schedules.BaseRates(result), limits)).ToList();
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                Output.WriteJson(output, new JsonArray([.. findings.Select(found => Json(found.Name, found.Finding))]));
            }
            else
            {
                output.Write(findings.Count > 0 ? view.Note : "");
                Print(output, read, findings);
            }

            return findings.Exists(found => found.Finding.Severity > LintSeverity.Notice) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static LintLimits Limits(double highest) => double.IsFinite(highest) && highest > 0
        ? new LintLimits(highest)
        : throw new InputException(FormattableString.Invariant($"--highest-rate must be a finite number above 0; got {highest}."));

    // Groups with the same schedule and the same findings are one finding.
    private static IEnumerable<(string Name, LintFinding Finding)> Findings(NamedSchedule schedule, TrainingPlan plan, IReadOnlyList<double> rates, LintLimits? limits) =>
        rates.SelectMany((rate, group) => limits is null ? schedule.Of(group).Lint(plan) : schedule.Of(group).Lint(plan, rate, limits))
            .DistinctBy(finding => (finding.Code, finding.Epochs))
            .OrderBy(finding => finding.Epochs)
            .Select(finding => (schedule.Name, finding));

    private static void Print(TextWriter output, IReadOnlyList<NamedSchedule> read, List<(string Name, LintFinding Finding)> findings)
    {
        foreach (var (name, finding) in findings)
        {
            output.WriteLine(read.Count > 1 ? $"{name}: {finding}" : finding.ToString());
        }

        if (findings.Count == 0)
        {
            output.WriteLine("Nothing to complain about.");
            return;
        }

        var counts = findings.GroupBy(found => found.Finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => Counted.Of(group.Count(), group.Key.ToString().ToLowerInvariant()));
        output.WriteLine(string.Join(", ", counts));
    }

    private static JsonObject Json(string name, LintFinding finding) => new()
    {
        ["schedule"] = name,
        ["code"] = finding.Code,
        ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
        ["epochs"] = finding.Epochs,
        ["place"] = finding.Place,
        ["message"] = finding.Message,
        ["fix"] = finding.Fix,
    };
}
