using System.CommandLine;
using System.Globalization;
using Cawb.Detection;
using Cawb.Detection.Model;
using Cawb.Training;
using Cawb.Training.Options;

namespace Cawb.Cli.Training;

/// <summary>The flags that say which network learns from which data, the same for every command that trains.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string> model = new Option<string>("--model") { Description = "Size of the network.", DefaultValueFactory = _ => "n" }
        .AcceptOnlyFromAmong([.. ModelSize.All.Select(size => size.Name)]);

    private readonly Option<string?> data = new("--data")
    {
        Description = "COCO folder (annotations/instances_train*.json, instances_val*.json, images/) or YOLO description (.yaml).",
    };

    private readonly Option<int> batchSize = new("--batch-size") { Description = "Pictures per batch.", DefaultValueFactory = _ => 16 };

    private readonly Option<int> imageSize = new("--image-size") { Description = "Side of the network's input in pixels, a multiple of 32.", DefaultValueFactory = _ => 640 };

    private readonly Option<long> seed = new("--seed") { Description = "Of initial weights, order and augmentation; 0 or more.", DefaultValueFactory = _ => 0 };

    private readonly Option<int> threads = new("--threads")
    {
        Description = "Threads that compute. The same seed and number of threads give the same bits.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string> device = new("--device") { Description = "cpu, or cuda:0 with a libtorch that has it.", DefaultValueFactory = _ => "cpu" };

    private readonly Option<string?> hyperParameters = new("--hyp")
    {
        Description = "Hyper-parameters as JSON with the release's names (see hyp/); keys that are left out, or all without it, have the values of its scratch-low set.",
    };

    private readonly Option<double?> labelSmoothing = new("--label-smoothing") { Description = "Label smoothing, 0 to 1; replaces label_smoothing of --hyp." };

    private readonly Option<string?> weights = new("--weights")
    {
        Description = "Start from these weights (.safetensors of the same model size). A head for another number of classes is left out.",
    };

    private readonly Option<int> freeze = new("--freeze")
    {
        Description = "Do not train the first N of the 25 layers (10: the backbone). Their weights stay as they are; their normalisations go on following the batches, as in the release.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> multiScale = new("--multi-scale")
    {
        Description = "Give every batch a size of its own, drawn from the multiples of 32 between half and one and a half of --image-size.",
    };

    private readonly Option<bool> rect = new("--rect")
    {
        Description = "Rectangular batches: pictures of like shape together, each batch only as large as they need, in a fixed order and without mosaics.",
    };

    private readonly Option<string?> cache = new Option<string?>("--cache")
    {
        Description = "Keep all decoded pictures: ram, or disk (beside the data set, for later runs too). Says first what it needs; without it up to 1.3 GB are kept in memory. The result is the same.",
    }.AcceptOnlyFromAmong(TrainOptions.MemoryCache, TrainOptions.DiskCache);

    private readonly Option<bool> autoAnchors = new("--auto-anchors")
    {
        Description = "Look for anchors of these labels where COCO's suit them badly, as cawb data anchors does.",
    };

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { data, model, batchSize, imageSize, seed, threads, device, hyperParameters, labelSmoothing, weights, freeze, multiScale, rect, cache, autoAnchors })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The options of a training without schedules.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="epochs">Length of the run.</param>
    /// <exception cref="InputException">A value is missing or out of its range.</exception>
    public TrainOptions Read(ParseResult result, int epochs)
    {
        var path = result.GetValue(data) ?? throw new InputException("--data is missing: the folder of a COCO data set or a YOLO description (.yaml). For a ready one: cawb data digits.");
        WholeNumber.Require("--batch-size", result.GetValue(batchSize), 1, 4096);
        WholeNumber.Require("--image-size", result.GetValue(imageSize), 32, 4096);
        WholeNumber.Require("--threads", result.GetValue(threads), 1, 1024);
        WholeNumber.Require("--seed", result.GetValue(seed), 0, long.MaxValue);
        WholeNumber.Require("--freeze", result.GetValue(freeze), 0, YoloModel.LayerCount - 1);
        if (result.GetValue(imageSize) % 32 != 0)
        {
            throw new InputException($"--image-size is {result.GetValue(imageSize)}; it must be a multiple of 32, the stride of the coarsest level, for example {(result.GetValue(imageSize) / 32 * 32) + 32}.");
        }

        return new TrainOptions
        {
            Model = result.GetValue(model) ?? "n",
            Data = Path.GetFullPath(path),
            Epochs = epochs,
            BatchSize = result.GetValue(batchSize),
            ImageSize = result.GetValue(imageSize),
            Seed = result.GetValue(seed),
            Threads = result.GetValue(threads),
            Device = DeviceName(result),
            HyperParameters = HyperParameters(result),
            Weights = result.GetValue(weights) is { } file ? Path.GetFullPath(file) : "",
            Freeze = result.GetValue(freeze),
            MultiScale = result.GetValue(multiScale),
            Rect = result.GetValue(rect),
            Cache = result.GetValue(cache) ?? "",
            AutoAnchors = result.GetValue(autoAnchors),
        };
    }

    private string DeviceName(ParseResult result)
    {
        var name = result.GetValue(device) ?? "cpu";
        return ComputeDevice.Problem(name) is { } problem ? throw new InputException($"--device: {problem}") : name;
    }

    private HyperParameters HyperParameters(ParseResult result)
    {
        var read = result.GetValue(hyperParameters) is { } path ? HyperParameterFile.Read(ProgramHome.Find(path)) : new HyperParameters();
        if (result.GetValue(labelSmoothing) is not { } smoothing)
        {
            return read;
        }

        return smoothing is >= 0 and <= 1
            ? read with { LabelSmoothing = smoothing }
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--label-smoothing is {smoothing}; it must be between 0 and 1."));
    }
}
