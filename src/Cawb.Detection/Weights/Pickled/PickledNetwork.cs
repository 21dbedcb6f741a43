using System.Globalization;
using System.Text.Json;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>The network that a file of PyTorch holds: a checkpoint of YOLOv5, a network alone, or a state dict.</summary>
/// <param name="Tensors">By name, each beginning with <c>model.</c> and the number of its layer.</param>
/// <param name="Notes">Those of a weights file, and what is worth showing.</param>
/// <param name="LeavesAverage">Whether there is an average of weights that was not taken.</param>
internal sealed record PickledNetwork(IReadOnlyDictionary<string, PickledTensor> Tensors, IReadOnlyDictionary<string, string> Notes, bool LeavesAverage)
{
    private const string Weights = "model";
    private const string Average = "ema";
    private const string TakenNote = "taken";
    private const string ReleaseNote = "release";
    private const string DateNote = "date";
    private const string EpochNote = "epoch";
    private const int MaxNamesLength = 1_000_000;

    /// <exception cref="WeightFileException">There is none, or another than YOLOv5 5.0 to 7.0.</exception>
    public static PickledNetwork Find(string path, object? root, WeightUse use)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        var found = root;
        var checkpoint = root as PickledDictionary;
        var leavesAverage = false;
        if (checkpoint is not null && Keys(checkpoint, use).FirstOrDefault(key => IsNetwork(checkpoint[key])) is { } taken)
        {
            found = checkpoint[taken];
            notes[TakenNote] = Taken(checkpoint, taken);
            leavesAverage = taken == Weights && IsNetwork(checkpoint[Average]);
            Describe(checkpoint, notes);
        }

        var tensors = found switch
        {
            PickledObject { Attributes: not null } module => OfModule(path, ModuleTree.Unwrapped(module), checkpoint, notes),
            PickledDictionary dictionary when IsNetwork(dictionary) => OfDictionary(path, dictionary),
            _ => throw new WeightFileException(path, "holds no network: neither a checkpoint of YOLOv5 with 'model' or 'ema', nor a network, nor a state dict. Give a .pt file of YOLOv5, or weights as safetensors."),
        };
        return new PickledNetwork(StateNames.Normalised(path, tensors), notes, leavesAverage);
    }

    /// <summary>In the order in which YOLOv5 asks for them; other trainers call their state dict so.</summary>
    private static IEnumerable<string> Keys(PickledDictionary checkpoint, WeightUse use) =>
        (use == WeightUse.Training ? new[] { Weights, Average } : [Average, Weights]).Concat(["state_dict", "model_state_dict"]).Where(key => checkpoint.Contains(key));

    private static bool IsNetwork(object? value) => value is PickledObject { Attributes: not null } || (value is PickledDictionary dictionary && dictionary.Named.Any(pair => pair.Value is PickledTensor or PickledObject { Type.Module: "torch._utils" }));

    private static string Taken(PickledDictionary checkpoint, string key) =>
        key != Average ? key : $"{key}, the averaged weights{(IsNetwork(checkpoint[Weights]) ? "; train --weights takes 'model', as in YOLOv5" : "")}";

    private static void Describe(PickledDictionary checkpoint, Dictionary<string, string> notes)
    {
        if (checkpoint["date"] is string { Length: <= 64 } date && !date.Any(char.IsControl))
        {
            notes[DateNote] = date;
        }

        if (checkpoint["epoch"] is long epoch)
        {
            notes[EpochNote] = epoch < 0 ? "none, the training has ended" : string.Create(CultureInfo.InvariantCulture, $"{epoch}, counted from 0; the training had not ended");
        }

        if ((checkpoint["opt"] as PickledDictionary)?["imgsz"] is long side and >= 32 and <= 8192 && side % 32 == 0)
        {
            notes[WeightFile.ImageSizeNote] = side.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> OfModule(string path, PickledObject network, PickledDictionary? checkpoint, Dictionary<string, string> notes)
    {
        var names = ClassNames(path, network["names"]);
        var tree = new ModuleTree(path, network);
        ReleaseNetwork.Require(path, tree);
        if (ReleaseNetwork.Release(tree, isRepositoryNoted: checkpoint?.Contains("git") ?? false) is { } release)
        {
            notes[ReleaseNote] = $"{release} ({network.Type})";
        }

        if (names is not null)
        {
            notes[WeightFile.ClassesNote] = JsonSerializer.Serialize(names);
        }

        return tree.Tensors;
    }

    private static IEnumerable<KeyValuePair<string, object?>> OfDictionary(string path, PickledDictionary dictionary) =>
        dictionary.Pairs.Select(pair => pair.Key is string name
            ? KeyValuePair.Create(name, pair.Value)
            : throw new WeightFileException(path, "has a state dict with a key that is no text. Save the weights again with torch.save(model.state_dict(), FILE)."));

    /// <summary>A list until 6.1, then a dictionary by class index.</summary>
    private static string[]? ClassNames(string path, object? names)
    {
        object?[]? found = names switch
        {
            PickledList list => [.. list.Items],
            PickledDictionary dictionary => [.. Enumerable.Range(0, dictionary.Pairs.Count).Select(index => dictionary[(long)index])],
            _ => null,
        };
        if (found is null)
        {
            return null;
        }

        // One text can stand for many classes, so that few bytes of a file give many names.
        var texts = Array.ConvertAll(found, name => (name as string) ?? (name as long?)?.ToString(CultureInfo.InvariantCulture));
        return texts.Contains(null) ? throw new WeightFileException(path, "has class names that are not texts for the class indices from 0 on. Correct the network's names in Python and save the file again.")
            : texts.Sum(text => (long)(text?.Length ?? 0)) > MaxNamesLength ? throw new WeightFileException(path, $"has class names of more than {MaxNamesLength} letters together. Shorten the network's names in Python and save the file again.")
            : [.. texts.OfType<string>()];
    }
}
