using System.CommandLine;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Reports.Files;
using Cawb.Training;
using Cawb.Training.Runs;
using static TorchSharp.torch;

namespace Cawb.Cli.Detection;

/// <summary>The weights file that a command takes.</summary>
internal static class WeightsArgument
{
    public static Argument<string> Create(bool isNeeded = true) => new("WEIGHTS")
    {
        Description = "Weights: a run, of which its best are taken, a safetensors file, or a .pt file of YOLOv5 5.0 to 7.0 (docs/weights).",
        Arity = isNeeded ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    /// <summary>The same behind a flag, as YOLOv5 has it.</summary>
    public static Option<string?> CreateOption() => new("--weights") { Description = "The weights, in place of WEIGHTS.", HelpName = "WEIGHTS" };

    /// <summary>The file that was meant: of a run directory its best weights. Where it is not what was typed, the error stream says so.</summary>
    /// <param name="result">Of the command line.</param>
    /// <param name="path">As it was typed.</param>
    /// <exception cref="InputException">It is a folder, and no run or one without weights.</exception>
    public static string Meant(ParseResult result, string path)
    {
        var meant = RunWeights.Of(path);
        if (meant.Note.Length > 0)
        {
            result.InvocationConfiguration.Error.WriteLine($"Note: {meant.Note}");
        }

        return meant.Path;
    }

    /// <summary>What the header says.</summary>
    public static WeightDescription Describe(string path) => Reading(path, () => WeightFile.Describe(path));

    /// <summary>The file that names classes where the weights do not.</summary>
    public static Option<string?> NamesOption() => new("--names") { Description = "Text file with a class name on each line, for weights that have none.", HelpName = "FILE" };

    /// <summary>The network; the caller disposes it.</summary>
    /// <param name="path">The weights.</param>
    /// <param name="device">Where the tensors shall lie.</param>
    /// <param name="fused">Whether normalisations become part of the kernels.</param>
    public static YoloModel Read(string path, Device device, bool fused)
    {
        var (model, _) = Reading(path, () => WeightFile.Read(path, device));
        if (!fused)
        {
            return model;
        }

        using (model)
        {
            return model.Fuse();
        }
    }

    /// <summary>The names by class index: from a file with a name on each line, else from the weights.</summary>
    public static IReadOnlyList<string> ClassNames(WeightDescription weights, string? namesPath)
    {
        if (namesPath is null)
        {
            return weights.ClassNames.Count > 0
                ? weights.ClassNames
                : throw new InputException($"{weights.Path} does not name its {weights.ClassCount} classes. Give a text file with a name on each line: --names FILE.");
        }

        var names = Reading(namesPath, () => File.ReadAllLines(namesPath)).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return names.Length == weights.ClassCount
            ? names
            : throw new InputException($"--names {namesPath}: has {names.Length} names; the network was trained on {weights.ClassCount} classes. One name a line is needed for each.");
    }

    /// <summary>Reads, and turns the system's refusals into one paragraph.</summary>
    /// <exception cref="FileException">The file cannot be read.</exception>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
    }

    /// <summary>The same for a file that is written.</summary>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public static void Writing(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(path, fault);
        }
    }
}
