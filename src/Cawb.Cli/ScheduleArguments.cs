using System.CommandLine;
using System.Globalization;
using Cawb.Foreign;

namespace Cawb.Cli;

/// <summary>How commands are told which schedules to look at, in which run, from which base rates.</summary>
internal sealed class ScheduleArguments
{
    private const double UsualRunEpochs = 100;
    private const int LongestRunEpochs = 10_000_000;

    private readonly ScheduleOptions flags = new();
    private readonly int usualBatches;

    private readonly Argument<string[]> named = new("schedule")
    {
        Description = "cawb, cosine, linear or constant (with the flags below), a schedule file (.json), JSON, or a library's function followed by its arguments as JSON.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> from = new("--from")
    {
        Description = "A library's function and its arguments as JSON: --from torch.CosineAnnealingLR '{\"T_max\": 50}'. One of its steps counts as one epoch.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double[]> baseRates = new("--base-lrs")
    {
        Description = "The base learning rate of each parameter group. Without it values are multiples of the base.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int[]> epochs = new("--epochs")
    {
        Description = "Length of the run in epochs. Without it the length of the longest schedule that ends, else 100.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int[]> batches;

    /// <param name="usualBatches">Batches per epoch where <c>--batches</c> is left out.</param>
    public ScheduleArguments(int usualBatches)
    {
        this.usualBatches = usualBatches;
        batches = new("--batches")
        {
            Description = $"Batches per epoch. Without it {usualBatches}.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
    }

    /// <summary>Adds the argument and all flags to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(named);
        command.Options.Add(from);
        flags.AddTo(command);
        foreach (Option option in (Option[])[epochs, batches, baseRates])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The base rates; one of 1 where none was given, so that values are factors.</summary>
    /// <exception cref="InputException">A rate is not above 0.</exception>
    public IReadOnlyList<double> BaseRates(ParseResult result)
    {
        double[] given = result.GetValue(baseRates) ?? [];
        foreach (double rate in given)
        {
            if (!(double.IsFinite(rate) && rate > 0))
            {
                throw new InputException(FormattableString.Invariant($"--base-lrs: a base learning rate must be a finite number above 0; got {rate}."));
            }
        }

        return given.Length > 0 ? given : [1];
    }

    /// <summary>Whether values are learning rates; otherwise they are multiples of the base.</summary>
    public bool HasBaseRates(ParseResult result) => result.GetValue(baseRates) is { Length: > 0 };

    /// <summary>Everything that was asked for, in the order in which it was typed; names are unique.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="plan">Which of the values of <c>--epochs</c> the flags' schedules get.</param>
    /// <exception cref="InputException">Something is no schedule.</exception>
    /// <exception cref="ScheduleTextException">A file or JSON is no schedule.</exception>
    /// <exception cref="ForeignScheduleException">A library has no such function or argument.</exception>
    public IReadOnlyList<NamedSchedule> Read(ParseResult result, int plan = 0)
    {
        List<NamedSchedule> found = [];
        string[] words = [.. result.GetValue(named) ?? [], .. result.GetValue(from) ?? []];
        for (int i = 0; i < words.Length; i++)
        {
            bool hasArguments = i + 1 < words.Length && IsJson(words[i + 1]);
            if (IsForeign(words[i]))
            {
                found.Add(Foreign(result, words[i], hasArguments ? words[++i] : "{}"));
            }
            else
            {
                found.Add(Own(result, words[i], plan));
            }
        }

        if (found.Count == 0 || flags.IsGiven(result))
        {
            var own = flags.Read(result, Length(result, plan) ?? UsualRunEpochs);
            found.Add(new(KindOf(own), [own], null));
        }

        return Distinct(found);
    }

    /// <summary>The one schedule that the command looks at.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public NamedSchedule ReadOne(ParseResult result)
    {
        var found = Read(result);
        return found.Count == 1 ? found[0] : throw new InputException($"This command looks at one schedule; got {found.Count}: {string.Join(", ", found.Select(one => one.Name))}.");
    }

    /// <summary>How many runs were described: several values of <c>--epochs</c> or <c>--batches</c>.</summary>
    public int PlanCount(ParseResult result) => Math.Max(1, Math.Max((result.GetValue(epochs) ?? []).Length, (result.GetValue(batches) ?? []).Length));

    /// <summary>The run.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="schedules">Decide the length where it was not typed.</param>
    /// <param name="plan">Which of several values; the last one stands for those that are missing.</param>
    /// <exception cref="InputException">A count is below 1.</exception>
    public TrainingPlan Plan(ParseResult result, IReadOnlyList<NamedSchedule> schedules, int plan = 0)
    {
        double end = schedules.SelectMany(schedule => schedule.Groups).Select(group => group.EndEpochs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        int length = Length(result, plan) ?? (int)Math.Clamp(Math.Ceiling(end), 0, LongestRunEpochs);
        return TrainingPlan.FromEpochs(length > 0 ? length : (int)UsualRunEpochs, Count(result, batches, plan) ?? usualBatches);
    }

    private int? Length(ParseResult result, int plan) => Count(result, epochs, plan);

    private static int? Count(ParseResult result, Option<int[]> option, int plan)
    {
        int[] given = result.GetValue(option) ?? [];
        if (given.Length == 0)
        {
            return null;
        }

        int count = given[Math.Min(plan, given.Length - 1)];
        return count is >= 1 and <= LongestRunEpochs ? count : throw new InputException(FormattableString.Invariant($"{option.Name} must be between 1 and {LongestRunEpochs}; got {count}."));
    }

    private NamedSchedule Own(ParseResult result, string word, int plan)
    {
        var schedule = flags.Read(result, word, Length(result, plan) ?? UsualRunEpochs);
        bool isFile = !IsJson(word) && word.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return new(isFile ? Path.GetFileNameWithoutExtension(word) : IsJson(word) ? KindOf(schedule) : word, [schedule], null);
    }

    private NamedSchedule Foreign(ParseResult result, string name, string arguments)
    {
        var schedule = ForeignSchedules.Create(name, arguments, result.GetValue(baseRates) ?? []);
        return new(name, schedule.LearningRates, schedule);
    }

    private static bool IsJson(string word) => word.TrimStart().StartsWith('{');

    // torch.StepLR: two names with a dot between, and no file.
    private static bool IsForeign(string word) =>
        !IsJson(word) && !word.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !File.Exists(word) && word.Split('.') is [{ Length: > 0 }, { Length: > 0 }];

    // The kind is the first value of the canonical text: {"type":"cawb", ...
    private static string KindOf(Schedule schedule) => schedule.ToString().Split('"') is [_, "type", _, var kind, ..] ? kind : schedule.GetType().Name;

    private static List<NamedSchedule> Distinct(List<NamedSchedule> schedules) =>
        [.. schedules.Select((schedule, i) => schedules.Take(i).Count(earlier => earlier.Name == schedule.Name) is > 0 and var before
            ? schedule with { Name = string.Create(CultureInfo.InvariantCulture, $"{schedule.Name} ({before + 1})") }
            : schedule)];
}
