using System.Text.Json;
using Cawb.Detection.Model;
using Cawb.Detection.Training;

namespace Cawb.Cli.Training;

/// <summary>Every option of a training but its schedule, as the run records it: flag <c>--batch-size</c>, key <c>batchSize</c>, property <c>BatchSize</c>.</summary>
internal sealed record TrainOptions
{
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

    /// <summary>Whether the weights at each trough of the schedule are kept.</summary>
    public bool KeepTroughs { get; init; }

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
        HyperParameters = HyperParameters,
        Device = Torch.Device.Parse(Device),
        LoaderWorkers = Math.Max(1, Threads / 2),
    };
}
