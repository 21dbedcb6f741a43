using System.Xml.Linq;
using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Tests.Data;
using Cawb.Reports.Drawings;
using Cawb.Tests;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Pictures;

namespace Cawb.Training.Tests.Pictures;

public class ValidationPicturesTests
{
    [Fact]
    public void A_column_of_the_confusion_matrix_has_the_fractions_of_a_true_class_with_background_at_its_end()
    {
        // Three cats: one found, one taken for a dog, one missed. One dog found where nothing is.
        var truth = new CocoDataset(
            [new CocoImage(1, 100, 100, "a.png")], [.. Enumerable.Range(0, 3).Select(i => new CocoAnnotation(i + 1, 1, 1, Box(i), 100))], [new CocoCategory(1, "cat"), new CocoCategory(2, "dog")]);
        var found = new CocoDetections();
        foreach (var (category, place) in new[] { (1, 0), (2, 1), (2, 5) })
        {
            found.Add(new CocoDetection(1, category, Box(place), 0.9));
        }

        var words = Words(ConfusionPicture.Of(CocoConfusionMatrix.Count(truth, found), "Confusion matrix", 0.25));
        Assert.Equal(["Confusion matrix", "0.33", "0.33", "1.00", "0.33", "cat", "dog", "background"], words[..8]);
        Assert.Contains("true class (IoU 0.50, score 0.25 or more)", words);

        static CocoBox Box(int place) => new(15 * place, 0, 10, 10);
    }

    [Theory]
    [InlineData(2, 3, "F1 over confidence, epoch 1")]
    [InlineData(17, 1, "and the middle 80 % of 17 classes")]
    public void Every_class_has_a_line_beside_the_mean_until_there_are_too_many_of_them(int classes, int lines, string title)
    {
        using var painted = PaintedDataset.Create([.. Enumerable.Repeat((32, 32, 4, 4, 28, 28), classes)]);
        var data = painted.Open();
        using var session = new TrainingSession(new TrainOptions { Data = "", Epochs = 1, BatchSize = classes, ImageSize = 32, Threads = 1 }, new ConstantSchedule(), data);
        Assert.Single(session.TrainEpoch(CancellationToken.None));
        var outcome = session.CompleteEpoch(CancellationToken.None);

        var drawings = ConfidenceCurves.Of(outcome.Validation.Yolo, data.ClassNames, ", epoch 1").ToDictionary(one => one.Name, one => (ChartDrawing)one.Drawing);
        Assert.Equal(["F1_curve", "PR_curve", "P_curve", "R_curve"], drawings.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(lines, drawings["F1_curve"].Chart.Series.Count);
        Assert.Contains(title, drawings["F1_curve"].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_with_letters_that_no_font_has_is_written_as_SVG()
    {
        using var folder = new TemporaryFolder();
        var pictures = new PictureFolder(folder.Path);
        pictures.Write("labels", new BarChart("Instances", 440, [new BarRow("a letter that there is not: \u0378", 1)]));
        Assert.Equal("labels.svg", pictures.Find("labels"));
        pictures.Write("results", new BarChart("Instances", 440, [new BarRow("cat", 1)]));
        Assert.Equal("results.png", pictures.Find("results"));
        Assert.Equal("", pictures.Find("PR_curve"));
    }

    [Fact]
    public void The_labels_of_a_long_list_of_classes_are_its_two_ends()
    {
        using var painted = PaintedDataset.Create([.. Enumerable.Repeat((32, 32, 4, 4, 28, 28), 63)]);
        var words = Words(LabelsPicture.Of(PartStatistics.Of(painted.Open().Training)));
        Assert.Equal("Labels of train: 63 instances on 63 images", words[0]);
        Assert.Contains("3 classes between", words);
        Assert.Equal(60, words.Count(word => word.StartsWith("thing", StringComparison.Ordinal)));
    }

    private static string[] Words(Drawing drawing) => [.. XDocument.Parse(drawing.ToSvg()).Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value)];
}
