using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cawb.Cli;

/// <summary>Help whose lists show a command's first sentence, and whose own page shows all that is said of it, the examples last.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const string ParagraphBreak = "\n\n";

    private readonly HelpAction page = new();
    private readonly Dictionary<Command, (string FirstParagraph, string Below)> pages = [];

    /// <summary>Help for a command and all below it.</summary>
    public HelpWithExamples(Command root) => Separate(root);

    public override int Invoke(ParseResult parseResult)
    {
        var shown = parseResult.CommandResult.Command;
        var (firstParagraph, below) = pages[shown];
        shown.Description = firstParagraph;
        var code = InvokePage(parseResult);
        if (below.Length > 0)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"{below}\n");
        }

        return code;
    }

    // The documented name of an option comes first; the library's page has names in the order of their letters.
    private int InvokePage(ParseResult parseResult)
    {
        var (streams, output) = (parseResult.InvocationConfiguration, parseResult.InvocationConfiguration.Output);
        using var buffer = new StringWriter { NewLine = output.NewLine };
        streams.Output = buffer;
        var code = page.Invoke(parseResult);
        streams.Output = output;
        var text = buffer.ToString();
        foreach (var option in parseResult.CommandResult.Command.Options.Where(option => option.Aliases.Count > 0 && option.Name.StartsWith("--", StringComparison.Ordinal)))
        {
            string[] names = [option.Name, .. option.Aliases];
            text = text.Replace($"  {string.Join(", ", names.Order(StringComparer.OrdinalIgnoreCase))}", $"  {string.Join(", ", names)}", StringComparison.Ordinal);
        }

        output.Write(text);
        return code;
    }

    private void Separate(Command command)
    {
        var description = (command.Description ?? "").ReplaceLineEndings("\n");
        var (firstParagraph, rest) = Cut(description, ParagraphBreak);
        pages.Add(command, (firstParagraph, rest));
        command.Description = FirstSentence(firstParagraph);
        foreach (var child in command.Subcommands)
        {
            Separate(child);
        }
    }

    private static string FirstSentence(string paragraph)
    {
        var line = Cut(paragraph, "\n").Before;
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + 1)];
    }

    private static (string Before, string After) Cut(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
    }
}
