using System.CommandLine;
using Cawb.Cli.Training;
using Cawb.Cli.Typing;
using Cawb.Training.Ranks;

namespace Cawb.Cli;

internal static class Program
{
    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The whole program but the process: what it says goes to two writers, which belong to the caller.</summary>
    /// <param name="args">What was typed behind the program's name.</param>
    /// <param name="output">Gets results.</param>
    /// <param name="error">Gets notes, and the paragraph that says why there is no result.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (OperatingSystem.IsWindows())
        {
            // Charts and names have letters that the console's usual code page lacks.
            Console.OutputEncoding = System.Text.Encoding.UTF8;
        }

        // What all ranks find alike the first one says, and its exit code is that of them all. A fault of another rank alone ends all of them on the spot.
        var launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        if (launcher.Rank == 0)
        {
            return Run(args, launcher, output, error);
        }

        Run(args, launcher, TextWriter.Null, TextWriter.Null);
        return ExitCode.Done;
    }

    private static int Run(string[] args, Launcher launcher, TextWriter output, TextWriter error)
    {
        var result = CommandLine.Parse(args);
        if (TypingFault.IsCommandMissing(result))
        {
            CommandLine.Parse([.. args, "--help"]).Invoke(new InvocationConfiguration { Output = error, Error = error });
            return ExitCode.BadInput;
        }

        if (TypingFault.Paragraph(result) is { } fault)
        {
            error.WriteLine($"cawb: {fault}");
            return ExitCode.BadInput;
        }

        try
        {
            RankedTraining.RequireAllowed(result, launcher);

            // Commands that can be interrupted listen themselves and end after the step at hand, so nothing is cut off after a delay.
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
#pragma warning disable CA1031 // The last line of defence: whatever went wrong is said in a sentence, not in a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error.WriteLine($"cawb: {FaultReport.Of(exception)}");
            return FaultReport.CodeOf(exception);
        }
    }
}
