using System.CommandLine;
using System.CommandLine.Parsing;
using Cawb.Cli.Training;
using Cawb.Detection.Data;
using Cawb.Training;
using Cawb.Training.Options;
using Cawb.Training.Runs;
using Cawb.Yolov5;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb train</c>: trains a YOLOv5 under a schedule.</summary>
internal static class TrainCommand
{
    public const string Yolov5 = "yolov5";
    public const string Yolov5Cosine = "yolov5-cosine";

    private const string Help = """
        Trains a YOLOv5 detector under a learning-rate schedule.

        Without any schedule flag a training goes as the release trains: rate falling in a straight line from lr0 to lr0 * lrf, after its warm-up (3 epochs, at least 100 batches).
        --schedule says what the rate does instead; lr0 of --hyp stays the base that it scales. --warmup says who warms up: yolov5 lays the release's warm-up over the front of any
        schedule (biases from warmup_bias_lr, other rates from 0, momentum from warmup_momentum, batches per optimizer step from 1), schedule leaves it to the schedule, for example
        --warmup-epoch. There is one warm-up, never two.

        Examples:
          cawb train --data data/digits --image-size 96 --epochs 20 --hyp hyp/digits.json --steps 8 14 --step-scale 0.7 --epoch-scale 4 --warmup-epoch 3
          cawb train --data mine.yaml --model s --epochs 100 --weights runs/train/best.safetensors --freeze 10 --patience 20
          cawb train --data coco --model s --epochs 150 --schedule cosine --eta-min 0.2 --warmup yolov5 --multi-scale
          cawb train --resume runs/train-2
        """;

    private static readonly ModelArguments Model = new();

    private static readonly ScheduleOptions Schedules = new($"{Yolov5} (linear), {Yolov5Cosine}, cawb, cosine, linear or constant", $"{Yolov5}, or cawb where one of its flags is typed");

    private static readonly Option<int> Epochs = new("--epochs") { Description = "Passes over the training pictures.", DefaultValueFactory = _ => 100 };

    private static readonly Option<string?> Warmup = new Option<string?>("--warmup")
    {
        Description = "Who warms up: yolov5 (hyper-parameters) or schedule. Without it yolov5 under its own schedules, schedule under all others.",
    }.AcceptOnlyFromAmong(TrainOptions.Yolov5Warmup, TrainOptions.ScheduleWarmup);

    private static readonly Option<string?> Momentum = new("--momentum-schedule")
    {
        Description = "Momentum over the run: what --schedule takes as file or JSON; its base is momentum of --hyp. Replaces the momentum of any warm-up.",
    };

    private static readonly Option<string?> WeightDecay = new("--weight-decay-schedule")
    {
        Description = "Weight decay over the run: what --schedule takes as file or JSON; its base is weight_decay of --hyp.",
    };

    private static readonly Option<int> Patience = new("--patience")
    {
        Description = "End after N epochs without a higher fitness (0.1 AP50 + 0.9 AP of the validation); 0 for never.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<bool> KeepTroughs = new("--keep-troughs") { Description = "Keep the weights at each trough of the schedule: trough-1.safetensors and so on, the last seven." };

    private static readonly Option<string?> Out = new("--out") { Description = "Run directory to make; the next free runs/train-N without it." };

    private static readonly Option<string?> ResumePath = new("--resume") { Description = "Go on with this run directory; takes everything from its record." };

    public static Command Create()
    {
        var command = new Command("train", Help);
        command.Options.Add(Epochs);
        Model.AddTo(command);
        foreach (var option in new Option[] { Patience, KeepTroughs, Out, ResumePath, Warmup, Momentum, WeightDecay })
        {
            command.Options.Add(option);
        }

        Schedules.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        using var interruption = new Interruption();
        try
        {
            using var run = Open(result, interruption.Token);
            return TrainingPresentation.Execute([new LabelledRun("", run)], result.InvocationConfiguration, interruption.Token) ? ExitCode.Done : ExitCode.TryAgain;
        }
        catch (OperationCanceledException) when (result.GetValue(ResumePath) is { } path)
        {
            result.InvocationConfiguration.Error.WriteLine($"Interrupted while the data were read. Go on with: ./cawb train --resume {path}");
            return ExitCode.TryAgain;
        }
    }

    private static TrainingRun Open(ParseResult result, CancellationToken cancellation)
    {
        if (result.GetValue(ResumePath) is { } path)
        {
            var typed = result.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit && option.Option != ResumePath);
            return typed is null
                ? TrainingRun.Resume(path, cancellation)
                : throw new InputException($"{typed.Option.Name} cannot be given with --resume: a run goes on with what it began with. Leave it out, or start a new run.");
        }

        WholeNumber.Require("--epochs", result.GetValue(Epochs), 1, 100_000);
        WholeNumber.Require("--patience", result.GetValue(Patience), 0, 100_000);
        var model = Model.Read(result, result.GetValue(Epochs));
        var schedule = ReadSchedule(result, model);
        var options = model with
        {
            Patience = result.GetValue(Patience),
            KeepTroughs = result.GetValue(KeepTroughs),
            Warmup = result.GetValue(Warmup) ?? (schedule is Yolov5Schedule { WarmupEpochs: 0 } ? TrainOptions.Yolov5Warmup : TrainOptions.ScheduleWarmup),
            MomentumSchedule = Other(result, Momentum, model.Epochs),
            WeightDecaySchedule = Other(result, WeightDecay, model.Epochs),
        };
        return TrainingRun.Start(result.GetValue(Out), options, schedule, DetectionData.Open(options.Data, cancellation));
    }

    private static Schedule ReadSchedule(ParseResult result, TrainOptions options)
    {
        var detail = Schedules.FirstDetail(result);
        var name = Schedules.Name(result) ?? (detail is null ? Yolov5 : "cawb");
        if (name is not (Yolov5 or Yolov5Cosine))
        {
            Schedules.RequireEffect(result, [name]);
            return Schedules.Read(result, name, options.Epochs);
        }

        return detail is null
            ? new Yolov5Schedule(options.Epochs, warmupEpochs: 0, finalFactor: options.HyperParameters.FinalFactor, curve: name == Yolov5 ? Yolov5Curve.Linear : Yolov5Curve.Cosine)
            : throw new InputException($"{detail.Name} does not belong to --schedule {name}, which takes its numbers from the hyper-parameters (lrf, warmup_epochs). Leave it out, or choose another schedule.");
    }

    private static Schedule? Other(ParseResult result, Option<string?> option, int epochs)
    {
        if (result.GetValue(option) is not { } text)
        {
            return null;
        }

        try
        {
            return Schedules.Read(result, text, epochs);
        }
        catch (InputException exception)
        {
            throw new InputException($"{option.Name}: {exception.Message}", exception);
        }
    }
}
