using Cawb.Training.Options;

namespace Cawb.Training.Comparison;

/// <summary>One of the things that a comparison compares: a schedule, and options in which it differs from the others.</summary>
public sealed record ComparisonArm
{
    internal const int MostLetters = 60;

    /// <summary>An arm.</summary>
    /// <param name="name">As it stands in tables; up to 60 letters, at least one of them a letter or digit.</param>
    /// <param name="scheduleJson">The schedule's text form.</param>
    /// <param name="options">Those that this arm sets differently.</param>
    /// <exception cref="ArgumentException">The name is unusable.</exception>
    /// <exception cref="ScheduleTextException">The text is no schedule.</exception>
    public ComparisonArm(string name, string scheduleJson, OptionValues options)
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
        Schedule = ScheduleText.Parse(scheduleJson);
        Options = options;
    }

    /// <summary>As it stands in tables.</summary>
    public string Name { get; }

    /// <summary>The name in lower-case letters, digits and dashes.</summary>
    public string FolderName { get; }

    /// <summary>What decides the learning rate.</summary>
    public Schedule Schedule { get; }

    /// <summary>Options that this arm sets differently from the plan.</summary>
    public OptionValues Options { get; }
}
