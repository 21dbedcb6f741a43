using System.Diagnostics;
using System.Text.Json;

namespace Cawb.Tests.Expressions;

/// <summary>Asks the Python of this machine, if it has one, about many texts at once.</summary>
internal static class PythonProcess
{
    private const string Interpreter = "/usr/bin/python3";

    public static bool IsPresent => File.Exists(Interpreter);

    /// <summary>One line of answer for each text.</summary>
    public static string[] Ask(string option, IEnumerable<string> texts) => Ask([ExpressionReference.Script, option], texts);

    /// <summary>One line of answer for each text, from a program that reads them as lines of JSON.</summary>
    public static string[] Ask(IEnumerable<string> arguments, IEnumerable<string> texts)
    {
        var start = new ProcessStartInfo(Interpreter, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Python did not start.");
        var answer = process.StandardOutput.ReadToEndAsync();
        foreach (var text in texts)
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(text));
        }

        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return answer.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
