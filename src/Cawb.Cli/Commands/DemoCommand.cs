using System.CommandLine;
using Cawb.Cli.Training;
using Cawb.Detection.Data;
using Cawb.Digits;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb demo</c>: the main job in minutes: digits, two trainings, a comparison.</summary>
internal static class DemoCommand
{
    private const int Epochs = 12;
    private const double WarmupEpochs = 1;

    private static readonly Option<string> Out = new("--out") { Description = "Where the runs and the comparison go; made anew.", DefaultValueFactory = _ => Path.Combine("runs", "demo") };

    private static readonly Option<string> Digits = new("--digits") { Description = "Where the digits lie, or are made.", DefaultValueFactory = _ => Path.Combine("data", "digits") };

    private static readonly Option<long> Seed = new("--seed") { Description = "Of both trainings; 0 or more.", DefaultValueFactory = _ => 0 };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads of each of the two trainings, which run side by side.",
        DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount / 2),
    };

    /// <summary>The article's pair, scaled to the length of the demo: its floors, its scales, boots after a quarter and after a good half of it.</summary>
    private static IEnumerable<(string Name, Schedule Schedule)> Arms =>
    [
        ("cosine", new WarmupSchedule(new HoldPerEpochSchedule(new CosineSchedule(Epochs - WarmupEpochs, minFactor: 0.2)), WarmupEpochs)),
        ("cawb", new CawbSchedule(Epochs, [3, 7], Annealing.Cosine(power: 1, scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: WarmupEpochs)),
    ];

    public static Command Create()
    {
        var command = new Command(
            "demo",
            """
            Makes the digits, trains YOLOv5n on them twice, under cosine and under CAWB with the same seed and budget, and compares the two. Five to ten minutes on two cores.

            Example:
              cawb demo
            """);
        foreach (var option in new Option[] { Out, Digits, Seed, Threads })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        WholeNumber.Require("--seed", result.GetValue(Seed), 0, long.MaxValue);
        WholeNumber.Require("--threads", result.GetValue(Threads), 1, 1024);
        using var interruption = new Interruption();
        var digits = result.GetValue(Digits) ?? "";
        DataCommand.MakeDigits(digits, ProgramHome.DigitsCache, new DigitsOptions(), result.InvocationConfiguration.Output);
        var data = DetectionData.Open(digits, interruption.Token);
        var folder = result.GetValue(Out) ?? "";
        var runs = new List<LabelledRun>();
        try
        {
            foreach (var (name, schedule) in Arms)
            {
                runs.Add(new LabelledRun(name, TrainingRun.Start(Path.Combine(folder, name), Options(result, digits), schedule, data)));
            }

            return TrainingPresentation.Execute(runs, result.InvocationConfiguration, interruption.Token) ? Compare(folder, runs, result.InvocationConfiguration.Output) : ExitCode.TryAgain;
        }
        finally
        {
            runs.ForEach(run => run.Run.Dispose());
        }
    }

    private static int Compare(string folder, List<LabelledRun> runs, TextWriter output)
    {
        List<ComparedRun> compared = [.. runs.Select(run => new ComparedRun(run.Label, RunRecord.Read(run.Run.Path), run.Run.Curve(run.Label)))];
        RunComparison.Write(folder, compared);
        output.WriteLine();
        output.Write(RunComparison.Table(compared).ToText());
        output.WriteLine($"\n{RunComparison.Conclusion(compared)}\n{folder} holds comparison.md, comparison.svg, comparison-lr.svg and comparison.csv.");
        return ExitCode.Done;
    }

    private static TrainOptions Options(ParseResult result, string digits) => new()
    {
        Model = "n",
        Data = Path.GetFullPath(digits),
        Epochs = Epochs,
        BatchSize = 16,
        ImageSize = 96,
        Seed = result.GetValue(Seed),
        Threads = result.GetValue(Threads),
        Device = "cpu",
        HyperParameters = HyperParameterFile.Read(ProgramHome.Find(Path.Combine("hyp", "digits.json"))),
    };
}
