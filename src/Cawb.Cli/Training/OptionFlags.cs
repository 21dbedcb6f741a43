using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cawb.Training;
using Cawb.Training.Options;

namespace Cawb.Cli.Training;

/// <summary>Flags for options of trainings, as their table has them.</summary>
internal sealed class OptionFlags
{
    private readonly Dictionary<TrainOption, Option> flags;

    /// <param name="options">Which have flags.</param>
    /// <param name="showsDefaults">Whether help names the value where nobody gives one; a plan's stands there otherwise.</param>
    public OptionFlags(IEnumerable<TrainOption> options, bool showsDefaults) => flags = options.ToDictionary(option => option, option => Flag(option, showsDefaults));

    /// <summary>Reads options whose values are no plain texts, by the option: the value as JSON.</summary>
    public Dictionary<TrainOption, Func<ParseResult, string, string>> Readers { get; init; } = [];

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var flag in flags.Values)
        {
            command.Options.Add(flag);
        }
    }

    /// <summary>Whether somebody typed the flag.</summary>
    public bool IsTyped(ParseResult result, TrainOption option) => result.GetResult(flags[option]) is { Implicit: false };

    /// <summary>Whether a flag is that of an option.</summary>
    public bool IsFor(Option flag, TrainOption option) => flags[option] == flag;

    /// <summary>The number of an option: what was typed where it can be, else the usual one.</summary>
    public int Number(ParseResult result, TrainOption option) =>
        int.TryParse(result.GetValue((Option<string?>)flags[option]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && option.Problem(JsonSerializer.SerializeToElement(number)) is null
            ? number
            : int.Parse(option.Default(), CultureInfo.InvariantCulture);

    /// <summary>What was typed.</summary>
    /// <param name="result">Of the command line.</param>
    /// <param name="problems">Takes a sentence for everything that cannot be.</param>
    public OptionValues Read(ParseResult result, List<string> problems)
    {
        var values = OptionValues.None;
        foreach (var option in flags.Keys.Where(option => IsTyped(result, option)))
        {
            try
            {
                var value = Value(result, option);
                if (option.Problem(value) is { } problem)
                {
                    problems.Add($"{option.Flag} {problem}");
                }
                else
                {
                    values = values.With(option, value);
                }
            }
            catch (Exception fault) when (BadInput.IsCause(fault))
            {
                problems.Add($"{option.Flag}: {fault.Message}");
            }
        }

        return values;
    }

    private JsonElement Value(ParseResult result, TrainOption option)
    {
        if (option.IsSwitch)
        {
            return JsonSerializer.SerializeToElement(result.GetValue((Option<bool>)flags[option]));
        }

        var text = result.GetValue((Option<string?>)flags[option]) ?? option.BareValue;
        return Readers.TryGetValue(option, out var read) ? JsonSerializer.Deserialize<JsonElement>(read(result, text)) : option.Read(text);
    }

    private static Option Flag(TrainOption option, bool showsDefault)
    {
        var (sentence, name) = (option.Sentence, option.ValueName.Length > 0 ? option.ValueName : null);
        if (option.IsSwitch)
        {
            return new Option<bool>(option.Flag, [.. option.Aliases]) { Description = sentence };
        }

        var flag = new Option<string?>(option.Flag, [.. option.Aliases]) { Description = sentence, HelpName = name };
        if (showsDefault && option.Default() is { Length: > 0 } value)
        {
            flag.DefaultValueFactory = _ => value;
        }

        if (option.BareValue.Length > 0)
        {
            flag.Arity = ArgumentArity.ZeroOrOne;
        }

        if (option.Choices.Count > 0)
        {
            flag.CompletionSources.Add([.. option.Choices]);
        }

        return flag;
    }
}
