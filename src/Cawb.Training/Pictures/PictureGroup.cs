namespace Cawb.Training.Pictures;

/// <summary>Pictures of a run that belong together, as its report and its page show them.</summary>
/// <param name="Heading">Over them.</param>
/// <param name="Files">Each in the folder of the run, and what it shows, in words.</param>
public sealed record PictureGroup(string Heading, IReadOnlyList<(string FileName, string Alternative)> Files)
{
    private static readonly (string Heading, (string Name, string Alternative)[] Pictures)[] Groups =
    [
        ("Over confidence",
        [
            (PictureNames.PrecisionRecall, "Precision over recall"), (PictureNames.F1, "F1 over confidence"), (PictureNames.Precision, "Precision over confidence"), (PictureNames.Recall, "Recall over confidence"),
        ]),
        ("Confusion", [(PictureNames.Confusion, "What was taken for what")]),
        ("Validation images",
        [
            .. Enumerable.Range(0, PictureNames.Batches).SelectMany(batch => new[]
            {
                (PictureNames.ValidationLabels(batch), $"Validation batch {batch}, labels"), (PictureNames.ValidationFound(batch), $"Validation batch {batch}, predictions of 0.25 or more"),
            }),
        ]),
        ("Training images",
        [
            (PictureNames.Labels, "Labels of the training images"),
            .. Enumerable.Range(0, PictureNames.Batches).Select(batch => (PictureNames.TrainingBatch(batch), $"Training batch {batch} of the first epoch, after augmentation")),
        ]),
    ];

    /// <summary>Whether a file may be one of the pictures of a run, by its name alone.</summary>
    /// <param name="fileName">Without a folder.</param>
    public static bool IsPicture(string fileName) => Path.GetExtension(fileName) is { Length: > 0 } ending && PictureFolder.Endings.Contains(ending, StringComparer.Ordinal)
        && Path.GetFileNameWithoutExtension(fileName) is var name && (name == PictureNames.Results || Groups.Any(group => group.Pictures.Any(picture => picture.Name == name)));

    /// <summary>Those that lie in a folder; groups of which there is none are left out.</summary>
    /// <param name="folder">Of a run.</param>
    public static IReadOnlyList<PictureGroup> In(PictureFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. Groups.Select(group => new PictureGroup(group.Heading, [.. group.Pictures.Select(picture => (folder.Find(picture.Name), picture.Alternative)).Where(picture => picture.Item1.Length > 0)]))
            .Where(group => group.Files.Count > 0)];
    }
}
