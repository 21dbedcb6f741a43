using System.CommandLine;
using Cawb.Cli.Training;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Options;

namespace Cawb.Cli.Schedules;

/// <summary>The flags that have a command look at a schedule as <c>train</c> would use it: all parameter groups, YOLOv5's warm-up, momentum and weight decay.</summary>
internal sealed class TrainedSchedules
{
    private readonly Option<bool> asTrained = new("--as-trained")
    {
        Description = "Show what train would drive: the rate of every parameter group with YOLOv5's warm-up, momentum and weight decay. The base rate is lr0 of --hyp.",
    };

    private readonly Option<string?> hyperParameters = new("--hyp") { Description = "With --as-trained: hyper-parameters as train takes them." };

    private readonly Option<string> optimizer = new Option<string>("--optimizer")
    {
        Description = "With --as-trained: SGD, Adam or AdamW. YOLOv5 warms up the momentum of SGD alone.",
        DefaultValueFactory = _ => TrainOptions.Sgd,
    }.AcceptOnlyFromAmong(TrainOptions.Sgd, TrainOptions.Adam, TrainOptions.AdamW);

    private readonly Option<int> batchSize = new("--batch-size", "--batch") { Description = "With --as-trained: images in a batch, which decides how many batches make an optimizer step.", DefaultValueFactory = _ => 16 };

    private readonly Option<string?> warmup = new Option<string?>("--warmup")
    {
        Description = "With --as-trained: who warms up, yolov5 (hyper-parameters) or schedule. [default: yolov5 under its own schedules, schedule under all others]",
    }.AcceptOnlyFromAmong("yolov5", "schedule");

    /// <summary>Every flag.</summary>
    public IReadOnlyList<Option> All => [asTrained, hyperParameters, batchSize, optimizer, warmup];

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What a training of the schedule would drive; null where it was not asked for.</summary>
    /// <exception cref="InputException">A flag has no effect, or the schedule cannot be trained with.</exception>
    public TrainingSchedules? Read(ParseResult result, ScheduleArguments schedules)
    {
        if (!result.GetValue(asTrained))
        {
            UselessFlags.Refuse(result, when: true, "it belongs to --as-trained", hyperParameters, batchSize, optimizer, warmup);
            return null;
        }

        var size = result.GetValue(batchSize);
        if (size is < 1 or > 4096)
        {
            throw new InputException($"--batch-size must be between 1 and 4096; got {size}.");
        }

        var hyper = result.GetValue(hyperParameters) is { } path ? RunFlags.ReadFile(result, path) : new HyperParameters();
        var (schedule, plan) = schedules.ReadTrained(result, hyper.FinalFactor);
        var source = result.GetValue(warmup) switch { null => TrainingSchedules.UsualWarmup(schedule), "yolov5" => WarmupSource.Yolov5, _ => WarmupSource.Schedule };
        return TrainingSchedules.Of(schedule, TrainingPlan.FromBatches(plan.TotalBatches, plan.BatchesPerEpoch, hyper.Accumulation(size)), size, hyper, source, optimizer: result.GetRequiredValue(optimizer));
    }
}
