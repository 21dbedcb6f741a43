using System.CommandLine;
using Cawb.Cli.Schedules;
using Cawb.Foreign;
using Cawb.Training;
using Cawb.Types;

namespace Cawb.Cli;

/// <summary>The flags that describe a schedule, the same for every command; the names of CAWB's arguments are its author's, and his <c>--warmup-epoch</c> is an alias.</summary>
/// <param name="names">What <c>--schedule</c> takes beside files and JSON, for its help.</param>
/// <param name="otherwise">What <c>--schedule</c> is when it is not typed, for its help.</param>
internal sealed class ScheduleOptions(string names = "cawb, cosine, linear or constant", string otherwise = "cawb")
{
    private const double DefaultFloor = 0.05;
    public const string Usual = "cawb";

    // Those whose shape the flags give.
    private static readonly string[] Kinds = [Usual, "cosine", "linear", "constant"];

    private readonly Option<string?> schedule = new("--schedule")
    {
        Description = $"{names}; any type with its parameters, such as oneCycle:totalEpochs=100,start=0.04 (cawb schedules lists them); a schedule file (.json); or the JSON itself. [default: {otherwise}]",
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
        Description = "cawb: the annealing, an expression of x (epochs into the segment) and y (length of the curve). [default: half a cosine down to --eta-min]",
    };

    private readonly Option<double> floor = new("--eta-min")
    {
        Description = "The lowest rate of cosine, linear and cawb without --lf, as a fraction of the start.",
        DefaultValueFactory = _ => DefaultFloor,
    };

    private readonly Option<double> warmup = new("--warmup-epochs", "--warmup-epoch")
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

    /// <summary>Refuses a flag that shapes none of the schedules, rather than pass over it.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="names">The schedules as they were named; files, JSON and other types say all themselves.</param>
    /// <exception cref="InputException">A flag has no effect.</exception>
    public void RequireEffect(ParseResult result, IReadOnlyCollection<string> names)
    {
        foreach (var (option, owners) in (IEnumerable<(Option, string[])>)
            [
                (steps, ["cawb"]), (stepScale, ["cawb"]), (epochScale, ["cawb"]), (epochScaleMode, ["cawb"]), (annealing, ["cawb"]),
                (floor, ["cosine", "linear", "cawb"]), (warmup, Kinds), (perBatch, ["cawb", "cosine", "linear"]),
            ])
        {
            if (IsTyped(option) && !names.Any(owners.Contains))
            {
                throw new InputException(
                    $"{option.Name} has no effect here: it belongs to {Listed(owners)} by name, and the schedule is {string.Join(", ", names.Select(Shown))}. Leave it out; a file, JSON or another type says everything itself (cawb schedules).");
            }
        }

        if (IsTyped(floor) && IsTyped(annealing) && !names.Any(name => name is "cosine" or "linear"))
        {
            throw new InputException("--eta-min has no effect beside --lf, which is the whole curve. Leave one of the two out.");
        }

        if ((result.GetValue(steps) ?? []).Length == 0 && ((Option[])[stepScale, epochScale, epochScaleMode]).FirstOrDefault(IsTyped) is { } scale)
        {
            throw new InputException($"{scale.Name} has no effect without boots. Name them with --steps, for example --steps 30 80.");
        }

        bool IsTyped(Option option) => result.GetResult(option) is { Implicit: false };

        static string Listed(string[] owners) => owners.Length == 1 ? owners[0] : $"{string.Join(", ", owners[..^1])} and {owners[^1]}";

        static string Shown(string name) => IsJson(name) ? "JSON" : name;
    }

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The schedule of a name, file or JSON, with the other flags as typed.</summary>
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
                _ when Typed(name) is { } typed && ScheduleType.Find(typed.Name) is { } type => ScheduleText.Parse(typed.ToText(type, epochs)),
                _ when name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(name) => ScheduleText.Load(name),
                _ when (TypedSchedule.OfWord(name)?.Name ?? name) is var function && ForeignSchedules.Names.Contains(function) => throw new InputException(
                    $"{function} is a library's function, which counts in its own steps. Write it as a schedule of this run first: cawb convert {function} ... --epochs N --batches M > schedule.json, then --schedule schedule.json."),
                _ => throw new InputException($"There is no schedule '{name}'.{NearestName.Suggestion(TypedSchedule.OfWord(name)?.Name ?? name, ScheduleType.All.Select(type => type.Name))} --schedule takes cawb, cosine, linear, constant, any type with its parameters (oneCycle:totalEpochs=100,...; cawb schedules lists them), a file that ends in .json, or JSON."),
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
        catch (ScheduleTextException exception) when (Typed(name) is { } typed)
        {
            throw new InputException($"{name}: {exception.Problem} See: cawb schedules {typed.Name}", exception);
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

    /// <summary>The kind of a schedule that was given as a name or as JSON.</summary>
    public static string KindOf(string given, Schedule read) => Kinds.Contains(given)
        ? given
        // The kind is the first value of the canonical text: {"type":"cawb", ...
        : read.ToString().Split('"') is [_, "type", _, var kind, ..] ? kind : read.GetType().Name;

    // By name alone, or with parameters; the four that the flags describe are theirs while they come without.
    private static TypedSchedule? Typed(string name) => TypedSchedule.OfWord(name) ?? (ScheduleType.Find(name) is null ? null : new TypedSchedule(name, []));

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
            throw new InputException(FormattableString.Invariant($"--warmup-epochs is {length}; it must be a finite number, 0 or above."));
        }

        if (length >= epochs)
        {
            throw new InputException(FormattableString.Invariant($"--warmup-epochs is {length}; the warm-up must end before the run of {epochs} epochs does."));
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
            "warmupEpochs" => "--warmup-epochs",
            "minFactor" => "--eta-min",
            "annealing" => "--lf",
            "epochs" or "durationEpochs" => "--epochs",
            _ => null,
        };
        var message = ArgumentText.Of(exception);
        return flag is null ? message : $"{flag}: {message}";
    }
}
