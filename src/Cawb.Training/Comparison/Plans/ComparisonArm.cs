using Cawb.Training.Options;

namespace Cawb.Training.Comparison.Plans;

/// <summary>One of the things that a comparison compares: a schedule, and options in which it differs from the others.</summary>
public sealed record ComparisonArm
{
    internal const int MostLetters = 60;

    private readonly Schedule? schedule;

    /// <summary>An arm with a schedule of its own.</summary>
    /// <param name="name">As it stands in tables; up to 60 letters, at least one of them a letter or digit.</param>
    /// <param name="scheduleJson">The schedule's text form.</param>
    /// <param name="options">Those that this arm sets differently.</param>
    /// <exception cref="ArgumentException">The name is unusable.</exception>
    /// <exception cref="ScheduleTextException">The text is no schedule.</exception>
    public ComparisonArm(string name, string scheduleJson, OptionValues options)
        : this(name, ScheduleText.Parse(scheduleJson), null, options)
    {
    }

    /// <summary>An arm whose schedule is matched to another arm's, once both are in a plan.</summary>
    /// <param name="name">As it stands in tables; up to 60 letters, at least one of them a letter or digit.</param>
    /// <param name="shape">Warm boots that keep their boots; null for a smooth curve.</param>
    /// <param name="match">To what.</param>
    /// <param name="options">Those that this arm sets differently.</param>
    /// <exception cref="ArgumentException">The name is unusable.</exception>
    public ComparisonArm(string name, Schedule? shape, ArmMatch? match, OptionValues options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = Cawb.Reports.Charts.ChartText.Checked(name, nameof(name), mayBeEmpty: false);
        if (name.Length > MostLetters)
        {
            throw new ArgumentException($"An arm's name has up to {MostLetters} letters; got {name.Length}.", nameof(name));
        }
        FolderName = string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (FolderName.Length == 0)
        {
            throw new ArgumentException($"An arm's name needs a letter from a to z or a digit, for its folder; got '{name}'.", nameof(name));
        }
        (Shape, Match, Options) = (shape, match, options);
        schedule = match is null ? shape ?? throw new ArgumentException("An arm needs a schedule, or another arm that it is matched to.", nameof(shape)) : null;
    }

    /// <summary>As it stands in tables.</summary>
    public string Name { get; }

    /// <summary>The name in lower-case letters, digits and dashes.</summary>
    public string FolderName { get; }

    /// <summary>What decides the learning rate; of a matched arm, once it is in a plan.</summary>
    public Schedule Schedule
    {
        get => schedule ?? throw new InvalidOperationException($"The arm '{Name}' is matched to another one and in no plan yet.");
        private init => schedule = value;
    }

    /// <summary>The schedule as the plan gives it, before it is matched; null where the match alone makes it.</summary>
    public Schedule? Shape { get; }

    /// <summary>To what the schedule is matched; null where the plan gives it as it is.</summary>
    public ArmMatch? Match { get; }

    /// <summary>Options that this arm sets differently from the plan.</summary>
    public OptionValues Options { get; }

    /// <summary>The arm with its schedule, among the arms of a plan.</summary>
    /// <exception cref="ArgumentException">It cannot be matched; the message says why.</exception>
    internal ComparisonArm Among(IEnumerable<ComparisonArm> arms, int epochs)
    {
        if (Match is null)
        {
            return this;
        }

        var other = arms.FirstOrDefault(arm => arm.Name == Match.ArmName)
            ?? throw new ArgumentException($"The arm '{Name}' is matched to '{Match.ArmName}', which does not exist.{NearestName.Suggestion(Match.ArmName, arms.Select(arm => arm.Name))}", nameof(arms));
        if (other.Match is not null)
        {
            throw new ArgumentException($"The arm '{Name}' is matched to '{other.Name}', which is matched itself. Match it to '{other.Match.ArmName}', or to an arm whose schedule is given.", nameof(arms));
        }

        try
        {
            return this with { Schedule = Match.Made(Shape, other.Schedule, epochs) };
        }
        catch (ArgumentException fault)
        {
            throw new ArgumentException($"The arm '{Name}' cannot be matched to '{other.Name}'. {ArgumentText.Of(fault)}", nameof(arms), fault);
        }
    }

    /// <summary>The arm for runs of another length.</summary>
    internal ComparisonArm Stretched(int from, int to) => new(Name, Shape is null ? null : ScheduleText.Parse(Shape.Stretched(from, to, keepsWholeEpochs: true).CanonicalText), Match, Options);

    /// <summary>The arm with the schedule that it has now, matched to nothing.</summary>
    internal ComparisonArm Unmatched() => Match is null ? this : new(Name, Schedule, null, Options);
}
