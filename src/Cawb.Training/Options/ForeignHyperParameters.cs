namespace Cawb.Training.Options;

/// <summary>Hyper-parameters that YOLOv5's files, or those of its relatives, have and a training here does not.</summary>
internal static class ForeignHyperParameters
{
    // Of ultralytics, YOLOv7 and early versions of YOLOv5.
    private static readonly string[] Elsewhere =
    [
        "auto_augment", "bgr", "close_mosaic", "crop_fraction", "cutmix", "dfl", "dropout", "erasing", "giou", "kobj", "loss_ota", "nbs", "overlap_mask", "paste_in", "pose",
    ];

    /// <summary>What is to be said of a key: a sentence; nothing where the value changes nothing; null where the key is no such one.</summary>
    public static string? NoteOf(string key, string value) => key switch
    {
        // Copying needs outlines: with labels that are boxes YOLOv5 does nothing here either.
        "copy_paste" => double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var chance) && chance is > 0 and <= 1
            ? $"copy_paste is {value} and has no effect: it needs the outlines of objects, and labels here are boxes."
            : null,
        "anchors" => value is "3" or "3.0" ? "" : $"anchors is {value} and has no effect: there are three for each level here. --auto-anchors looks for the best ones.",
        "nbs" => $"nbs is {value} and has no effect; the name here is nominal_batch.",
        _ => Elsewhere.Contains(key, StringComparer.Ordinal) ? $"{key} is {value} and has no effect: a training here has no such hyper-parameter." : null,
    };
}
