using System.CommandLine;

namespace Cawb.Cli;

/// <summary>The flags that describe a schedule, the same for every command; the names of CAWB's arguments are its author's.</summary>
/// <param name="names">What <c>--schedule</c> takes beside files and JSON, for its help.</param>
/// <param name="otherwise">What <c>--schedule</c> is when it is not typed, for its help.</param>
internal sealed class ScheduleOptions(string names = "cawb, cosine, linear or constant", string otherwise = "cawb")
{
    private const double DefaultFloor = 0.05;
    private const string Usual = "cawb";

    // Those whose shape the flags give.
    private static readonly string[] Kinds = [Usual, "cosine", "linear", "constant"];

    private readonly Option<string?> schedule = new("--schedule")
    {
        Description = $"{names}; or a schedule file (.json); or the JSON itself. Without it {otherwise}.",
    };

    private readonly Option<double[]> steps = NumberList.Option<double>(
        "--steps", "cawb: the epochs at which the rate is booted to a new start, for example 30 80; the order does not matter.");

    private readonly Option<double> stepScale = new("--step-scale")
    {
        Description = "cawb: each boot multiplies the start of the segment by this.",
        DefaultValueFactory = _ => 0.8,
    };

    private readonly Option<double> epochScale = new("--epoch-scale")
    {
        Description = "cawb: stretches the annealing of every segment but the last, which is then cut off while the rate is high.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> epochScaleMode = new Option<string>("--epoch-scale-mode")
    {
        Description = "cawb: whether the stretch multiplies the segment's length (as in the article) or is added to it (as in the published code).",
        DefaultValueFactory = _ => "multiply",
    }.AcceptOnlyFromAmong("multiply", "add");

    private readonly Option<string?> annealing = new("--lf")
    {
        Description = "cawb: the annealing, an expression of x (epochs into the segment) and y (length of the curve). Without it half a cosine down to --eta-min.",
    };

    private readonly Option<double> floor = new("--eta-min")
    {
        Description = "The lowest rate of cosine, linear and cawb without --lf, as a fraction of the start.",
        DefaultValueFactory = _ => DefaultFloor,
    };

    private readonly Option<double> warmup = new("--warmup-epoch")
    {
        Description = "Epochs of a straight ramp from 0 at the start, batch by batch.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> perBatch = new("--per-batch") { Description = "Evaluate the annealing at every batch instead of once per epoch." };

    /// <summary>Every flag.</summary>
    public IEnumerable<Option> All => [schedule, steps, stepScale, epochScale, epochScaleMode, annealing, floor, warmup, perBatch];

    /// <summary>Whether <c>--schedule</c> itself was typed.</summary>
    public bool IsGiven(ParseResult result) => result.GetResult(schedule) is { Implicit: false };

    /// <summary>What was typed after <c>--schedule</c>; null when it was not typed.</summary>
    public string? Name(ParseResult result) => result.GetValue(schedule);

    /// <summary>The first flag that was typed, <c>--schedule</c> itself left aside; null for none.</summary>
    public Option? FirstDetail(ParseResult result) => All.FirstOrDefault(option => option != schedule && result.GetResult(option) is { Implicit: false });

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The schedule that the flags describe.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="epochs">Length of the run.</param>
    /// <exception cref="InputException">A value is out of its range.</exception>
    /// <exception cref="ScheduleTextException">The file or the JSON is no schedule.</exception>
    public Schedule Read(ParseResult result, double epochs) => Read(result, result.GetValue(schedule) ?? Usual, epochs);

    /// <summary>The schedule of a name, file or JSON given elsewhere than in <c>--schedule</c>, with the other flags as typed.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="name">What <c>--schedule</c> takes.</param>
    /// <param name="epochs">Length of the run.</param>
    /// <exception cref="InputException">A value is out of its range.</exception>
    /// <exception cref="ScheduleTextException">The file or the JSON is no schedule.</exception>
    public Schedule Read(ParseResult result, string name, double epochs)
    {
        try
        {
            return name switch
            {
                Usual => Cawb(result, epochs),
                "cosine" => Front(result, epochs, rest => new CosineSchedule(rest, result.GetValue(floor))),
                "linear" => Front(result, epochs, rest => new LinearSchedule(rest, result.GetValue(floor))),
                "constant" => Front(result, epochs, _ => new ConstantSchedule()),
                _ when IsJson(name) => ScheduleText.Parse(name),
                _ when name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(name) => ScheduleText.Load(name),
                _ => throw new InputException($"There is no schedule '{name}'.{NearestName.Suggestion(name, Kinds)} --schedule takes cawb, cosine, linear, constant, a file that ends in .json, or JSON."),
            };
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"The schedule cannot be made: {WithFlag(exception)}", exception);
        }
        catch (Expressions.ExpressionException exception)
        {
            throw new InputException($"--lf \"{result.GetValue(annealing)}\" is no annealing: {exception.Message}", exception);
        }
        catch (ScheduleTextException exception) when (IsJson(name))
        {
            throw new InputException($"The JSON given as schedule cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The schedule file {name} cannot be read: {exception.Message} Check the path.", exception);
        }
    }

    /// <summary>What output calls the schedule that the flags describe: the kind of schedule.</summary>
    public string KindOf(ParseResult result, Schedule read) => KindOf(result.GetValue(schedule) ?? Usual, read);

    /// <summary>The kind of a schedule that was given as a name or as JSON.</summary>
    public static string KindOf(string given, Schedule read) => Kinds.Contains(given)
        ? given
        // The kind is the first value of the canonical text: {"type":"cawb", ...
        : read.ToString().Split('"') is [_, "type", _, var kind, ..] ? kind : read.GetType().Name;

    private CawbSchedule Cawb(ParseResult result, double epochs) => new(
        epochs,
        result.GetValue(steps) ?? [],
        result.GetValue(annealing) is { } text ? Annealing.Expression(text) : Annealing.CosineTo(result.GetValue(floor)),
        result.GetValue(stepScale),
        result.GetValue(epochScale),
        result.GetValue(epochScaleMode) == "add" ? EpochScaleMode.Add : EpochScaleMode.Multiply,
        result.GetValue(warmup),
        annealingUpdate: result.GetValue(perBatch) ? AnnealingUpdate.PerBatch : AnnealingUpdate.PerEpoch);

    private Schedule Front(ParseResult result, double epochs, Func<double, Schedule> rest)
    {
        var length = result.GetValue(warmup);
        if (!(double.IsFinite(length) && length >= 0))
        {
            throw new InputException(FormattableString.Invariant($"--warmup-epoch is {length}; it must be a finite number, 0 or above."));
        }

        if (length >= epochs)
        {
            throw new InputException(FormattableString.Invariant($"--warmup-epoch is {length}; the warm-up must end before the run of {epochs} epochs does."));
        }

        var main = rest(epochs - length);
        var held = result.GetValue(perBatch) || main is ConstantSchedule ? main : new HoldPerEpochSchedule(main);
        return length == 0 ? held : new WarmupSchedule(held, length);
    }

    private static bool IsJson(string name) => name.TrimStart().StartsWith('{');

    /// <summary>The message with the flag's name in the place of the parameter's.</summary>
    private static string WithFlag(ArgumentException exception)
    {
        var flag = exception.ParamName switch
        {
            "bootEpochs" => "--steps",
            "stepScale" => "--step-scale",
            "epochScale" => "--epoch-scale",
            "warmupEpochs" => "--warmup-epoch",
            "minFactor" => "--eta-min",
            "annealing" => "--lf",
            "epochs" or "durationEpochs" => "--epochs",
            _ => null,
        };
        var suffix = $" (Parameter '{exception.ParamName}')";
        var message = exception.Message.EndsWith(suffix, StringComparison.Ordinal) ? exception.Message[..^suffix.Length] : exception.Message;
        return flag is null ? message : $"{flag}: {message}";
    }
}
