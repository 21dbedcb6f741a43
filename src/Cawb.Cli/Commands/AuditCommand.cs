using System.CommandLine;
using System.Text.Json.Nodes;
using Cawb.Cli.Schedules;
using Cawb.Insight;
using Cawb.Training;
using Cawb.Training.Audit;
using Cawb.Training.Views;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb audit</c>: did a run train with the rates that were planned?</summary>
internal static class AuditCommand
{
    private const int MostShown = 20;

    private const string Help = """
        Holds the rates that a run trained with against the planned ones, step by step: a finished run or one that still trains. It says at which step they part and what that looks like:
        writes from outside, steps skipped or taken twice, one step per epoch in place of one per batch, a start over after a resume, another base rate.
        Exit code 0: as planned. 1: something differs. 2: bad input.

        Examples:
          cawb audit metrics.csv --schedule schedule.json --epochs 100 --batches 63 --base-lrs 0.1
          cawb audit results.csv --schedule cosine --epochs 100 --batches 63 --base-lrs 0.01 --column x/lr1
          cawb audit runs/tensorboard --schedule oneCycle:totalEpochs=20,riseEpochs=6,start=0.04,end=0.0001 --epochs 20 --batches 500 --base-lrs 0.1
          cawb audit log.csv --schedule torch.OneCycleLR:max_lr=0.1,total_steps=1000 --base-lrs 0.1 --column lr
        """;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A CSV file with a line of names, a TensorBoard event file, or a folder with one." };
        var schedules = new ScheduleArguments(usualBatches: 1);
        var columns = new Option<string[]>("--column")
        {
            Description = "The columns or tags of the rates, one per parameter group. [default: all that are named like a learning rate]",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var at = new Option<string?>("--at") { Description = "CSV: the column that counts batches or epochs. [default: batch, step, iteration or epoch]" };
        var counts = new Option<string?>("--counts")
        {
            Description = "What the file counts: batches or epochs. A row of an epoch is its first batch unless --row-is says otherwise. [default: epochs where the column is called epoch, else batches]",
        }.AcceptOnlyFromAmong("batches", "epochs");
        var rowIs = new Option<string?>("--row-is") { Description = "Where the file counts epochs: whether its value is that of the epoch's first batch or last batch. [default: the one that fits better]" }.AcceptOnlyFromAmong("first", "last");
        var first = new Option<int>("--first") { Description = "The number of the first batch or epoch in the file's count: 0, or 1.", DefaultValueFactory = _ => 0 };
        var tolerance = new Option<double>("--tolerance") { Description = "Differences up to this share of the highest planned rate are none.", DefaultValueFactory = _ => 1e-5 };
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var command = new Command("audit", Help) { file };
        schedules.AddFlagsTo(command);
        foreach (var option in (Option[])[columns, at, counts, rowIs, first, tolerance, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            var path = result.GetValue(file) ?? "";
            var view = schedules.Read(result);
            var isEvents = TensorBoardRates.IsOne(path);
            UselessFlags.Refuse(result, isEvents, "events of TensorBoard have steps", at);
            var applied = isEvents ? TensorBoardRates.Read(path, result.GetValue(columns) ?? []) : CsvRates.Read(path, result.GetValue(columns) ?? [], result.GetValue(at));
            var inEpochs = result.GetValue(counts) is { } typed ? typed == "epochs" : applied.CountsEpochs;
            UselessFlags.Refuse(result, !inEpochs, "the file counts batches", rowIs);
            var rates = schedules.BaseRates(result);
            if (rates.Count > 1 && rates.Count != applied.Columns.Count)
            {
                throw new InputException($"There are {Counted.Of(rates.Count, "base rate")} for {Counted.Of(applied.Columns.Count, "column")} of rates ({string.Join(", ", applied.Columns.Select(column => column.Name))}). Give one for all, or one per column.");
            }

            var row = result.GetValue(rowIs) switch { "first" => EpochRow.FirstBatch, "last" => EpochRow.LastBatch, _ => EpochRow.FitsBetter };
            var count = new AppliedCount(inEpochs, result.GetValue(first), row);
            List<(string Name, AuditFinding Finding)> findings = [];
            foreach (var (column, group) in applied.Columns.Select((column, group) => (column, group)))
            {
                var audit = Audit(view, group, rates[Math.Min(group, rates.Count - 1)], result.GetValue(tolerance));
                findings.AddRange(RateAudit.Of(audit, path, column, view.Plan, count).Findings.Select(finding => (column.Name, finding)));
            }

            Print(result, result.GetValue(json), applied, view, findings);
            return findings.Count > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static ScheduleAudit Audit(ScheduleView view, int group, double rate, double tolerance)
    {
        try
        {
            return new ScheduleAudit(view.Plan, view.Single.Of(group), rate, group: group, tolerance: tolerance);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InputException($"--tolerance: {exception.Message}", exception);
        }
    }

    private static void Print(ParseResult result, bool isJson, AppliedRates applied, ScheduleView view, List<(string Name, AuditFinding Finding)> findings)
    {
        var output = result.InvocationConfiguration.Output;
        if (isJson)
        {
            Output.WriteJson(output, new JsonArray([.. findings.Select(found => (JsonNode)Json(found.Name, found.Finding))]));
            return;
        }

        output.Write(findings.Count > 0 ? view.Note : "");
        foreach (var (name, finding) in findings.Take(MostShown))
        {
            output.WriteLine($"{name}: {finding.Code}: {finding.Message}");
        }

        if (findings.Count > MostShown)
        {
            output.WriteLine($"... and {findings.Count - MostShown} more (--json has all).");
        }

        if (findings.Count == 0)
        {
            var rows = applied.Columns.Sum(column => column.Rows.Count);
            output.WriteLine($"{Counted.Of(rows, "value")} of {string.Join(", ", applied.Columns.Select(column => column.Name))}: as planned by {view.Single.Name}.");
        }
    }

    private static JsonObject Json(string column, AuditFinding finding) => new()
    {
        ["column"] = column,
        ["code"] = finding.Code,
        ["group"] = finding.Group,
        ["batch"] = finding.Batch,
        ["batches"] = finding.Batches,
        ["planned"] = finding.Planned,
        ["applied"] = finding.Applied,
        ["message"] = finding.Message,
    };
}
