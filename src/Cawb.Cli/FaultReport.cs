using Cawb.Coco;
using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.TorchSharp;
using Cawb.Detection.Training;
using Cawb.Detection.Weights;
using Cawb.Experiments;
using Cawb.Expressions;
using Cawb.Foreign;

namespace Cawb.Cli;

/// <summary>Turns an exception into the one paragraph that a user reads.</summary>
internal static class FaultReport
{
    /// <summary>Whether the cause lies in what the user gave: arguments, files, folders, the disk.</summary>
    public static bool IsBadInput(Exception exception) => exception is InputException
        or ScheduleTextException
        or ForeignScheduleException
        or ExpressionException
        or ScheduleMismatchException
        or CocoFormatException
        or DatasetException
        or ImageException
        or HyperParameterException
        or TrainingSettingsException
        or SafetensorsException
        or WeightFileException
        or ComputeDeviceException
        or RunException;

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
