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
        var code = result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the whole program in this process: a refusal comes out as its paragraph and exit code 2.</summary>
    /// <remarks>
    /// Tests run side by side and libtorch's number of threads holds for the process, so what computes here computes with one thread. What needs a process of its own
    /// (signals, kills, a pipe or a terminal, a lock that another holds, more threads) is a <see cref="Training.ProgramProcess"/>.
    /// </remarks>
    public static CommandRun OfProgram(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        // Runs that go on side by side write to the same two.
        var code = Program.Run(words, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return new(code, output.ToString(), error.ToString());
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public IReadOnlyList<string> Lines() => Output.TrimEnd('\n').Split('\n');
}
