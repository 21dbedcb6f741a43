using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cawb.Detection.Data;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Training.Json;
using Cawb.Training.Runs;

namespace Cawb.Training.Options;

/// <summary>The effective options of a training, all but its schedule. Each property is a row of <see cref="TrainOption.All"/>, which says what it means and may be.</summary>
public sealed record TrainOptions
{
    /// <summary>All decoded images are kept in memory.</summary>
    public const string MemoryCache = "ram";

    /// <summary>All decoded images are kept in files beside the data set.</summary>
    public const string DiskCache = "disk";

    /// <summary>Stochastic gradient descent with Nesterov momentum.</summary>
    public const string Sgd = "SGD";

    /// <summary>Adam; weight decay is part of the gradient.</summary>
    public const string Adam = "Adam";

    /// <summary>Adam whose weight decay shrinks the weights themselves.</summary>
    public const string AdamW = "AdamW";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ScheduleConverter() },
    };

    /// <summary>Absolute path of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>1 or more.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>A name of <see cref="ModelSize"/>.</summary>
    public string Model { get; init; } = "n";

    /// <summary>1 or more; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>In pixels, a multiple of 32.</summary>
    public int ImageSize { get; init; } = 640;

    /// <summary>Of every random draw.</summary>
    public long Seed { get; init; }

    /// <summary>Of libtorch; other counts give other last bits.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads that load images; 0 for half of <see cref="Threads"/>, one at least. They change no bit.</summary>
    public int Workers { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:i</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary><see cref="Sgd"/>, <see cref="Adam"/> or <see cref="AdamW"/>.</summary>
    public string Optimizer { get; init; } = Sgd;

    /// <summary>Rates, gains, augmentation.</summary>
    public HyperParameters HyperParameters { get; init; } = new();

    /// <summary>Path of a file or a run directory; empty for drawn weights.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Of that file; empty without one.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>0 to 24 layers from the start on.</summary>
    public int Freeze { get; init; }

    /// <summary>See <see cref="Loop.VaryingSize"/>.</summary>
    public bool MultiScale { get; init; }

    /// <summary>Whether batches are rectangular.</summary>
    public bool Rect { get; init; }

    /// <summary><see cref="MemoryCache"/>, <see cref="DiskCache"/>, or empty for the loaders' usual budgets.</summary>
    public string Cache { get; init; } = "";

    /// <summary>Whether anchors are looked for.</summary>
    public bool AutoAnchors { get; init; }

    /// <summary>Widths and heights in pixels; empty for COCO's, or those of <see cref="Weights"/> until <see cref="CompletedFor"/> has looked.</summary>
    public IReadOnlyList<double> Anchors { get; init; } = [];

    /// <summary>In epochs; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Whether weights at troughs are kept.</summary>
    public bool KeepTroughs { get; init; }

    /// <summary>What warms up.</summary>
    public WarmupSource Warmup { get; init; }

    /// <summary>Null for the hyper-parameters', with the warm-up that <see cref="Warmup"/> says.</summary>
    public Schedule? MomentumSchedule { get; init; }

    /// <summary>Of kernels; null for the hyper-parameters' throughout.</summary>
    public Schedule? WeightDecaySchedule { get; init; }

    /// <summary>Whether the run directory is without plots.</summary>
    public bool NoPlots { get; init; }

    /// <summary>Processes that the run began on.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Whether normalisations go over the images of all ranks.</summary>
    public bool SyncBn { get; init; }

    /// <summary>Whether gradients are summed in whatever order is quickest.</summary>
    public bool FastReduce { get; init; }

    /// <summary>The reference boxes.</summary>
    [JsonIgnore]
    public AnchorSet AnchorSet => Anchors.Count > 0 ? AnchorSet.FromPixels(Anchors) : AnchorSet.Coco;

    /// <summary>
    /// The options with what the training finds out: the full path of the weights and their hash, and anchors: those of the weights, whose head was trained with them, or better ones where
    /// <see cref="AutoAnchors"/> finds them in the labels.
    /// </summary>
    public TrainOptions CompletedFor(DetectionData data)
    {
        var weights = Weights.Length > 0 ? Path.GetFullPath(RunWeights.Of(Weights).Path) : "";
        var complete = weights.Length > 0 ? this with { Weights = weights, WeightsSha256 = WeightsHash.Of(weights) } : this;
        if (Anchors.Count > 0)
        {
            return complete;
        }

        var given = weights.Length > 0 ? WeightFile.Describe(weights).Anchors.ToPixels() : AnchorSet.Coco.ToPixels();
        if (!given.SequenceEqual(AnchorSet.Coco.ToPixels()))
        {
            complete = complete with { Anchors = Sides(given) };
        }

        if (!AutoAnchors || data.Training.Images.All(image => image.Boxes.Count == 0))
        {
            return complete;
        }

        var fit = AnchorFit.Of(data.Training, given, ImageSize, HyperParameters.AnchorRatio, (ulong)Seed);
        return fit.IsReplaced ? complete with { Anchors = Sides(fit.Anchors) } : complete;
    }

    private static double[] Sides(IEnumerable<(double Width, double Height)> anchors) => [.. anchors.SelectMany(anchor => new[] { anchor.Width, anchor.Height })];

    /// <summary>The options as JSON, every key written.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">Of a run.</param>
    /// <param name="path">The run, for messages.</param>
    /// <exception cref="InputException">The run was made by another version, or its file was changed; all that is wrong with it is said at once.</exception>
    public static TrainOptions FromJson(string json, string path)
    {
        var problems = new List<string>();
        var read = OptionValues.Read(PlacedJson.Parse(path, Encoding.UTF8.GetBytes(json)), TrainOption.All, (_, problem) => problems.Add(problem), isRecord: true);
        if (read.Find(TrainOption.Of(nameof(Data))) is null)
        {
            problems.Add("'data' is missing.");
        }

        return problems.Count == 0
            ? read.Over(new TrainOptions { Data = "" })
            : throw new InputException($"{path}: the options are not those of a training of this version: {string.Join(" ", problems)} Start a new run, or go on with the version that made this one.");
    }
}
