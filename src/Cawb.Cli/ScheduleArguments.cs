using System.CommandLine;
using System.Globalization;
using Cawb.Cli.Commands;
using Cawb.Cli.Schedules;
using Cawb.Foreign;
using Cawb.Training;
using Cawb.Training.Runs;
using Cawb.Training.Views;
using Cawb.Yolov5;

namespace Cawb.Cli;

/// <summary>How commands are told which schedules to look at, in which run, from which base rates.</summary>
internal sealed class ScheduleArguments
{
    private const double UsualRunEpochs = 100;
    private const int LongestRunEpochs = 10_000_000;

    private readonly ScheduleOptions flags = new();
    private readonly int usualBatches;
    private readonly int mostRuns;

    private readonly Argument<string[]> named = new("schedule")
    {
        Description = "cawb, cosine, linear or constant (with the flags below); any type with its parameters, oneCycle totalEpochs=100 start=0.04 ... (cawb schedules lists them); a schedule file (.json); JSON; or a library's function with its arguments, torch.StepLR step_size=30, or as JSON.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> from = new("--from")
    {
        Description = "A library's function and its arguments as JSON: --from torch.CosineAnnealingLR '{\"T_max\": 50}'. Same as the two as plain arguments.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double[]> baseRates = NumberList.Option<double>(
        "--base-lrs", "The base learning rate of each parameter group. [default: values are multiples of the base]");

    private readonly Option<int[]> epochs = NumberList.Option<int>(
        "--epochs", "Length of the run in epochs, or in steps where only libraries' schedules are looked at. [default: the length of the longest schedule, else 100]");

    private readonly Option<string?> stepIs = new Option<string?>("--step-is")
    {
        Description = "What one step of a library's schedule is where time is counted in epochs: epoch or batch. [default: what the library's documentation says]",
    }.AcceptOnlyFromAmong("epoch", "batch");

    private readonly Option<int[]> batches;

    /// <param name="usualBatches">Batches per epoch where <c>--batches</c> is left out.</param>
    /// <param name="mostRuns">How many runs the command looks at: values of <c>--epochs</c> and <c>--batches</c> that it may be given.</param>
    public ScheduleArguments(int usualBatches, int mostRuns = 1)
    {
        (this.usualBatches, this.mostRuns) = (usualBatches, mostRuns);
        batches = NumberList.Option<int>(
            "--batches", $"Batches per epoch. [default: {usualBatches}; libraries' schedules alone are then looked at in their own steps]");
    }

    /// <summary>Adds the argument and all flags to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(named);
        AddFlagsTo(command);
    }

    /// <summary>Adds the flags alone, for a command whose arguments are something else: the schedule is then <c>--schedule</c> or <c>--from</c>.</summary>
    public void AddFlagsTo(Command command)
    {
        command.Options.Add(from);
        flags.AddTo(command);
        foreach (var option in (Option[])[epochs, batches, baseRates, stepIs])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The base rates; one of 1 where none was given, so that values are factors.</summary>
    /// <exception cref="InputException">A rate is not above 0.</exception>
    public IReadOnlyList<double> BaseRates(ParseResult result)
    {
        var given = result.GetValue(baseRates) ?? [];
        foreach (var rate in given)
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

    /// <summary>Everything that was asked for, in its run.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="plan">Which of the values of <c>--epochs</c> and <c>--batches</c>; the last one stands for those that are missing.</param>
    /// <exception cref="InputException">Something is no schedule, a count is below 1, or it is not said how steps and epochs go together.</exception>
    /// <exception cref="ScheduleTextException">A file or JSON is no schedule.</exception>
    /// <exception cref="ForeignScheduleException">A library has no such function or argument.</exception>
    public ScheduleView Read(ParseResult result, int plan = 0)
    {
        var named = ReadNamed(result, plan);
        var given = Count(result, batches, plan);
        var step = StepIs(result);
        if (given is null && step is null && named.All(schedule => schedule.CountsSteps))
        {
            return new(named, TrainingPlan.FromBatches(Whole(Count(result, epochs, plan) ?? named.Max(schedule => schedule.Units)), batchesPerEpoch: 1), ScheduleView.Step);
        }

        if (given is null && usualBatches > 1 && named.Find(schedule => schedule.IsPerBatch(step)) is { } stepped)
        {
            throw new InputException($"{stepped.Name} is stepped after every batch, and beside schedules in epochs it must be known how many batches an epoch has: add --batches, or --step-is epoch.");
        }

        if (step is not null && !named.Exists(schedule => schedule is { CountsSteps: true, Origin.TimeUnitIsGiven: false }))
        {
            throw new InputException("--step-is has no effect here: it says what one step of a library's schedule is, and there is none, or its arguments say so themselves. Leave it out.");
        }

        var perEpoch = given ?? usualBatches;
        var length = Count(result, epochs, plan) ?? named.Select(schedule => schedule.IsPerBatch(step) ? schedule.Units / perEpoch : schedule.Units).Max();
        var run = TrainingPlan.FromEpochs(Whole(length), perEpoch);
        return new([.. named.Select(schedule => schedule.OnClock(run, step))], run, ScheduleView.Epoch);
    }

    /// <summary>The one schedule and the run as <c>train</c> reads them: without a name, and by the names yolov5 and yolov5-cosine, it is YOLOv5's own.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="finalFactor">The hyper-parameters' <c>lrf</c>.</param>
    /// <exception cref="InputException">There are several, or a flag has no effect.</exception>
    public (Schedule Schedule, TrainingPlan Plan) ReadTrained(ParseResult result, double finalFactor)
    {
        UselessFlags.Refuse(result, when: true, "the base rate of a training is lr0 of its hyper-parameters (--hyp)", baseRates);
        string[] words = [.. result.GetValue(named) ?? [], .. result.GetValue(from) ?? [], .. flags.Name(result) is { } name ? [name] : Array.Empty<string>()];
        var detail = flags.FirstDetail(result);
        if (words is not [TrainCommand.Yolov5 or TrainCommand.Yolov5Cosine] && (words.Length > 0 || detail is not null))
        {
            var view = Read(result);
            return (view.Single.Of(0), view.Plan);
        }

        if (detail is not null)
        {
            throw new InputException($"{detail.Name} does not belong to {words[0]}, which takes its numbers from the hyper-parameters (lrf, warmup_epochs). Leave it out, or choose another schedule.");
        }

        UselessFlags.Refuse(result, when: true, $"it belongs to schedules of libraries that count steps, and {(words.Length > 0 ? words[0] : TrainCommand.Yolov5)} counts epochs", stepIs);
        var plan = TrainingPlan.FromEpochs(Length(result, plan: 0) ?? (int)UsualRunEpochs, Count(result, batches, plan: 0) ?? usualBatches);
        return (new Yolov5Schedule((int)plan.Epochs, warmupEpochs: 0, finalFactor: finalFactor, curve: words is [TrainCommand.Yolov5Cosine] ? Yolov5Curve.Cosine : Yolov5Curve.Linear), plan);
    }

    /// <summary>The run directory that was named in the place of a schedule; null where none was.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="batchesPerEpoch">Of <c>--batches</c>; null where it was not typed.</param>
    /// <exception cref="InputException">There is more beside it.</exception>
    public string? RunFolder(ParseResult result, out int? batchesPerEpoch)
    {
        batchesPerEpoch = Count(result, batches, plan: 0);
        var words = result.GetValue(named) ?? [];
        if (Array.Find(words, RunState.IsRun) is not { } run)
        {
            return null;
        }

        if (words.Length > 1)
        {
            throw new InputException($"{run} is a run, which is shown alone, with the rates that it has trained with. Several runs lie over each other in: cawb report {run} ...");
        }

        UselessFlags.Refuse(result, when: true, "a run says itself what it trains with", [from, .. flags.All, epochs, baseRates, stepIs]);
        return run;
    }

    /// <summary>The one schedule that was asked for, on its own clock.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public NamedSchedule ReadOne(ParseResult result) => NamedSchedule.Only(ReadNamed(result, plan: 0));

    /// <summary>How many runs were described: several values of <c>--epochs</c> or <c>--batches</c>.</summary>
    public int PlanCount(ParseResult result) => Math.Max(1, Math.Max((result.GetValue(epochs) ?? []).Length, (result.GetValue(batches) ?? []).Length));

    /// <summary>A library's schedule in our own terms, for a run as long as was typed or as its arguments say: in epochs with <c>--batches</c>, else in the library's steps.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="origin">The library's schedule.</param>
    /// <exception cref="InputException">The length of the run is needed and missing, or a flag has no effect.</exception>
    public (ForeignEpochs Schedule, string Unit) Convert(ParseResult result, ForeignSchedule origin)
    {
        var (length, perEpoch, step) = (Count(result, epochs, plan: 0), Count(result, batches, plan: 0), StepIs(result));
        if (origin.HasOwnRates && HasBaseRates(result))
        {
            throw new InputException($"--base-lrs has no effect here: the values of {origin.Name} are rates themselves. Leave it out.");
        }

        if (origin.Library == "yolov5" && FirstOfRun(result) is { } typed)
        {
            throw new InputException($"{typed} has no effect here: {origin.Name} takes epochs and nb, the batches of an epoch, among its arguments. Leave it out.");
        }

        if (step is not null && perEpoch is null)
        {
            throw new InputException("--step-is has no effect without --batches: the JSON then counts the library's steps. Add --batches, or leave --step-is out.");
        }

        if (origin.TimeUnit == ForeignTimeUnit.Run && length is null)
        {
            throw new InputException($"{origin.Name} counts fractions of the run, whose length must be known: add --epochs.");
        }

        var countsSteps = origin.TimeUnit is ForeignTimeUnit.Step or ForeignTimeUnit.Batch;
        if (perEpoch is null && countsSteps)
        {
            return (InOwnSteps(origin, length), ScheduleView.Step);
        }

        var unit = origin.TimeUnitIsGiven ? origin.TimeUnit : step ?? origin.TimeUnit;
        var shown = origin.TimeUnit == ForeignTimeUnit.Run ? 1 : origin.UnitsToShow / (unit == ForeignTimeUnit.Batch ? perEpoch ?? 1 : 1);
        return (origin.OverEpochs(TrainingPlan.FromEpochs(length ?? Whole(shown), perEpoch ?? 1), step), ScheduleView.Epoch);
    }

    /// <summary>A flag that was typed and has no effect where one schedule of our own is written: our schedules do not depend on a run, unless flags describe them.</summary>
    /// <exception cref="InputException">There is one.</exception>
    public void RefuseRun(ParseResult result)
    {
        var given = (result.GetValue(named) ?? []).FirstOrDefault() ?? flags.Name(result);
        var isFromFlags = given is null || !(IsJson(given) || given.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(given));
        var unused = (Option[])[batches, baseRates, stepIs, .. isFromFlags ? (Option[])[] : [epochs]];
        if (unused.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } typed)
        {
            throw new InputException($"{typed.Name} has no effect here: it belongs to schedules of other libraries{(isFromFlags ? "" : ", or to a schedule that flags describe")}. Leave it out.");
        }
    }

    private string? FirstOfRun(ParseResult result) =>
        ((Option[])[epochs, batches, stepIs]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    private static ForeignEpochs InOwnSteps(ForeignSchedule origin, int? length)
    {
        ForeignEpochs Over(double steps) => origin.OverEpochs(TrainingPlan.FromBatches(Whole(steps), batchesPerEpoch: 1));
        if (length is not null || origin.NamedRun > 0)
        {
            return Over(length ?? origin.NamedRun);
        }

        if (origin.HasTextForm || !Over(UsualRunEpochs).HasTextForm)
        {
            return new ForeignEpochs(origin.LearningRates, origin.Momenta, origin.WhyNoTextForm);
        }

        throw new InputException($"{origin.WhyNoTextForm} Say how long the run is: --epochs 100 for a hundred steps, or --epochs with --batches for a run in epochs.");
    }

    private ForeignTimeUnit? StepIs(ParseResult result) => result.GetValue(stepIs) switch { null => null, "batch" => ForeignTimeUnit.Batch, _ => ForeignTimeUnit.Step };

    private static int Whole(double length) => length > 0 ? (int)Math.Min(Math.Ceiling(length), LongestRunEpochs) : (int)UsualRunEpochs;

    private List<NamedSchedule> ReadNamed(ParseResult result, int plan)
    {
        List<NamedSchedule> found = [];
        List<string> own = [];
        string[] words = [.. result.GetValue(named) ?? [], .. result.GetValue(from) ?? []];
        if (words.Length == 0 || flags.IsGiven(result))
        {
            words = [.. words, flags.Name(result) ?? ScheduleOptions.Usual];
        }

        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            while (i + 1 < words.Length && TypedSchedule.IsPair(words[i + 1]))
            {
                word = $"{word}{(TypedSchedule.OfWord(word) is null ? ':' : ',')}{words[++i]}";
            }

            var typed = TypedSchedule.OfWord(word);
            if (IsForeign(typed?.Name ?? word))
            {
                var hasArguments = typed is null && i + 1 < words.Length && IsJson(words[i + 1]);
                found.Add(Foreign(result, plan, typed?.Name ?? word, typed?.ToArguments() ?? (hasArguments ? words[++i] : "{}")));
            }
            else
            {
                own.Add(word);
                found.Add(Own(result, word, plan));
            }
        }

        flags.RequireEffect(result, own.Count > 0 ? own : [.. found.Select(schedule => schedule.Name)]);
        if (result.GetResult(stepIs) is { Implicit: false } && !found.Exists(schedule => schedule.CountsSteps))
        {
            throw new InputException($"--step-is has no effect here: it belongs to schedules of libraries that count steps, and there is none. Leave it out.");
        }

        return Distinct(found);
    }

    private int? Length(ParseResult result, int plan) => Count(result, epochs, plan);

    private int? Count(ParseResult result, Option<int[]> option, int plan)
    {
        var given = result.GetValue(option) ?? [];
        if (given.Length == 0)
        {
            return null;
        }

        if (given.Length > mostRuns)
        {
            throw new InputException($"{option.Name} has {given.Length} values, and this command looks at {Counted.Of(mostRuns, "run")}. Give {(mostRuns == 1 ? "one value" : $"up to {mostRuns}")}; cawb diff compares one schedule in two runs.");
        }

        var count = given[Math.Min(plan, given.Length - 1)];
        return count is >= 1 and <= LongestRunEpochs ? count : throw new InputException(FormattableString.Invariant($"{option.Name} must be between 1 and {LongestRunEpochs}; got {count}."));
    }

    private NamedSchedule Own(ParseResult result, string word, int plan)
    {
        var schedule = flags.Read(result, word, Length(result, plan) ?? UsualRunEpochs);
        var isFile = !IsJson(word) && word.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return new(isFile ? Path.GetFileNameWithoutExtension(word) : ScheduleOptions.KindOf(word, schedule), [schedule], null);
    }

    private NamedSchedule Foreign(ParseResult result, int plan, string name, string arguments)
    {
        var schedule = ForeignSchedules.Create(name, arguments, result.GetValue(baseRates) ?? [], Count(result, batches, plan));
        return new(name, schedule.LearningRates, schedule);
    }

    private static bool IsJson(string word) => word.TrimStart().StartsWith('{');

    // torch.StepLR: two names with a dot between, and no file.
    private static bool IsForeign(string word) =>
        !IsJson(word) && !word.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !File.Exists(word) && word.Split('.') is [{ Length: > 0 }, { Length: > 0 }];

    private static List<NamedSchedule> Distinct(List<NamedSchedule> schedules) =>
        [.. schedules.Select((schedule, i) => schedules.Take(i).Count(earlier => earlier.Name == schedule.Name) is > 0 and var before
            ? schedule with { Name = string.Create(CultureInfo.InvariantCulture, $"{schedule.Name} ({before + 1})") }
            : schedule)];
}
