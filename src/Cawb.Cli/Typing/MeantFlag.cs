using System.CommandLine;

namespace Cawb.Cli.Typing;

/// <summary>What an unknown flag was probably meant to be: by what it means elsewhere, else by its letters. Of YOLOv5's flags that nothing stands for here it is said why.</summary>
internal static class MeantFlag
{
    // The first that a command has is meant.
    private static readonly (string[] Typed, string[] Meant)[] Elsewhere =
    [
        (["--epoch", "--num-epochs", "--n-epochs", "--max-epochs", "--train-epochs"], ["--epochs"]),
        (["--learning-rate", "--lr", "--base-lr", "--initial-lr", "--lr-0"], ["--lr0", "--base-lrs"]),
        (["--batch-size", "--batch", "--bs", "--batches-per-epoch", "--per-device-train-batch-size"], ["--batch-size", "--batches"]),
        (["--image-size", "--img", "--imgsz", "--img-size", "--size", "--resolution"], ["--image-size"]),
        (["--hyper-parameters", "--hyperparameters", "--hyps"], ["--hyp"]),
        (["--warmup", "--warmup-epochs", "--warm-up", "--warmup-steps"], ["--warmup-epochs"]),
        (["--pretrained", "--checkpoint", "--ckpt", "--load"], ["--weights"]),
        (["--arch", "--architecture", "--network"], ["--model"]),
        (["--dataset", "--data-dir", "--data-path"], ["--data"]),
        (["--output", "--output-dir", "--save-dir", "--save", "--outdir"], ["--out"]),
        (["--confidence", "--score", "--score-thr", "--threshold", "--conf-thr", "--conf-threshold"], ["--conf"]),
        (["--nms", "--nms-thres", "--iou-threshold", "--overlap"], ["--iou"]),
        (["--input", "--images", "--img-path"], ["--source"]),
        (["--num-workers", "--n-workers", "--loader-threads"], ["--workers", "--threads"]),
        (["--gpu", "--gpus", "--cuda"], ["--device"]),
        (["--opt", "--optim", "--adam"], ["--optimizer"]),
        (["--scheduler", "--lr-scheduler", "--sched", "--lr-schedule"], ["--schedule"]),
        (["--early-stopping", "--early-stop"], ["--patience"]),
        (["--random-seed"], ["--seed"]),
        (["--milestones", "--lr-steps", "--restarts"], ["--steps"]),
        (["--split"], ["--part"]),
    ];

    private static readonly Dictionary<string, string> Absent = new(StringComparer.Ordinal)
    {
        ["--evolve"] = "Hyper-parameters are not evolved here; compare a few sets with cawb compare, whose arms may differ in any option.",
        ["--half"] = "Everything is computed in single precision. Leave it out.",
        ["--amp"] = "Everything is computed in single precision. Leave it out.",
        ["--dnn"] = "Networks run in libtorch alone. Leave it out.",
        ["--single-cls"] = "Classes are those of the data set; for a single one give a data set of one class.",
        ["--image-weights"] = "Every image counts once in an epoch. Leave it out.",
        ["--quad"] = "Batches are made of mosaics of four. Leave it out.",
        ["--nosave"] = "A run keeps its last and its best checkpoint. Leave it out.",
        ["--noval"] = "Every epoch is validated; the best weights are chosen by it. Leave it out.",
        ["--noautoanchor"] = "Anchors are looked for only with --auto-anchors. Leave it out.",
        ["--save-period"] = "A run keeps its last and its best checkpoint, and with --keep-troughs the weights at each trough. Leave it out.",
        ["--bucket"] = "Nothing is uploaded. Leave it out.",
        ["--upload-dataset"] = "Nothing is uploaded. Leave it out.",
        ["--entity"] = "Nothing is sent to Weights & Biases. Leave it out.",
        ["--local-rank"] = "Ranks are started by mpirun or srun: docs/ranks.md. Leave it out.",
        ["--agnostic-nms"] = "Boxes are suppressed class by class. Leave it out.",
        ["--view-img"] = "Images go into files (--out); no window is opened. Leave it out.",
        ["--vid-stride"] = "Images are read, videos are not. Leave it out.",
        ["--visualize"] = "Feature maps are not drawn. Leave it out.",
        ["--update"] = "Weights are left as they are. Leave it out.",
        ["--save-json"] = "val always writes results.json, a COCO result file. Leave it out.",
        ["--save-conf"] = "The text files always have the score at the end of a line. Leave it out.",
        ["--save-hybrid"] = "Labels are not mixed with what was found. Leave it out.",
        ["--verbose"] = "Each class is always listed. Leave it out.",
    };

    /// <summary>A sentence with a space in front; empty where nothing is near.</summary>
    /// <param name="flag">As it was typed, without a value.</param>
    /// <param name="command">That does not take it.</param>
    public static string Answer(string flag, Command command)
    {
        var names = NamesOf(command);
        var plain = flag.Replace('_', '-');
        if (names.Contains(plain))
        {
            return Question(plain, command);
        }

        foreach (var row in Elsewhere.Where(row => row.Typed.Contains(plain, StringComparer.OrdinalIgnoreCase)))
        {
            if (Array.Find(row.Meant, names.Contains) is { } meant)
            {
                return Question(meant, command);
            }
        }

        return Absent.TryGetValue(plain, out var reason) ? $" {reason}" : NearestName.Of(flag, names) is { Length: > 0 } near ? Question(near, command) : "";
    }

    /// <summary>Of a word such as <c>epochs=3</c>, which is how ultralytics takes options; a sentence with a space in front, or nothing.</summary>
    public static string OfPair(string word, Command command)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        if (at < 1)
        {
            return "";
        }

        var flag = "--" + word[..at].Replace('_', '-');
        return NamesOf(command).Contains(flag) ? $" Did you mean '{flag} {word[(at + 1)..]}'?" : Answer(flag, command);
    }

    // By its first name, which is the documented one.
    private static string Question(string flag, Command command) => $" Did you mean '{command.Options.First(option => option.Name == flag || option.Aliases.Contains(flag)).Name}'?";

    private static IReadOnlyCollection<string> NamesOf(Command command) => [.. command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))];
}
