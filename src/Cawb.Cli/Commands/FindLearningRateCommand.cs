using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Detection;
using Cawb.Cli.Training;
using Cawb.Detection.Data;
using Cawb.Reports.Charts;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Runs;
using Spectre.Console;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb find-lr</c>: a learning-rate range test.</summary>
internal static class FindLearningRateCommand
{
    private const string Help = """
        Looks for a learning rate to start a training from. It trains for some steps with a rate that rises from --from to --to, until the loss runs away, and draws the loss over the rate. Each loss is divided
        by that of the starting weights on the same pictures, so that hard and easy batches do not hide what was learnt. The suggestion is where the smoothed loss falls most steeply;
        give it to a training as lr0 of its hyper-parameters, the peak of its schedule. Nothing is kept: no run, no weights.

        Examples:
          cawb find-lr --data data/digits --image-size 96 --hyp hyp/digits.json
          cawb find-lr --data mine.yaml --model s --weights runs/train/best.safetensors --points 100 --out lr.svg
        """;

    private static readonly RunFlags Flags = new(TrainOption.All.Where(option => !option.IsOfWholeRun), schedules: null);

    private static readonly Option<double> From = new("--from") { Description = "The first rate.", DefaultValueFactory = _ => new RangeTestOptions().From };

    private static readonly Option<double> To = new("--to") { Description = "The last rate.", DefaultValueFactory = _ => new RangeTestOptions().To };

    private static readonly Option<int> Points = new("--points") { Description = "Optimizer steps, one at each rate.", DefaultValueFactory = _ => new RangeTestOptions().Points };

    private static readonly Option<string[]> Files = new("--out")
    {
        Description = $"Files to draw into ({string.Join(", ", ChartFile.Extensions)}), beside the picture in the terminal.",
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
            throw new InputException($"--out {unknown}: pictures end in {string.Join(", ", ChartFile.Extensions)}.");
        }

        var options = Flags.Read(result) with { Epochs = 1 };
        var output = result.InvocationConfiguration.Output;
        using var interruption = new Interruption();
        var data = DetectionData.Open(options.Data, interruption.Token);
        DataFindings.Write(data, result.InvocationConfiguration.Error);
        using var session = TrainingRun.NewSession(options.CompletedFor(data), new ConstantSchedule(), data);
        if (options.Weights.Length > 0)
        {
            session.StartFrom(options.Weights);
        }

        var found = WithProgress(!result.GetValue(Json) && Terminal.IsWindow(output), tell => session.FindLearningRate(range, tell, interruption.Token), range.Points);
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

    private static RangeTestResult WithProgress(bool isShown, Func<Action<RangeTestPoint>?, RangeTestResult> work, int points)
    {
        if (!isShown)
        {
            return work(null);
        }

        return AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("range test", maxValue: points);
                return work(point =>
                {
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"rate {point.LearningRate:g3}, loss {point.SmoothedLoss:0.0000}");
                    bar.Increment(1);
                });
            });
    }

    private static Chart Draw(RangeTestResult found)
    {
        double[] rates = [.. found.Points.Select(point => point.LearningRate)];
        var chart = new Chart("", ChartAxis.Logarithmic("learning rate"), ChartAxis.Linear("loss / loss of the starting weights"),
        [
            ChartSeries.Line("every step", rates, found.Points.Select(point => point.RelativeLoss).ToArray()),
            ChartSeries.Line("smoothed", rates, found.Points.Select(point => point.SmoothedLoss).ToArray()),
        ]);
        return found.Suggestion is { } rate ? chart.WithMarkers([ChartMarker.At(rate, Text(rate)), ChartMarker.At(found.LowestLossRate, "lowest")]) : chart;
    }

    private static string Conclusion(RangeTestResult found)
    {
        var end = found.IsDiverged ? $"The loss ran away at {Text(found.Points[^1].LearningRate)}." : "The loss did not run away; a higher --to would show where it does.";
        return found.Suggestion is { } rate
            ? $"Suggested peak rate: {Text(rate)}, where the loss falls most steeply. It is lowest at {Text(found.LowestLossRate)}. {end}"
            : $"The loss did not fall by 3 %, so there is no suggestion. {end} Fresh weights learn slowly: try more --points, or start from --weights.";
    }

    private static JsonObject ToJson(RangeTestResult found) => new()
    {
        ["suggestion"] = found.Suggestion,
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
