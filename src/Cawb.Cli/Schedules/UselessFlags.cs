using System.CommandLine;
using Cawb.Training;

namespace Cawb.Cli.Schedules;

/// <summary>Flags that would change nothing are errors, so that nobody believes that they did.</summary>
internal static class UselessFlags
{
    /// <summary>Refuses a flag that another one makes useless.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="when">Whether that is so.</param>
    /// <param name="reason">Why, as the end of a sentence: <c>"charts in the terminal have the window's size; it belongs to --out"</c>.</param>
    /// <param name="options">The flags.</param>
    /// <exception cref="InputException">One of them was typed.</exception>
    public static void Refuse(ParseResult result, bool when, string reason, params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            if (when && result.GetResult(option) is { Implicit: false })
            {
                throw new InputException($"{option.Name} has no effect here: {reason}. Leave it out.");
            }
        }
    }

    /// <summary>The one base rate of a command that looks at one group.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public static double Only(IReadOnlyList<double> baseRates, string command) => baseRates.Count == 1
        ? baseRates[0]
        : throw new InputException($"cawb {command} looks at one parameter group and would pass over all but the first of these {baseRates.Count} base rates. Give one.");
}
