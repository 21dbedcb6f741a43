using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Cawb.Cli;

/// <summary>Options with a list of numbers. A word among them is mostly the name of a schedule, which the parser would count to the list.</summary>
internal static class NumberList
{
    /// <summary>An option such as <c>--steps 30 80</c>; empty without it.</summary>
    public static Option<T[]> Option<T>(string name, string description) where T : struct, INumberBase<T> => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result => Read<T>(result, name),
    };

    private static T[] Read<T>(ArgumentResult result, string name) where T : struct, INumberBase<T>
    {
        var numbers = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (!T.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError(Fault<T>(result, name, token.Value));
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    // A flag that the command does not know is counted to the list too.
    private static string Fault<T>(ArgumentResult result, string name, string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal) && result.Parent?.Parent is CommandResult { Command: var command })
        {
            return $"{command.Name} takes no '{word}'.{NearestName.Suggestion(word, command.Options.Select(option => option.Name))}";
        }

        var kind = typeof(T) == typeof(int) ? "whole numbers" : "numbers";
        return $"{name} takes {kind}, and '{word}' is none. If it is another argument, put it in front of {name}.";
    }
}
