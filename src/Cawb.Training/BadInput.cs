using Cawb.Coco;
using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.Detection.Weights;
using Cawb.Expressions;
using Cawb.Foreign;
using Cawb.Reports.Files;

namespace Cawb.Training;

/// <summary>Whose fault an exception is.</summary>
public static class BadInput
{
    /// <summary>Whether the cause lies in what the user gave: arguments, files, folders, the disk.</summary>
    public static bool IsCause(Exception exception) => exception is InputException
        or ScheduleTextException
        or ForeignScheduleException
        or ExpressionException
        or ScheduleMismatchException
        or CocoFormatException
        or DatasetException
        or ImageException
        or SafetensorsException
        or WeightFileException
        or ComputeDeviceException
        or FileException;
}
