using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cawb.Cli.Training;
using Cawb.Detection.Data;
using Cawb.Detection.Model;
using Cawb.Detection.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb train</c>: trains a YOLOv5 under a schedule.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Model = new Option<string>("--model") { Description = "Size of the network.", DefaultValueFactory = _ => "n" }
        .AcceptOnlyFromAmong([.. ModelSize.All.Select(size => size.Name)]);

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "COCO folder (annotations/instances_train*.json, instances_val*.json, images/) or YOLO description (.yaml).",
    };

    private static readonly Option<int> Epochs = new("--epochs") { Description = "Passes over the training pictures.", DefaultValueFactory = _ => 100 };

    private static readonly Option<int> BatchSize = new("--batch-size") { Description = "Pictures per batch.", DefaultValueFactory = _ => 16 };

    private static readonly Option<int> ImageSize = new("--image-size") { Description = "Side of the network's input in pixels, a multiple of 32.", DefaultValueFactory = _ => 640 };

    private static readonly Option<long> Seed = new("--seed") { Description = "Of initial weights, order and augmentation; 0 or more.", DefaultValueFactory = _ => 0 };

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Threads that compute. The same seed and number of threads give the same bits.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private static readonly Option<string> Device = new("--device") { Description = "cpu, or cuda:0 with a libtorch that has it.", DefaultValueFactory = _ => "cpu" };

    private static readonly Option<string?> HyperParameterPath = new("--hyp") { Description = "Hyper-parameters as JSON (see hyp/); the release's scratch-low set without it." };

    private static readonly Option<bool> KeepTroughs = new("--keep-troughs") { Description = "Keep the weights at each trough of the schedule: trough-1.safetensors and so on, the last seven." };

    private static readonly Option<string?> Out = new("--out") { Description = "Run directory to make; the next free runs/train-N without it." };

    private static readonly Option<string?> ResumePath = new("--resume") { Description = "Go on with this run directory; takes everything from its record." };

    public static Command Create()
    {
        var schedule = new ScheduleOptions();
        var command = new Command(
            "train",
            """
            Trains a YOLOv5 detector under a learning-rate schedule.

            Examples:
              cawb train --data data/digits --image-size 96 --epochs 20 --hyp hyp/digits.json --steps 8 14 --step-scale 0.7 --epoch-scale 4 --warmup-epoch 3
              cawb train --data coco --model s --epochs 150 --schedule cosine --eta-min 0.2
              cawb train --resume runs/train-2
            """);
        foreach (var option in new Option[] { Data, Model, Epochs, BatchSize, ImageSize, Seed, Threads, Device, HyperParameterPath, KeepTroughs, Out, ResumePath })
        {
            command.Options.Add(option);
        }

        schedule.AddTo(command);
        command.SetAction(result => Run(result, schedule));
        return command;
    }

    private static int Run(ParseResult result, ScheduleOptions schedule)
    {
        using var interruption = new Interruption();
        using var run = Open(result, schedule, interruption.Token);
        return TrainingPresentation.Execute([new LabelledRun("", run)], interruption.Token) ? ExitCode.Done : ExitCode.Failed;
    }

    private static TrainingRun Open(ParseResult result, ScheduleOptions schedule, CancellationToken cancellation)
    {
        if (result.GetValue(ResumePath) is { } path)
        {
            var typed = result.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit && option.Option != ResumePath);
            return typed is null
                ? TrainingRun.Resume(path, cancellation)
                : throw new InputException($"{typed.Option.Name} cannot be given with --resume: a run goes on with what it began with. Leave it out, or start a new run.");
        }

        var options = Read(result);
        var made = schedule.Read(result, options.Epochs);
        return TrainingRun.Start(result.GetValue(Out), options, made, DetectionData.Open(options.Data, cancellation));
    }

    private static TrainOptions Read(ParseResult result)
    {
        var data = result.GetValue(Data) ?? throw new InputException("--data is missing: the folder of a COCO data set or a YOLO description (.yaml). For a ready one: cawb data digits.");
        Require("--epochs", result.GetValue(Epochs), 1, 100_000);
        Require("--batch-size", result.GetValue(BatchSize), 1, 4096);
        Require("--image-size", result.GetValue(ImageSize), 32, 4096);
        Require("--threads", result.GetValue(Threads), 1, 1024);
        Require("--seed", result.GetValue(Seed), 0, long.MaxValue);
        if (result.GetValue(ImageSize) % 32 != 0)
        {
            throw new InputException($"--image-size is {result.GetValue(ImageSize)}; it must be a multiple of 32, the stride of the coarsest level, for example {(result.GetValue(ImageSize) / 32 * 32) + 32}.");
        }

        var device = result.GetValue(Device) ?? "cpu";
        try
        {
            Torch.Device.Parse(device);
        }
        catch (FormatException exception)
        {
            throw new InputException($"--device: {exception.Message}", exception);
        }

        return new TrainOptions
        {
            Model = result.GetValue(Model) ?? "n",
            Data = Path.GetFullPath(data),
            Epochs = result.GetValue(Epochs),
            BatchSize = result.GetValue(BatchSize),
            ImageSize = result.GetValue(ImageSize),
            Seed = result.GetValue(Seed),
            Threads = result.GetValue(Threads),
            Device = device,
            HyperParameters = result.GetValue(HyperParameterPath) is { } hyper ? HyperParameterFile.Read(hyper) : new HyperParameters(),
            KeepTroughs = result.GetValue(KeepTroughs),
        };
    }

    internal static void Require(string flag, long value, long low, long high)
    {
        if (value < low || value > high)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{flag} is {value}; it must be between {low} and {high}."));
        }
    }
}
