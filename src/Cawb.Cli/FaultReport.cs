using Cawb.Detection;
using Cawb.TorchSharp;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Runs;

namespace Cawb.Cli;

/// <summary>Turns an exception into the one paragraph that a user reads.</summary>
internal static class FaultReport
{
    /// <summary>What is said of it.</summary>
    public static string Of(Exception exception) => BadInput.IsCause(exception) || exception is RunInUseException ? Paragraph(exception) : exception is OperationCanceledException ? "interrupted." : Unexpected(exception);

    /// <summary>What the process returns.</summary>
    public static int CodeOf(Exception exception) => BadInput.IsCause(exception) ? ExitCode.BadInput : exception is RunInUseException ? ExitCode.TryAgain : exception is OperationCanceledException ? ExitCode.Interrupted : ExitCode.Failed;

    /// <summary>The message on one line.</summary>
    public static string Paragraph(Exception exception) => string.Join(' ', exception.Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What is said of a fault that is no bad input.</summary>
    public static string Unexpected(Exception exception) => exception switch
    {
        TrainingException => Paragraph(exception),
        NativeLibraryException => Paragraph(exception),
        // The engines are first used in static constructors, which wrap what they throw.
        TypeInitializationException { InnerException: { } cause } => Unexpected(cause),
        _ when EngineException.IsOutOfMemory(exception) => "there is not enough memory. Try a smaller --batch-size or --image-size.",
        _ when EngineException.IsEngineFault(exception) => $"libtorch failed: {Paragraph(EngineException.Of(exception))}",
        DllNotFoundException => $"a native library is missing: {Paragraph(exception)} Restore and build again; if the program was published, publish it again for this system. docs/systems.md says what each needs.",
        _ => $"this should not have happened ({exception.GetType().Name}): {Paragraph(exception)} Please report it with the command that you typed.",
    };
}
