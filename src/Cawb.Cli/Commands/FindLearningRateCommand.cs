using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Detection;
using Cawb.Cli.Training;
using Cawb.Detection.Data;
using Cawb.Reports.Charts;
using Cawb.Reports.Tables;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb find-lr</c>: a learning-rate range test.</summary>
internal static class FindLearningRateCommand
{
    private const string Help = """
        Looks for a learning rate to start a training from. It trains for some steps with a rate that rises from --from to --to, until the loss diverges, and draws the loss over the rate. Each loss is divided
        by that of the starting weights on the same images, so that hard and easy batches do not hide what was learnt. The suggestion is where the smoothed loss falls most steeply;
        give it to a training as lr0 of its hyper-parameters, the peak of its schedule. Where the loss falls within its noise, or is lowest at the edge of the range, it says so and suggests nothing.
        Nothing is kept: no run, no weights.

        Examples:
          cawb find-lr --data data/digits --image-size 96 --hyp hyp/digits.json
          cawb find-lr --data mine.yaml --model s --weights runs/train/exp --points 100 --out lr.svg
        """;

    private const int MeasuredSteps = 3;

    private static readonly RunFlags Flags = new(TrainOption.All.Where(option => !option.IsOfWholeRun), schedules: null);

    private static readonly Option<double> From = new("--from") { Description = "The first rate.", DefaultValueFactory = _ => new RangeTestOptions().From };

    private static readonly Option<double> To = new("--to") { Description = "The last rate.", DefaultValueFactory = _ => new RangeTestOptions().To };

    private static readonly Option<int> Points = new("--points") { Description = "Optimizer steps, one at each rate.", DefaultValueFactory = _ => new RangeTestOptions().Points };

    private static readonly Option<string[]> Files = new("--out")
    {
        Description = $"Files to draw into ({string.Join(", ", ChartFile.Extensions)}), beside the chart in the terminal.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print suggestion and points as JSON instead of drawing." };

    public static Command Create()
    {
        var command = new Command("find-lr", Help);
        Flags.AddTo(command);
        foreach (var option in new Option[] { From, To, Points, Files, Json })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var range = new RangeTestOptions { From = result.GetValue(From), To = result.GetValue(To), Points = result.GetValue(Points) };
        WholeNumber.Require("--points", range.Points, 10, 100_000);
        if (!(range.From > 0 && range.To > range.From && double.IsFinite(range.To)))
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--from is {range.From} and --to is {range.To}; rates must be finite and above 0, the last above the first."));
        }

        var files = result.GetValue(Files) ?? [];
        if (Array.Find(files, file => !ChartFile.CanWrite(file)) is { } unknown)
        {
            throw new InputException($"--out {unknown}: charts end in {string.Join(", ", ChartFile.Extensions)}.");
        }

        var options = Flags.Read(result) with { Epochs = 1 };
        var output = result.InvocationConfiguration.Output;
        using var interruption = new Interruption();
        var data = DetectionData.Open(options.Data, interruption.Token);
        DataFindings.Write(data, result.InvocationConfiguration.Error);
        options = options.CompletedFor(data);
        using var session = TrainingRun.NewSession(options, new ConstantSchedule(), data);
        if (options.Weights.Length > 0)
        {
            session.StartFrom(options.Weights);
        }

        var error = result.InvocationConfiguration.Error;
        error.WriteLine(Cost(session, range, options, interruption.Token));
        RangeTestResult found;
        using (var progress = new CountProgress(error, "steps", range.Points, TimeProvider.System))
        {
            found = session.FindLearningRate(range, _ => progress.Add(1), interruption.Token);
        }

        var chart = Draw(found);
        Array.ForEach(files, file => ChartFile.Write(chart, file, ChartSize.Readme));
        if (result.GetValue(Json))
        {
            Output.WriteJson(output, ToJson(found));
            return ExitCode.Done;
        }

        Terminal.Draw(chart, output);
        output.WriteLine(Conclusion(found));
        Array.ForEach(files, output.WriteLine);
        return ExitCode.Done;
    }

    // From a few steps of the same kind, after which everything is as before; the first finds cold caches.
    private static string Cost(TrainingSession session, RangeTestOptions range, TrainOptions options, CancellationToken cancellation)
    {
        var (warm, step) = (0L, TimeSpan.Zero);
        session.FindLearningRate(range with { To = range.From * 1.01, Points = MeasuredSteps }, _ =>
        {
            step = warm == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(warm) / (MeasuredSteps - 1);
            warm = warm == 0 ? TimeProvider.System.GetTimestamp() : warm;
        }, cancellation);
        var images = (long)range.Points * session.Plan.Accumulation * options.BatchSize;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Counted.Of(range.Points, "step")} at rates from {Text(range.From)} to {Text(range.To)}, {Counted.Of(images, "image")} in all. This takes about {ReportText.Duration(step * range.Points)} at most; it ends earlier where the loss diverges.");
    }

    private static Chart Draw(RangeTestResult found)
    {
        double[] rates = [.. found.Points.Select(point => point.LearningRate)];
        var chart = new Chart("", ChartAxis.Logarithmic("learning rate"), ChartAxis.Linear("loss / loss of the starting weights"),
        [
            ChartSeries.Line("every step", rates, found.Points.Select(point => point.RelativeLoss).ToArray()),
            ChartSeries.Line("smoothed", rates, found.Points.Select(point => point.SmoothedLoss).ToArray()),
        ]);
        var lowest = ChartMarker.At(found.LowestLossRate, "lowest");
        return chart.WithMarkers(found.Suggestion is { } rate ? [ChartMarker.At(rate, Text(rate)), lowest] : [lowest]);
    }

    private static string Conclusion(RangeTestResult found)
    {
        var end = found.IsDiverged ? $"The loss diverged at {Text(found.Points[^1].LearningRate)}." : "The loss did not diverge; a higher --to would show where it does.";
        return found.Suggestion is { } rate
            ? $"Suggested peak rate: {Text(rate)}, where the loss falls most steeply. It is lowest at {Text(found.LowestLossRate)}. {end}"
            : $"Nothing can be concluded: {found.Doubt} {end}";
    }

    private static JsonObject ToJson(RangeTestResult found) => new()
    {
        ["suggestion"] = found.Suggestion,
        ["doubt"] = found.Doubt.Length > 0 ? found.Doubt : null,
        ["lowestLossRate"] = found.LowestLossRate,
        ["isDiverged"] = found.IsDiverged,
        ["points"] = new JsonArray([.. found.Points.Select(point => (JsonNode)new JsonObject
        {
            ["learningRate"] = point.LearningRate,
            ["loss"] = point.Loss,
            ["relativeLoss"] = point.RelativeLoss,
            ["smoothedLoss"] = point.SmoothedLoss,
        })]),
    };

    private static string Text(double rate) => rate.ToString("g3", CultureInfo.InvariantCulture);
}
