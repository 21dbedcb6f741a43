using System.CommandLine;
using Cawb.Training.Options;

namespace Cawb.Cli.Training;

/// <summary>A flag for every hyper-parameter, which counts before the file's value; help shows those that are typed most.</summary>
internal sealed class HyperParameterFlags
{
    // The schedule's flags have this name; a training under YOLOv5's own schedule takes the file's.
    private const string OfSchedule = "warmup_epochs";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["lr0"] = "Base learning rate, above 0, which the schedule scales; replaces lr0 of --hyp.",
        ["lrf"] = "What the rate falls to under YOLOv5's own schedules, as a fraction of lr0; replaces lrf of --hyp.",
        ["momentum"] = "Momentum of SGD, beta 1 of Adam and AdamW, below 1; replaces momentum of --hyp.",
        ["weight_decay"] = "Weight decay of kernels, 0 or more; replaces weight_decay of --hyp.",
        ["label_smoothing"] = "Label smoothing, 0 to 1; replaces label_smoothing of --hyp.",
    };

    private readonly Dictionary<string, Option<string?>> flags = HyperParameterFile.Keys.Where(key => key != OfSchedule).ToDictionary(key => key, Flag, StringComparer.Ordinal);

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var flag in flags.Values)
        {
            command.Options.Add(flag);
        }
    }

    /// <summary>A set with what was typed in place of its own.</summary>
    /// <param name="result">Of the command line.</param>
    /// <param name="values">Of the file, or the usual ones.</param>
    /// <param name="problems">Takes a sentence for everything that cannot be.</param>
    public HyperParameters Over(ParseResult result, HyperParameters values, List<string> problems) => HyperParameterFile.With(
        values,
        flags.Where(flag => result.GetResult(flag.Value) is { Implicit: false }).Select(flag => KeyValuePair.Create(flag.Key, result.GetValue(flag.Value) ?? "")),
        (key, problem) => problems.Add($"{flags[key].Name} {problem}"));

    private static Option<string?> Flag(string key) =>
        new("--" + key.Replace('_', '-')) { Description = Sentences.GetValueOrDefault(key), Hidden = !Sentences.ContainsKey(key), HelpName = "NUMBER" };
}
