using Cawb.Coco.Evaluation;

namespace Cawb.Coco;

/// <summary>Average precision and recall of boxes by the rules of COCO's own tool, number for number.</summary>
/// <remarks>
/// <para>
/// In every image and category the 100 best detections, by falling score, take annotations: each the free one that it overlaps most, if the overlap
/// (area shared / area covered by either, in doubles) reaches the threshold. Crowds and annotations outside the area range count neither for nor
/// against, nor does a detection that found one, nor one that found nothing and lies outside the range itself.
/// Precision is sampled at the recalls 0, 0.01, ... 1 from its non-increasing envelope; <c>AP</c> is the mean over samples, thresholds and categories.
/// </para>
/// <para>
/// Where the reference stops on an empty result list, this gives zeros. Everything else is equal, oddities included: an annotation whose id is 0 can never be
/// found; of annotations with one id the last stands in for all; detections of unknown categories are dropped.
/// Source: the evaluation page of cocodataset.org; checked against pycocotools 2.0.11.
/// </para>
/// </remarks>
public static class CocoEvaluator
{
    /// <summary>Evaluates with one thread for each processor.</summary>
    /// <param name="groundTruth">Images, annotations and categories.</param>
    /// <param name="detections">What was found on the images.</param>
    /// <returns>All numbers.</returns>
    /// <exception cref="CocoFormatException">A detection read from a file names an image that the ground truth lacks.</exception>
    /// <exception cref="ArgumentException">The same for a detection made in memory.</exception>
    public static CocoEvaluation Evaluate(CocoDataset groundTruth, CocoDetections detections) =>
        Evaluate(groundTruth, detections, CocoEvaluationOptions.Default);

    /// <summary>Evaluates.</summary>
    /// <param name="groundTruth">Images, annotations and categories.</param>
    /// <param name="detections">What was found on the images.</param>
    /// <param name="options">The number of threads.</param>
    /// <returns>All numbers; the same bits for any number of threads.</returns>
    /// <exception cref="CocoFormatException">A detection read from a file names an image that the ground truth lacks.</exception>
    /// <exception cref="ArgumentException">The same for a detection made in memory.</exception>
    public static CocoEvaluation Evaluate(CocoDataset groundTruth, CocoDetections detections, CocoEvaluationOptions options)
    {
        var truth = GroundTruthTable.From(groundTruth);
        var found = DetectionTable.From(detections, truth);
        var results = new MeasurementTable(truth.Categories.Count);
        var threads = Math.Min(options.Threads, truth.Categories.Count);
        if (threads <= 1)
        {
            var measurement = new CategoryMeasurement(truth, found, results);
            for (var category = 0; category < truth.Categories.Count; category++)
            {
                measurement.Measure(category);
            }
        }
        else
        {
            // Categories share nothing, so the numbers cannot depend on who measures which.
            Parallel.For(
                0,
                truth.Categories.Count,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => new CategoryMeasurement(truth, found, results),
                (category, _, measurement) =>
                {
                    measurement.Measure(category);
                    return measurement;
                },
                _ => { });
        }

        return new CocoEvaluation(groundTruth.ByClassIndex(), results);
    }
}
