using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cawb.Cli;

/// <summary>Help whose lists show a command's first paragraph, and whose own page shows the rest, the examples, too.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const string ParagraphBreak = "\n\n";

    private readonly HelpAction page = new();
    private readonly Dictionary<Command, string> examples = [];

    /// <summary>Help for a command and all below it.</summary>
    public HelpWithExamples(Command root) => Separate(root);

    public override int Invoke(ParseResult parseResult)
    {
        var code = page.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var text))
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"{text}\n");
        }

        return code;
    }

    private void Separate(Command command)
    {
        var description = (command.Description ?? "").ReplaceLineEndings("\n");
        var end = description.IndexOf(ParagraphBreak, StringComparison.Ordinal);
        if (end >= 0)
        {
            command.Description = description[..end];
            examples.Add(command, description[(end + ParagraphBreak.Length)..]);
        }

        foreach (var below in command.Subcommands)
        {
            Separate(below);
        }
    }
}
