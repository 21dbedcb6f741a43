using System.CommandLine;
using System.Globalization;
using Cawb.Cli.Detection;
using Cawb.Training;
using Cawb.Training.Options;

namespace Cawb.Cli.Training;

/// <summary>The flags of a command that trains one network: those of the table, and --label-smoothing, which is a hyper-parameter.</summary>
internal sealed class RunFlags
{
    private readonly OptionFlags flags;
    private readonly ScheduleOptions? schedules;
    private readonly Option<double?> labelSmoothing = new("--label-smoothing") { Description = "Label smoothing, 0 to 1; replaces label_smoothing of --hyp." };

    /// <param name="options">Of the table; those that a training finds out have no flag.</param>
    /// <param name="schedules">Reads schedules of momentum and weight decay; null where there are none.</param>
    public RunFlags(IEnumerable<TrainOption> options, ScheduleOptions? schedules)
    {
        this.schedules = schedules;
        flags = new OptionFlags(options.Where(option => option.Owner != OptionOwner.Training), showsDefaults: true)
        {
            Readers =
            {
                [TrainOption.Of(nameof(TrainOptions.HyperParameters))] = (_, path) => HyperParameterFile.Print(HyperParameterFile.Read(ProgramHome.Find(path))),
                [TrainOption.Of(nameof(TrainOptions.MomentumSchedule))] = Schedule,
                [TrainOption.Of(nameof(TrainOptions.WeightDecaySchedule))] = Schedule,
            },
        };
    }

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        flags.AddTo(command);
        command.Options.Add(labelSmoothing);
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

        var smoothing = result.GetValue(labelSmoothing);
        if (smoothing is not (null or (>= 0 and <= 1)))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"--label-smoothing must be between 0 and 1; got {smoothing}."));
        }

        if (problems.Count > 0)
        {
            throw new InputException(string.Join(" ", problems));
        }

        var options = values.Over(new TrainOptions { Data = "" });
        return options with
        {
            Model = options.Weights.Length > 0 && !IsTyped(result, nameof(TrainOptions.Model)) ? WeightsArgument.Describe(options.Weights).Size.Name : options.Model,
            Data = Path.GetFullPath(options.Data),
            HyperParameters = smoothing is { } value ? options.HyperParameters with { LabelSmoothing = value } : options.HyperParameters,
        };
    }

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

    private string Schedule(ParseResult result, string text) =>
        ScheduleText.Print((schedules ?? throw new InvalidOperationException("No flag takes a schedule here.")).Read(result, text, flags.Number(result, TrainOption.Of(nameof(TrainOptions.Epochs)))));
}
