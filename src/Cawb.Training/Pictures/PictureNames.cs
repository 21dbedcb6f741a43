using System.Globalization;

namespace Cawb.Training.Pictures;

/// <summary>What the pictures of a run are called: YOLOv5's names, without their endings.</summary>
public static class PictureNames
{
    /// <summary>Curves of losses, precision and rates.</summary>
    public const string Results = "results";

    /// <summary>Counts, places and sizes of the labels.</summary>
    public const string Labels = "labels";

    /// <summary>What was taken for what.</summary>
    public const string Confusion = "confusion_matrix";

    /// <summary>Precision over recall.</summary>
    public const string PrecisionRecall = "PR_curve";

    /// <summary>F1 over confidence.</summary>
    public const string F1 = "F1_curve";

    /// <summary>Precision over confidence.</summary>
    public const string Precision = "P_curve";

    /// <summary>Recall over confidence.</summary>
    public const string Recall = "R_curve";

    /// <summary>So many batches are drawn.</summary>
    public const int Batches = 3;

    /// <summary>A training batch.</summary>
    /// <param name="index">0-based.</param>
    public static string TrainingBatch(int index) => string.Create(CultureInfo.InvariantCulture, $"train_batch{index}");

    /// <summary>A validation batch with its labels.</summary>
    /// <param name="index">0-based.</param>
    public static string ValidationLabels(int index) => string.Create(CultureInfo.InvariantCulture, $"val_batch{index}_labels");

    /// <summary>A validation batch with what was found.</summary>
    /// <param name="index">0-based.</param>
    public static string ValidationFound(int index) => string.Create(CultureInfo.InvariantCulture, $"val_batch{index}_pred");
}
