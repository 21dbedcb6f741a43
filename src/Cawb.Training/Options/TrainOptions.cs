using System.Text.Json;
using System.Text.Json.Serialization;
using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Model;

namespace Cawb.Training.Options;

/// <summary>Every option of a training but its schedule, as the run records it: flag <c>--batch-size</c>, key <c>batchSize</c>, property <c>BatchSize</c>.</summary>
public sealed record TrainOptions
{
    /// <summary>The warm-up is the schedule's own, or there is none.</summary>
    public const string ScheduleWarmup = "schedule";

    /// <summary>The warm-up is the release's, from the hyper-parameters.</summary>
    public const string Yolov5Warmup = "yolov5";

    /// <summary>All decoded pictures are kept in memory.</summary>
    public const string MemoryCache = "ram";

    /// <summary>All decoded pictures are kept in files beside the data set.</summary>
    public const string DiskCache = "disk";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Size of the network: n, s, m, l, x.</summary>
    public required string Model { get; init; }

    /// <summary>Absolute path of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>Passes over the training pictures.</summary>
    public required int Epochs { get; init; }

    /// <summary>Pictures per batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Side of the network's input in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Of every random draw.</summary>
    public required long Seed { get; init; }

    /// <summary>Threads of libtorch; other counts give other last bits.</summary>
    public required int Threads { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:i</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Rates, gains, augmentation.</summary>
    public required HyperParameters HyperParameters { get; init; }

    /// <summary><see cref="ScheduleWarmup"/> or <see cref="Yolov5Warmup"/>.</summary>
    public string Warmup { get; init; } = ScheduleWarmup;

    /// <summary>Momentum over the run; null for the hyper-parameters'.</summary>
    [JsonConverter(typeof(ScheduleConverter))]
    public Schedule? MomentumSchedule { get; init; }

    /// <summary>Weight decay over the run; null for the hyper-parameters'.</summary>
    [JsonConverter(typeof(ScheduleConverter))]
    public Schedule? WeightDecaySchedule { get; init; }

    /// <summary>Whether every batch has a size of its own.</summary>
    public bool MultiScale { get; init; }

    /// <summary>Epochs without a higher fitness after which the training ends; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Layers from the start on that are not trained.</summary>
    public int Freeze { get; init; }

    /// <summary>Absolute path of the weights that the training starts from; empty for drawn ones.</summary>
    public string Weights { get; init; } = "";

    /// <summary>SHA-256 of that file; empty without one.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>Whether the weights at each trough of the schedule are kept.</summary>
    public bool KeepTroughs { get; init; }

    /// <summary>Whether batches are rectangular.</summary>
    public bool Rect { get; init; }

    /// <summary><see cref="MemoryCache"/>, <see cref="DiskCache"/>, or empty for the loaders' usual budgets.</summary>
    public string Cache { get; init; } = "";

    /// <summary>Whether anchors are looked for where COCO's suit the labels badly.</summary>
    public bool AutoAnchors { get; init; }

    /// <summary>Width and height of the nine anchors that were found, in pixels; empty for COCO's.</summary>
    public IReadOnlyList<double> Anchors { get; init; } = [];

    /// <summary>The options with the anchors that <see cref="AutoAnchors"/> finds in the labels of a data set.</summary>
    public TrainOptions WithAnchorsFor(DetectionData data)
    {
        if (!AutoAnchors || Anchors.Count > 0 || data.Training.Images.All(image => image.Boxes.Count == 0))
        {
            return this;
        }

        var fit = AnchorFit.Of(data.Training, AnchorSet.Coco.ToPixels(), ImageSize, HyperParameters.AnchorRatio, (ulong)Seed);
        return fit.IsReplaced ? this with { Anchors = [.. fit.Anchors.SelectMany(anchor => new[] { anchor.Width, anchor.Height })] } : this;
    }

    /// <summary>The options as JSON, every key written.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InputException">The run was made by another version, or its file was changed.</exception>
    public static TrainOptions FromJson(string json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainOptions>(json, Json) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: the options are not those of a training of this version: {exception.Message}", exception);
        }
    }

    /// <summary>What the training session needs.</summary>
    public TrainingSettings ToSettings(Schedule schedule) => new()
    {
        Size = ModelSize.FromName(Model),
        Epochs = Epochs,
        BatchSize = BatchSize,
        ImageSize = ImageSize,
        Seed = (ulong)Seed,
        Schedule = schedule,
        Warmup = Warmup == Yolov5Warmup ? WarmupSource.HyperParameters : WarmupSource.Schedule,
        MomentumSchedule = MomentumSchedule,
        WeightDecaySchedule = WeightDecaySchedule,
        MultiScale = MultiScale,
        Patience = Patience,
        FrozenLayers = Freeze,
        Rectangular = Rect,
        Anchors = Anchors.Count > 0 ? AnchorSet.FromPixels(Anchors) : AnchorSet.Coco,
        HyperParameters = HyperParameters,
        Device = ComputeDevice.Open(Device),
        LoaderWorkers = Math.Max(1, Threads / 2),
    };
}
