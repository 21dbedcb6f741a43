using System.CommandLine;
using System.CommandLine.Invocation;

namespace Cawb.Cli;

internal static class Program
{
    /// <summary>0: done. 1: the work failed. 2: bad input.</summary>
    private static int Main(string[] args)
    {
        if (OperatingSystem.IsWindows())
        {
            // Charts and names have letters that the console's usual code page lacks.
            Console.OutputEncoding = System.Text.Encoding.UTF8;
        }

        var result = CommandLine.Parse(args);
        if (result.Action is ParseErrorAction action)
        {
            Console.Error.WriteLine($"cawb: {TypingFault.Paragraph(result, action)}");
            return ExitCode.BadInput;
        }

        try
        {
            // Commands that can be interrupted listen themselves and end after the step at hand, so nothing is cut off after a delay.
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (FaultReport.IsBadInput(exception))
        {
            Console.Error.WriteLine($"cawb: {FaultReport.Paragraph(exception)}");
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cawb: interrupted.");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last line of defence: whatever went wrong is said in a sentence, not in a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"cawb: {FaultReport.Unexpected(exception)}");
            return ExitCode.Failed;
        }
    }
}
