using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cawb.Cli.Tests.Training;

/// <summary>The built program in a process of its own, as a user starts it, with both streams going into pipes.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(1);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        output = ReadOutput(process.StandardOutput);
        error = process.StandardError.ReadToEndAsync();
    }

    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "Cawb.Cli.dll");

    /// <summary>Of the process.</summary>
    public int Id => process.Id;

    /// <summary>Whether the program is at its end.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Runs a command to its end.</summary>
    public static CommandRun Run(params string[] words)
    {
        using var started = Start(words);
        return started.End();
    }

    /// <summary>Runs a command to its end, in a folder and with other environment variables.</summary>
    public static CommandRun Run(string folder, (string Name, string Value)[] environment, params string[] words)
    {
        var start = Command(words);
        start.WorkingDirectory = folder;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var started = new ProgramProcess(start);
        return started.End();
    }

    /// <summary>Starts a command and leaves it running.</summary>
    public static ProgramProcess Start(params string[] words) => new(Command(words));

    /// <summary>Starts the program by another one, which begins it how it likes.</summary>
    public static ProgramProcess Start(ProcessStartInfo start) => new(start);

    /// <summary>Starts a command at a terminal, which <c>script</c> plays, and runs it to its end; what the terminal got is the output.</summary>
    public static CommandRun RunAtTerminal((string Name, string Value)[] environment, params string[] words)
    {
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols 200; dotnet '{Library}' {string.Join(' ', words.Select(word => $"'{word}'"))}", "/dev/null"]);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var started = new ProgramProcess(start);
        return started.End();
    }

    /// <summary>Waits for the first line of output.</summary>
    public string FirstLine() => firstLine.Task.WaitAsync(Deadline).GetAwaiter().GetResult();

    /// <summary>Looks at the files again and again until something is so.</summary>
    /// <returns>False when the process ended before.</returns>
    public bool WaitUntil(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            // The pause leaves the core to those that work; what is looked for lasts longer.
            if (process.WaitForExit(PauseBetweenLooks) || watch.Elapsed > Deadline)
            {
                return condition();
            }
        }

        return true;
    }

    /// <summary>kill -9.</summary>
    /// <returns>False when the program had ended by itself before.</returns>
    public bool Kill()
    {
        process.Kill();
        process.WaitForExit();
        return process.ExitCode == 128 + 9;
    }

    /// <summary>Sends a signal by name, such as INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public CommandRun End()
    {
        Assert.True(process.WaitForExit(Deadline), "The program did not end.");
        return new CommandRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }

    // A shell that starts the tests in the background has interrupts ignored, and children inherit that; env undoes it.
    private static ProcessStartInfo Command(string[] words) => new("env", ["--default-signal=INT,TERM", "dotnet", Library, .. words]);

    private async Task<string> ReadOutput(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            firstLine.TrySetResult(line);
        }

        firstLine.TrySetResult("");
        return text.ToString();
    }
}
