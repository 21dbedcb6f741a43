using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Cawb.Cli;

/// <summary>Options with a list of numbers, separated by blanks or commas. A word among them is mostly the name of a schedule, which the parser would count to the list.</summary>
internal static class NumberList
{
    /// <summary>An option such as <c>--steps 30 80</c> or <c>--steps 30,80</c>; empty without it.</summary>
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
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!T.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError($"{name} needs {(typeof(T) == typeof(int) ? "whole numbers" : "numbers")}; got '{word}'. Put other arguments before {name}.");
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
