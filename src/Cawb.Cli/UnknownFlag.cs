using System.CommandLine;
using Cawb.Training;

namespace Cawb.Cli;

/// <summary>Lists of files and words take every word, a misspelt flag too.</summary>
internal static class UnknownFlag
{
    /// <summary>Refuses a word that was meant as a flag.</summary>
    /// <exception cref="InputException">It was.</exception>
    public static void Refuse(ParseResult result, string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            var command = result.CommandResult.Command;
            throw new InputException($"{command.Name} takes no '{word}'.{NearestName.Suggestion(word, command.Options.Select(option => option.Name))} See: cawb {command.Name} --help");
        }
    }
}
