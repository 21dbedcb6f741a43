using System.CommandLine.Parsing;
using System.CommandLine;
using Cawb.Cli.Schedules;
using Cawb.Cli.Training;
using Cawb.Detection.Data;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Ranks;
using Cawb.Training.Runs;
using Cawb.Training;
using Cawb.Yolov5;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb train</c>: trains a YOLOv5 under a schedule.</summary>
internal static class TrainCommand
{
    public const string Yolov5 = "yolov5";
    public const string Yolov5Cosine = "yolov5-cosine";

    private const string Help = """
        Trains a YOLOv5 detector under a learning-rate schedule.

        Without any schedule flag a training goes as YOLOv5 trains: rate falling in a straight line from lr0 to lr0 * lrf, after its warm-up (3 epochs, at least 100 batches).
        --schedule says what the rate does instead; lr0 of --hyp stays the base that it scales. --warmup says who warms up: yolov5 lays YOLOv5's warm-up over the front of any
        schedule (biases from warmup_bias_lr, other rates from 0, momentum from warmup_momentum, batches per optimizer step from 1), schedule leaves it to the schedule, for example
        --warmup-epochs. There is one warm-up, never two.

        Examples:
          cawb train --data data/digits --image-size 96 --epochs 20 --hyp hyp/digits.json --steps 8 14 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3
          cawb train --data mine.yaml --weights yolov5s.pt --image-size 640 --epochs 100
          cawb train --data mine.yaml --epochs 100 --weights runs/train/exp --freeze 10 --patience 20
          cawb train --data coco --model s --epochs 150 --schedule cosine --eta-min 0.2 --warmup yolov5 --multi-scale
          cawb train --data mine.yaml --schedule schedule.json --dry-run
          cawb train --resume
          cawb train --resume runs/train/exp2 --epochs 200
          cawb train --img 640 --batch 16 --epochs 100 --data mine.yaml --weights '' --cfg yolov5s.yaml --cos-lr --name mine
        """;

    private static readonly ScheduleOptions Schedules = new($"{Yolov5} (linear), {Yolov5Cosine}, cawb, cosine, linear or constant", $"{Yolov5}, or cawb where one of its flags is typed");

    private static readonly RunFlags Flags = new(TrainOption.All, Schedules);

    private static readonly OutputFolder Out = new("train");

    private static readonly Option<bool> CosineRate = new("--cos-lr") { Description = $"The same as --schedule {Yolov5Cosine}." };

    private static readonly Option<string?> ResumePath = new("--resume")
    {
        Description = "Go on with this run directory, or without a name with the newest run under runs; takes everything from its record. With --epochs the run gets another length.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "RUN",
    };

    private static readonly Option<bool> Strict = new("--strict") { Description = "Take warnings about the schedules for errors: exit code 2, and nothing is trained." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show data, anchors, rates, warnings and how long it will take, from a measurement of some seconds; make no run." };

    private static readonly Option<int> RankTimeout = new("--rank-timeout")
    {
        Description = "On several ranks: seconds that a rank waits for the others before it ends them all.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => RankedTraining.UsualTimeout,
    };

    public static Command Create()
    {
        var command = new Command("train", Help);
        Flags.AddTo(command);
        Out.AddTo(command);
        command.Options.Add(CosineRate);
        command.Options.Add(ResumePath);
        command.Options.Add(Strict);
        command.Options.Add(DryRun);
        command.Options.Add(RankTimeout);
        Schedules.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        using var interruption = new Interruption();
        var launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        RequireLauncher(result, launcher);
        if (result.GetValue(DryRun))
        {
            return Look(result, launcher, interruption.Token);
        }

        var open = Opening(result, launcher, interruption.Token);
        return launcher.Size == 1 ? Train(OneRank.Only)
            : RankedTraining.Execute(launcher, result.GetValue(RankTimeout), result.InvocationConfiguration.Error, Train, interruption.Token);

        int Train(IRanks ranks)
        {
            try
            {
                using var run = open(ranks);
                return TrainingPresentation.Execute(run, result.InvocationConfiguration, isLive: ranks.Size == 1, interruption.Token) ? ExitCode.Done : ExitCode.TryAgain;
            }
            catch (OperationCanceledException) when (result.GetValue(ResumePath) is not null)
            {
                result.InvocationConfiguration.Error.WriteLine($"Interrupted while the data were read. Go on with: ./cawb train --resume {result.GetValue(ResumePath)}");
                return ranks.Size == 1 ? ExitCode.TryAgain : RankedTraining.Abort(ranks, ExitCode.TryAgain);
            }
        }
    }

    private static void RequireLauncher(ParseResult result, Launcher launcher)
    {
        WholeNumber.Require("--rank-timeout", result.GetValue(RankTimeout), 1, 1_000_000);
        var typed = result.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit && (option.Option == RankTimeout
            || Flags.IsFor(option.Option, nameof(TrainOptions.SyncBn)) || Flags.IsFor(option.Option, nameof(TrainOptions.FastReduce))));
        if (typed is not null && launcher == Launcher.None)
        {
            throw new InputException($"{typed.Option.Name} says how several ranks train together, and this process was started alone. Leave it out, or start several: mpirun -n 4 ./cawb train ...");
        }
    }

    // What was typed is checked here, before ranks meet; the rest is rank 0's.
    private static Func<IRanks, TrainingRun> Opening(ParseResult result, Launcher launcher, CancellationToken cancellation)
    {
        if (result.GetResult(ResumePath) is not null)
        {
            return Resume(result, cancellation);
        }

        var (options, schedule) = Typed(result, launcher);
        var (path, project, name) = Out.Read(result);
        return ranks => TrainingRun.Start(path, options, schedule, DetectionData.Open(options.Data, cancellation), ranks, project, name, result.GetValue(Strict));
    }

    private static int Look(ParseResult result, Launcher launcher, CancellationToken cancellation)
    {
        if (launcher.Size > 1)
        {
            throw new InputException($"--dry-run looks at a training from one process, and {launcher.Name} started {launcher.Size}. Start it without {launcher.Name}.");
        }

        if (result.GetResult(ResumePath) is not null)
        {
            throw new InputException("--dry-run looks at a training that is not begun, and --resume goes on with one. Leave one of them out; cawb plot RUN and cawb report RUN show what is begun.");
        }

        var (options, schedule) = Typed(result, launcher);
        return TrainingDryRun.Show(options, schedule, result.GetValue(Strict), result.InvocationConfiguration.Output, cancellation);
    }

    // All options and the schedule of a new training.
    private static (TrainOptions Options, Schedule Schedule) Typed(ParseResult result, Launcher launcher)
    {
        var options = Flags.Read(result);
        if (!Flags.IsTyped(result, nameof(TrainOptions.Threads)))
        {
            options = options with { Threads = Math.Max(1, options.Threads / launcher.LocalSize) };
        }

        var schedule = ReadSchedule(result, options);
        if (!Flags.IsTyped(result, nameof(TrainOptions.Warmup)))
        {
            options = options with { Warmup = TrainingSchedules.UsualWarmup(schedule) };
        }

        return options.KeepTroughs && schedule.Events(options.Epochs).All(scheduleEvent => scheduleEvent.Kind != ScheduleEventKind.Trough || scheduleEvent.Epochs >= options.Epochs)
            ? throw new InputException("--keep-troughs has no effect here: the schedule has neither boots nor restarts within the run, and so no trough. Leave it out.")
            : (options, schedule);
    }

    private static Func<IRanks, TrainingRun> Resume(ParseResult result, CancellationToken cancellation)
    {
        var isOtherLength = Flags.IsTyped(result, nameof(TrainOptions.Epochs));
        var typed = result.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit && option.Option != ResumePath && option.Option != RankTimeout && !Flags.IsFor(option.Option, nameof(TrainOptions.Epochs)));
        if (typed is not null)
        {
            throw new InputException($"{typed.Option.Name} cannot be given with --resume: a run goes on with what it began with, and only --epochs changes its length. Leave it out, or start a new run.");
        }

        var path = (result.GetValue(ResumePath) is { } given ? RunWeights.RunOf(given) : null) ?? NewestRun.Under("runs") ?? throw new InputException("--resume: there is no run under runs. Name a run directory, or start a run.");
        var epochs = isOtherLength ? Flags.Epochs(result) : 0;
        return ranks => isOtherLength ? TrainingRun.Resume(path, epochs, ranks, cancellation) : TrainingRun.Resume(path, ranks, cancellation);
    }

    private static Schedule ReadSchedule(ParseResult result, TrainOptions options)
    {
        var detail = Schedules.FirstDetail(result);
        var name = Schedules.Name(result) ?? (result.GetValue(CosineRate) ? Yolov5Cosine : detail is null ? Yolov5 : "cawb");
        UselessFlags.Refuse(result, name != Yolov5Cosine, $"it is --schedule {Yolov5Cosine}, and --schedule {name} is given too", CosineRate);
        if (name is not (Yolov5 or Yolov5Cosine))
        {
            Schedules.RequireEffect(result, [name]);
            return Schedules.Read(result, name, options.Epochs);
        }

        return detail is null
            ? new Yolov5Schedule(options.Epochs, warmupEpochs: 0, finalFactor: options.HyperParameters.FinalFactor, curve: name == Yolov5 ? Yolov5Curve.Linear : Yolov5Curve.Cosine)
            : throw new InputException($"{detail.Name} does not belong to --schedule {name}, which takes its numbers from the hyper-parameters (lrf, warmup_epochs). Leave it out, or choose another schedule.");
    }
}
