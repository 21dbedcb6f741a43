using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Detection;
using Cawb.Detection.Model;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Options;

/// <summary>A row of the one table of options. Flags with their help, plan files, <c>run.json</c>, defaults and checks come from it; <see cref="TrainOptions"/> holds the values.</summary>
public sealed class TrainOption
{
    private static readonly string[] Optimizers = [TrainOptions.Sgd, TrainOptions.Adam, TrainOptions.AdamW];

    private readonly PropertyInfo property;
    private readonly OptionRule rule;

    private TrainOption(string name, OptionRule rule, string sentence)
    {
        property = typeof(TrainOptions).GetProperty(name) ?? throw new ArgumentException($"There is no property '{name}'.", nameof(name));
        Key = JsonNamingPolicy.CamelCase.ConvertName(name);
        Flag = "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(name);
        (this.rule, Sentence) = (rule, sentence);
    }

    /// <summary>Every option, in the order of help and run files.</summary>
    public static IReadOnlyList<TrainOption> All { get; } =
    [
        new(nameof(TrainOptions.Data), OptionRule.Text(_ => null), "COCO folder (annotations/instances_train*.json, instances_val*.json, images/) or YOLO description (.yaml).") { Owner = OptionOwner.Plan },
        new(nameof(TrainOptions.Epochs), OptionRule.WholeNumber(1, ComparisonPlan.MostEpochs), "Passes over the training images.") { Owner = OptionOwner.Plan, IsOfWholeRun = true },
        new(nameof(TrainOptions.Model), OptionRule.OneOf(ModelSize.All.Select(size => size.Name)), "Size of the network, as of YOLOv5 6.0 to 7.0 or of 5.0; with --weights, theirs.")
        {
            Aliases = ["--cfg"], Spelling = ModelOf,
        },
        new(nameof(TrainOptions.BatchSize), OptionRule.WholeNumber(1, 4096), "Images per batch, of all ranks together.") { Aliases = ["--batch"] },
        new(nameof(TrainOptions.ImageSize), OptionRule.WholeNumber(32, 4096, 32, "the stride of the coarsest level"), "Side of the network's input in pixels, a multiple of 32.")
        {
            Aliases = ["--img", "--imgsz", "--img-size"],
        },
        new(nameof(TrainOptions.Seed), OptionRule.WholeNumber(0, long.MaxValue), "Of initial weights, order and augmentation; 0 or more.") { Owner = OptionOwner.Plan },
        new(nameof(TrainOptions.Threads), OptionRule.WholeNumber(1, 1024), "Threads that compute. The same seed and number of threads give the same bits."),
        new(nameof(TrainOptions.Workers), OptionRule.WholeNumber(0, 1024), "Threads that load images, of each rank; 0 for half of --threads. The result is the same.") { ValueName = "N" },
        new(nameof(TrainOptions.Device), OptionRule.Device, "cpu, or cuda:0 (or 0) with a libtorch that has it.") { Spelling = ComputeDevice.FullName },
        new(nameof(TrainOptions.Optimizer), OptionRule.OneOf(Optimizers), "SGD with Nesterov momentum, Adam or AdamW; momentum of --hyp is beta 1 of the latter two. Kernels alone decay.")
        {
            Spelling = text => Array.Find(Optimizers, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text,
        },
        new(nameof(TrainOptions.HyperParameters), OptionRule.HyperParameters,
            "Hyper-parameters under YOLOv5's names, as JSON (see hyp/) or YOLOv5's YAML; keys that are left out, or all without it, have the values of its scratch-low set. Each is a flag too: --mosaic 0.")
        {
            Flag = "--hyp", ValueName = "FILE",
        },
        new(nameof(TrainOptions.Weights), OptionRule.WeightsOrNone,
            "Start from these weights: a run, of which its best are taken, a .pt file of YOLOv5 5.0 to 7.0, or safetensors; '' for none. A head for another number of classes is left out.") { ValueName = "FILE" },
        new(nameof(TrainOptions.WeightsSha256), OptionRule.Text(_ => null), "SHA-256 of the weights that the training started from.") { Owner = OptionOwner.Training },
        new(nameof(TrainOptions.Freeze), OptionRule.WholeNumber(0, YoloModel.LayerCount - 1),
            "Do not train the first N of the 25 layers (10: the backbone). Their weights stay as they are; their normalisations go on following the batches, as in YOLOv5.") { ValueName = "N" },
        new(nameof(TrainOptions.MultiScale), OptionRule.Switch, "Give every batch a size of its own, drawn from the multiples of 32 between half and one and a half of --image-size."),
        new(nameof(TrainOptions.Rect), OptionRule.Switch, "Rectangular batches: images of like shape together, each batch only as large as they need, in a fixed order and without mosaics."),
        new(nameof(TrainOptions.Cache), OptionRule.OneOf([TrainOptions.MemoryCache, TrainOptions.DiskCache], mayBeEmpty: true),
            "Keep all decoded images: ram (also where nothing follows), or disk (beside the data set, for later runs too). Says first what it needs. The result does not depend on it. [default: up to 1.3 GB in memory]")
        {
            BareValue = TrainOptions.MemoryCache,
        },
        new(nameof(TrainOptions.AutoAnchors), OptionRule.Switch, "Look for anchors of these labels where COCO's suit them badly, as cawb data anchors does.")
        {
            Aliases = ["--autoanchor"],
        },
        new(nameof(TrainOptions.Anchors), OptionRule.Numbers, "Width and height of the nine anchors that were found, in pixels.") { Owner = OptionOwner.Training },
        new(nameof(TrainOptions.Patience), OptionRule.WholeNumber(0, 100_000), "End after N epochs without a higher fitness (0.1 AP50 + 0.9 AP of the validation); 0 for never.") { ValueName = "N", IsOfWholeRun = true },
        new(nameof(TrainOptions.KeepTroughs), OptionRule.Switch, "Keep the weights at each trough of the schedule: trough-1.safetensors and so on, the last seven.") { IsOfWholeRun = true },
        new(nameof(TrainOptions.Warmup), OptionRule.OneOf(Enum.GetNames<WarmupSource>().Select(JsonNamingPolicy.CamelCase.ConvertName)),
            "Who warms up: yolov5 (hyper-parameters) or schedule. [default: yolov5 under its own schedules, schedule under all others]") { IsOfWholeRun = true },
        new(nameof(TrainOptions.MomentumSchedule), OptionRule.ScheduleOrNone,
            "Momentum over the run: what --schedule takes as file or JSON; its base is momentum of --hyp. Replaces the momentum of any warm-up.") { ValueName = "SCHEDULE", IsOfWholeRun = true },
        new(nameof(TrainOptions.WeightDecaySchedule), OptionRule.ScheduleOrNone,
            "Weight decay over the run: what --schedule takes as file or JSON; its base is weight_decay of --hyp.") { ValueName = "SCHEDULE", IsOfWholeRun = true },
        new(nameof(TrainOptions.NoPlots), OptionRule.Switch, "Draw no plots into the run folder; numbers and reports are written all the same.")
        {
            Aliases = ["--noplots"], Owner = OptionOwner.Train, IsOfWholeRun = true,
        },
        new(nameof(TrainOptions.Ranks), OptionRule.WholeNumber(1, 1_000_000), "Processes that the run began on.") { Owner = OptionOwner.Training },
        new(nameof(TrainOptions.SyncBn), OptionRule.Switch,
            "On several ranks: normalise over the images of all ranks instead of each over its own, as one process does. Takes two more exchanges for every normalisation.") { Owner = OptionOwner.Ranks, IsOfWholeRun = true },
        new(nameof(TrainOptions.FastReduce), OptionRule.Switch,
            "On several ranks: sum gradients in whatever order is quickest. [default: in the order of the ranks, with the same bits every time]") { Owner = OptionOwner.Ranks, IsOfWholeRun = true },
    ];

    /// <summary>In JSON: <c>batchSize</c>.</summary>
    public string Key { get; }

    /// <summary>On the command line: <c>--batch-size</c>.</summary>
    public string Flag { get; private init; }

    /// <summary>Other names of the flag, as YOLOv5 and ultralytics have them; without the dashes and in one word they are other names of the key.</summary>
    public IReadOnlyList<string> Aliases { get; private init; } = [];

    /// <summary>What the flag stands for where no value follows; empty where one must.</summary>
    public string BareValue { get; private init; } = "";

    /// <summary>What it does, in which unit, for people who choose.</summary>
    public string Sentence { get; }

    /// <summary>What the value is called in help; empty for the flag's own name.</summary>
    public string ValueName { get; private init; } = "";

    /// <summary>Who says what it is.</summary>
    public OptionOwner Owner { get; private init; }

    /// <summary>Whether it says something of a run from its start to its end; a range test has no use for it.</summary>
    public bool IsOfWholeRun { get; private init; }

    /// <summary>All values where they can be listed; else empty.</summary>
    public IReadOnlyList<string> Choices => rule.Choices;

    /// <summary>Whether it is on or off, and its flag takes no value.</summary>
    public bool IsSwitch => rule.IsSwitch;

    /// <summary>Whether its value is a text or number that a flag can hold as it is.</summary>
    public bool IsPlain => property.PropertyType == typeof(string) || property.PropertyType.IsValueType;

    /// <summary>Whether its value names a file that must be there.</summary>
    public bool NamesFile => rule.NamesFile;

    /// <summary>The option of a property.</summary>
    /// <param name="name">Of <see cref="TrainOptions"/>.</param>
    public static TrainOption Of(string name) => All.First(option => option.property.Name == name);

    /// <summary>The option of a key, or of another name of it; null where there is none.</summary>
    public static TrainOption? Find(string key) => All.FirstOrDefault(option => option.Key == key || option.Aliases.Any(alias => KeyOf(alias) == key));

    /// <summary>Its value among some options, as JSON.</summary>
    public JsonElement Of(TrainOptions options) => JsonSerializer.SerializeToElement(property.GetValue(options), property.PropertyType, TrainOptions.Json);

    /// <summary>Its value where nobody gives one, as a flag would be typed; empty for none.</summary>
    public string Default() => Of(new TrainOptions { Data = "" }) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? value.ToString() : "";

    /// <summary>What is wrong with a value, to follow the option's name; null if it can be.</summary>
    /// <param name="value">As JSON has it.</param>
    public string? Problem(JsonElement value) => rule.Problem(value);

    /// <summary>A value in the option's own spelling, where it was given as YOLOv5 has it: <c>0</c> for <c>cuda:0</c>.</summary>
    /// <param name="value">As JSON has it.</param>
    public JsonElement Canonical(JsonElement value) =>
        Spelling is { } own && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? JsonSerializer.SerializeToElement(own(value.ToString()))
            : value;

    /// <summary>JSON Schema (draft 2020-12) of its values, with what it does and its default.</summary>
    internal JsonObject Schema()
    {
        var schema = rule.Schema();
        schema["description"] = Sentence;
        // What depends on the machine is no default of a file that goes from one to another.
        if (property.Name != nameof(TrainOptions.Threads) && Of(new TrainOptions { Data = "" }) is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } usual)
        {
            schema["default"] = JsonNode.Parse(usual.GetRawText());
        }

        return schema;
    }

    /// <summary>The JSON that a flag's text stands for, whether the option can have it or not.</summary>
    /// <param name="text">As it was typed.</param>
    public JsonElement Read(string text) => Canonical(property.PropertyType == typeof(string) || property.PropertyType.IsEnum || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? JsonSerializer.SerializeToElement(text)
        : JsonSerializer.SerializeToElement(number));

    // Of a text as YOLOv5 has it, our own; null where there is but one.
    private Func<string, string>? Spelling { get; init; }

    private static string KeyOf(string flag)
    {
        var words = flag.TrimStart('-').Split('-');
        return words[0] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    // YOLOv5's own descriptions of its networks: yolov5s, models/yolov5s.yaml.
    private static string ModelOf(string text)
    {
        var name = Path.GetFileName(text.Replace('\\', '/'));
        name = name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) ? name[..^5] : name;
        return name.StartsWith("yolov5", StringComparison.OrdinalIgnoreCase) ? name[6..].ToLowerInvariant() : text;
    }
}
