using System.CommandLine;
using System.Text.Json;

namespace Cawb.Cli.Tests;

/// <summary>What a command printed and returned.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command in this process. Refusals come out as the exceptions that the program turns into one paragraph and exit code 2.</summary>
    public static CommandRun Of(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var result = CommandLine.Create().Parse(words);
        Assert.Empty(result.Errors);
        int code = result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new(code, output.ToString(), error.ToString());
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public IReadOnlyList<string> Lines() => Output.TrimEnd('\n').Split('\n');
}
