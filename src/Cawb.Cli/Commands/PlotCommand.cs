using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Schedules;
using Cawb.Reports.Charts;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Runs;
using Cawb.Training.Views;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb plot</c>: charts of schedules, in the terminal or in files.</summary>
internal static class PlotCommand
{
    // A chart has a few thousand columns; a run longer than this is drawn from evenly spaced batches.
    private const long MostPoints = 2_000_000;

    private const string Help = """
        Draws schedules over each other, batch by batch, with their events marked: in the terminal, or into files. For a run directory it draws what the run is to train with, all parameter groups, and the rates
        that it has trained with so far.

        Examples:
          cawb plot --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --lf "(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35" --epochs 150
          cawb plot cosine cawb --steps 30 60 80 --epochs 100 --base-lrs 0.1 --out curves.svg curves.html
          cawb plot torch.CosineAnnealingWarmRestarts '{"T_0": 10, "T_mult": 2}' --base-lrs 0.1 --epochs 70 --log
          cawb plot cosine hf.get_linear_schedule_with_warmup '{"num_warmup_steps": 500, "num_training_steps": 6250}' --per-batch --epochs 10 --batches 625 --base-lrs 5e-5
          cawb plot schedule.json --resume 20 --out resumed.png
          cawb plot --as-trained --hyp hyp/digits.json --epochs 20 --batches 63
          cawb plot runs/train
        """;

    public static Command Create()
    {
        var schedules = new ScheduleArguments(usualBatches: 100);
        var files = new Option<string[]>("--out")
        {
            Description = $"Files to write ({string.Join(", ", ChartFile.Extensions)}) instead of drawing in the terminal.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var logarithmic = new Option<bool>("--log") { Description = "A logarithmic axis for the rate." };
        var title = new Option<string>("--title") { Description = "A line above the plot.", DefaultValueFactory = _ => "" };
        var width = new Option<int>("--width") { Description = "Width of the chart in CSS pixels.", DefaultValueFactory = _ => ChartSize.Readme.Width };
        var height = new Option<int>("--height") { Description = "Height of the chart in CSS pixels.", DefaultValueFactory = _ => ChartSize.Readme.Height };
        var resume = new Option<double?>("--resume") { Description = "Capture each schedule's state at this epoch, restore it into a fresh scheduler, and draw what that gives over the uninterrupted curve." };
        var json = new Option<bool>("--json") { Description = "Print the points and events as JSON instead of drawing." };
        var command = new Command("plot", Help);
        var trained = new TrainedSchedules();
        schedules.AddTo(command);
        trained.AddTo(command);
        foreach (var option in (Option[])[files, logarithmic, title, width, height, resume, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            UselessFlags.Refuse(result, result.GetValue(json), "--json prints points and draws nothing", files, logarithmic, title, width, height);
            UselessFlags.Refuse(result, (result.GetValue(files) ?? []).Length == 0, "a chart in the terminal has the window's size; it belongs to --out", width, height);
            if (schedules.RunFolder(result, out var batchesPerEpoch) is { } run)
            {
                UselessFlags.Refuse(result, when: true, "a run says itself what it trains with", [.. trained.All, resume]);
                var record = RunRecord.Read(run);
                return ShowTrained(result, RunSchedules.Of(record, Batches(record, batchesPerEpoch)), record.Metrics);
            }

            if (trained.Read(result, schedules) is { } driven)
            {
                UselessFlags.Refuse(result, when: true, "it looks at a schedule alone", resume);
                return ShowTrained(result, driven, metrics: null);
            }

            var view = schedules.Read(result);
            var (read, plan) = (view.Schedules, view.Plan);
            var curves = Curves(read, plan, schedules.BaseRates(result), Resumed(result.GetValue(resume), plan)).ToList();
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                Output.WriteJson(output, new JsonArray([.. curves.Select(curve => (JsonNode)curve.Json(view.Unit))]));
                return ExitCode.Done;
            }

            var label = schedules.HasBaseRates(result) || read.All(schedule => schedule.Origin is not null) ? "learning rate" : "multiple of the base rate";
            var y = result.GetValue(logarithmic) ? ChartAxis.Logarithmic(label) : ChartAxis.Linear(label);
            var chart = new Chart(result.GetValue(title) ?? "", ChartAxis.Linear(view.Unit), y, curves.Select(curve => curve.Series)).WithMarkers(curves.SelectMany(curve => curve.Markers));
            return Draw(chart, result.GetValue(files) ?? [], Size(result.GetValue(width), result.GetValue(height)), output);
        });
        return command;

        int ShowTrained(ParseResult result, TrainingSchedules driven, MetricsTable? metrics)
        {
            var output = result.InvocationConfiguration.Output;
            var rows = driven.Rows.ToList();
            var applied = metrics is null ? null : Curve.Applied(metrics, driven.Plan);
            if (result.GetValue(json))
            {
                Output.WriteJson(output, new JsonArray([
                    .. rows.Select(row => (JsonNode)Curve.Of(row.Groups, row.Schedule, driven.Plan, row.BaseValue).Json(ScheduleView.Epoch, row.Parameter)),
                    .. applied is null ? Array.Empty<JsonNode>() : [applied.Json(ScheduleView.Epoch, "learningRate")]]));
                return ExitCode.Done;
            }

            var size = Size(result.GetValue(width), result.GetValue(height));
            foreach (var parameter in rows.GroupBy(row => row.Parameter).Where(parameter => parameter.Key != DrivenSchedule.WeightDecay || parameter.Any(row => row.Schedule is not ConstantSchedule)))
            {
                var label = parameter.First().Label;
                var axis = result.GetValue(logarithmic) ? ChartAxis.Logarithmic(label) : ChartAxis.Linear(label);
                List<Curve> curves = [.. parameter.Select(row => Curve.Of(row.Groups, row.Schedule, driven.Plan, row.BaseValue)), .. applied is not null && parameter.Key == DrivenSchedule.LearningRate ? [applied] : Array.Empty<Curve>()];
                var chart = new Chart(result.GetValue(title) ?? "", ChartAxis.Linear(ScheduleView.Epoch), axis, curves.Select(curve => curve.Series)).WithMarkers(curves.SelectMany(curve => curve.Markers));
                string[] names = [.. (result.GetValue(files) ?? []).Select(file => parameter.Key == DrivenSchedule.LearningRate ? file : Path.Combine(
                    Path.GetDirectoryName(file) ?? "", $"{Path.GetFileNameWithoutExtension(file)}-{parameter.Key}{Path.GetExtension(file)}"))];
                Draw(chart, names, size, output);
            }

            return ExitCode.Done;
        }
    }

    private static int Batches(RunRecord record, int? typed)
    {
        var known = RunSchedules.BatchesPerEpoch(record);
        return known is not null && typed is not null && known != typed ? throw new InputException($"{record.Path}: an epoch of this run has {Counted.Of(known.Value, "batch", "batches")}; --batches is {typed}. Leave it out.")
            : known ?? typed ?? throw new InputException($"{record.Path}: the run has no checkpoint, which would say how many batches an epoch has. Add --batches, the training images divided by the batch size.");
    }

    private static int Draw(Chart chart, string[] files, ChartSize size, TextWriter output)
    {
        if (files.Length == 0)
        {
            Terminal.Draw(chart, output);
            return ExitCode.Done;
        }

        // All names are checked before the first file is written.
        foreach (var file in files)
        {
            if (!ChartFile.CanWrite(file))
            {
                throw new InputException($"--out {file}: charts end in {string.Join(", ", ChartFile.Extensions)}.");
            }
        }

        foreach (var file in files)
        {
            ChartFile.Write(chart, file, size);
            output.WriteLine(file);
        }

        return ExitCode.Done;
    }

    private static ChartSize Size(int width, int height)
    {
        try
        {
            return new ChartSize(width, height);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InputException($"--width and --height: {exception.Message}", exception);
        }
    }

    private static long? Resumed(double? epochs, TrainingPlan plan) => epochs switch
    {
        null => null,
        >= 0 when epochs < plan.Epochs => plan.BatchAt(epochs.Value),
        _ => throw new InputException(FormattableString.Invariant($"--resume must be an epoch of the run, 0 to {plan.Epochs}; got {epochs}.")),
    };

    private static IEnumerable<Curve> Curves(IReadOnlyList<NamedSchedule> schedules, TrainingPlan plan, IReadOnlyList<double> rates, long? resumedAt)
    {
        foreach (var schedule in schedules)
        {
            for (var group = 0; group < rates.Count; group++)
            {
                var name = rates.Count == 1 ? schedule.Name : string.Create(CultureInfo.InvariantCulture, $"{schedule.Name}, group {group}");
                var curve = Curve.Of(name, schedule.Of(group), plan, rates[group]);
                yield return resumedAt is null ? curve : curve.Dashed();
                if (resumedAt is { } batch)
                {
                    yield return Curve.Resumed($"{name}, resumed", schedule.Of(group), plan, rates[group], batch);
                }
            }
        }
    }

    /// <summary>One curve with its events.</summary>
    private sealed record Curve(ChartSeries Series, IReadOnlyList<ChartMarker> Markers)
    {
        public static Curve Of(string name, Schedule schedule, TrainingPlan plan, double rate)
        {
            List<double> x = [];
            List<double> y = [];
            var stride = Math.Max(1, plan.TotalBatches / MostPoints);
            for (long batch = 0; batch < plan.TotalBatches;)
            {
                var epochs = plan.EpochsFromBatches(batch);
                x.Add(epochs);
                y.Add(schedule.ValueAt(epochs, rate));
                var held = schedule.ConstantUntil(epochs);
                batch = held > epochs ? Math.Max(batch + 1, Math.Min(plan.BatchAt(held), plan.TotalBatches)) : batch + stride;
            }

            // The last batch lasts until the end of the run.
            x.Add(plan.Epochs);
            y.Add(y[^1]);
            var markers = RunCharts.Events(schedule, plan.Epochs).Select(moment => ChartMarker.Of(name, moment.Epochs, moment.What));
            return new(ChartSeries.Steps(name, x.ToArray(), y.ToArray()), [.. markers]);
        }

        /// <summary>What a fresh scheduler gives that a state captured at a batch was restored into.</summary>
        public static Curve Resumed(string name, Schedule schedule, TrainingPlan plan, double rate, long batch)
        {
            var interrupted = new LearningRateScheduler(plan, schedule, rate);
            interrupted.MoveTo(batch);
            var scheduler = new LearningRateScheduler(plan, schedule, rate);
            scheduler.Restore(interrupted.CaptureState());
            List<double> x = [];
            List<double> y = [];
            for (; !scheduler.IsFinished; scheduler.Step())
            {
                x.Add(scheduler.Epochs);
                y.Add(scheduler.LearningRates[0]);
            }

            x.Add(plan.Epochs);
            y.Add(y[^1]);
            return new(ChartSeries.Steps(name, x.ToArray(), y.ToArray()), [ChartMarker.Of(name, plan.EpochsFromBatches(batch), "resume")]);
        }

        /// <summary>What the kernels have trained with: the rate of the last batch of each epoch. Null where no epoch is finished.</summary>
        public static Curve? Applied(MetricsTable metrics, TrainingPlan plan) => metrics.RowCount == 0 || !metrics.Has(MetricNames.LearningRate) ? null : new(
            ChartSeries.Points("applied in the last batch of each epoch", [.. metrics.Column(MetricNames.Epoch).Select(epoch => epoch - (1.0 / plan.BatchesPerEpoch))], metrics.Column(MetricNames.LearningRate)), []);

        public Curve Dashed() => this with { Series = Series.Dashed() };

        public JsonObject Json(string unit, string parameter = "learningRates") => new()
        {
            ["name"] = Series.Name,
            [$"{unit}s"] = Output.Array(Series.X.ToArray()),
            [parameter] = Output.Array(Series.Y.ToArray()),
            ["events"] = new JsonArray([.. Markers.Select(marker => (JsonNode)new JsonObject { [unit] = marker.X, ["label"] = marker.Label })]),
        };
    }
}
