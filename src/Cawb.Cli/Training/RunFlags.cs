using System.CommandLine;
using Cawb.Cli.Detection;
using Cawb.Training;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Cli.Training;

/// <summary>The flags of a command that trains one network: those of the table, and one for each hyper-parameter.</summary>
internal sealed class RunFlags
{
    private readonly OptionFlags flags;
    private readonly ScheduleOptions? schedules;
    private readonly HyperParameterFlags hyperParameters = new();

    /// <param name="options">Of the table; those that a training finds out have no flag.</param>
    /// <param name="schedules">Reads schedules of momentum and weight decay; null where there are none.</param>
    public RunFlags(IEnumerable<TrainOption> options, ScheduleOptions? schedules)
    {
        this.schedules = schedules;
        flags = new OptionFlags(options.Where(option => option.Owner != OptionOwner.Training), showsDefaults: true)
        {
            Readers =
            {
                [TrainOption.Of(nameof(TrainOptions.HyperParameters))] = (result, path) => HyperParameterFile.Print(ReadFile(result, path)),
                [TrainOption.Of(nameof(TrainOptions.MomentumSchedule))] = Schedule,
                [TrainOption.Of(nameof(TrainOptions.WeightDecaySchedule))] = Schedule,
            },
        };
    }

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        flags.AddTo(command);
        hyperParameters.AddTo(command);
    }

    /// <summary>Whether somebody typed the flag of an option.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="name">The property's.</param>
    public bool IsTyped(ParseResult result, string name) => flags.IsTyped(result, TrainOption.Of(name));

    /// <summary>All options of a training.</summary>
    /// <exception cref="InputException">Some cannot be, or the data set is missing; everything that is wrong is said at once.</exception>
    public TrainOptions Read(ParseResult result)
    {
        var problems = new List<string>();
        var values = flags.Read(result, problems);
        if (!IsTyped(result, nameof(TrainOptions.Data)))
        {
            problems.Add("--data is missing: the folder of a COCO data set or a YOLO description (.yaml). For a ready one: cawb data digits.");
        }

        var options = values.Over(new TrainOptions { Data = "" });
        options = options with { HyperParameters = hyperParameters.Over(result, options.HyperParameters, problems) };
        return problems.Count > 0
            ? throw new InputException(string.Join(" ", problems))
            : options with { Data = Path.GetFullPath(options.Data), Model = ModelOf(result, options) };
    }

    /// <summary>Hyper-parameters of a file; what it has and a training does not is said on the error stream.</summary>
    internal static HyperParameters ReadFile(ParseResult result, string path) =>
        HyperParameterFile.Read(ProgramHome.Find(path), note => result.InvocationConfiguration.Error.WriteLine($"Note: {note}"));

    /// <summary>Whether a flag is that of an option.</summary>
    /// <param name="flag">Any.</param>
    /// <param name="name">The property's.</param>
    public bool IsFor(Option flag, string name) => flags.IsFor(flag, TrainOption.Of(name));

    /// <summary>The length that was typed, else the usual one.</summary>
    /// <exception cref="InputException">It cannot be.</exception>
    public int Epochs(ParseResult result)
    {
        var problems = new List<string>();
        var values = flags.Read(result, problems);
        return problems.Count == 0 ? values.Over(new TrainOptions { Data = "" }).Epochs : throw new InputException(string.Join(" ", problems));
    }

    // As in YOLOv5, weights bring their network with them.
    private string ModelOf(ParseResult result, TrainOptions options) => options.Weights.Length == 0 || IsTyped(result, nameof(TrainOptions.Model))
        ? options.Model
        : WeightsArgument.Describe(RunWeights.Of(options.Weights).Path).Size.Name;

    private string Schedule(ParseResult result, string text) =>
        ScheduleText.Print((schedules ?? throw new InvalidOperationException("No flag takes a schedule here.")).Read(result, text, flags.Number(result, TrainOption.Of(nameof(TrainOptions.Epochs)))));
}
