namespace Cawb.Detection.Data;

/// <summary>Something wrong at one place of a data set.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">The file.</param>
/// <param name="Text">Where in the file, what is wrong, and what to do; sentences.</param>
public sealed record DatasetProblem(ProblemKind Kind, string Path, string Text)
{
    /// <summary>What it means for training.</summary>
    public ProblemSeverity Severity => Kind switch
    {
        ProblemKind.NoLabels or ProblemKind.UnusedClass or ProblemKind.CrowdLeftOut or ProblemKind.PolygonAsBox or ProblemKind.FoundElsewhere or ProblemKind.UnknownFile or ProblemKind.UnusedKey
            => ProblemSeverity.Note,
        ProblemKind.DamagedImage or ProblemKind.BoxCut or ProblemKind.EmptyBox or ProblemKind.DuplicateBox or ProblemKind.SharedImage or ProblemKind.RepeatedImage
            or ProblemKind.NoValidationLabels or ProblemKind.RepeatedId or ProblemKind.MissingArea or ProblemKind.UnreadFormat or ProblemKind.LabelsWithoutImage or ProblemKind.SharedLabels
            or ProblemKind.RepeatedClassName or ProblemKind.DeepImage => ProblemSeverity.Warning,
        _ => ProblemSeverity.Error,
    };
}
