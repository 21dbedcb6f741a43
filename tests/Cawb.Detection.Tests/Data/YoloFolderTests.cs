using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.Detection.Tests.Images;

namespace Cawb.Detection.Tests.Data;

public sealed class YoloFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cawb-yolo-").FullName;

    public YoloFolderTests()
    {
        foreach (var part in new[] { "train", "val" })
        {
            Directory.CreateDirectory(At("images", part));
            Directory.CreateDirectory(At("labels", part));
            for (var i = 0; i < 2; i++)
            {
                var image = new Image(40, 20);
                image.Pixels.Fill((byte)(10 * i + part.Length));
                ImageFile.Write(At("images", part, $"{i}.png"), image);
            }
        }

        Labels("train", 0, "1 0.5 0.5 0.25 0.5\n0 0.1 0.2 0.5 0.2 0.3 0.9\n");
        Labels("val", 0, "0 0.5 0.5 1 1\n");
        Description("path: .\ntrain: images/train\nval: images/val\nnames: [cat, dog]\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Boxes_and_polygons_are_read_and_a_missing_label_file_is_a_background()
    {
        var data = Open();
        Assert.Equal(["cat", "dog"], data.ClassNames);
        Assert.Equal(new LabelBox(1, 0.5, 0.5, 0.25, 0.5), data.Training.Images[0].Boxes[0]);
        var polygon = data.Training.Images[0].Boxes[1];
        Assert.Equal((0, 0.3, 0.55), (polygon.ClassIndex, Math.Round(polygon.CenterX, 12), Math.Round(polygon.CenterY, 12)));
        Assert.Equal((0.4, 0.7), (Math.Round(polygon.Width, 12), Math.Round(polygon.Height, 12)));
        Assert.Empty(data.Training.Images[1].Boxes);
        Assert.Equal(2, data.Training.GroundTruth.Annotations.Count);
        Assert.Equal((15, 5, 10, 10), BoxOf(data.Training, 0));
    }

    [Fact]
    public void A_map_of_names_and_list_files_are_read()
    {
        File.WriteAllText(At("train.txt"), "./images/train/1.png\nimages/train/0.png\n");
        Description("train: train.txt\nval: [images/val]\nnames:\n  1: dog\n  0: cat\nnc: 2\n");
        var data = Open();
        Assert.Equal(["1.png", "0.png"], data.Training.Images.Select(image => Path.GetFileName(image.Path)));
        Assert.Equal(["cat", "dog"], data.ClassNames);
    }

    [Fact]
    public void Line_ends_of_Windows_change_nothing()
    {
        Labels("train", 0, "1 0.5 0.5 0.25 0.5\r\n\r\n0 0.25 0.5 0.25 0.5\r\n");
        File.WriteAllText(At("train.txt"), "./images/train/0.png\r\nimages/train/1.png\r\n\r\n");
        Description("train: train.txt\r\nval:\r\n  - images/val\r\nnames:\r\n  0: cat\r\n  1: dog\r\n");
        var data = Open();
        Assert.Equal(["0.png", "1.png"], data.Training.Images.Select(image => Path.GetFileName(image.Path)));
        Assert.Equal([new LabelBox(1, 0.5, 0.5, 0.25, 0.5), new LabelBox(0, 0.25, 0.5, 0.25, 0.5)], data.Training.Images[0].Boxes);
        Assert.Equal(["cat", "dog"], data.ClassNames);
    }

    [Fact]
    public void The_ending_of_the_description_may_be_in_capitals()
    {
        File.Move(At("data.yaml"), At("DATA.YAML"));
        Assert.Equal(["cat", "dog"], DetectionData.Open(At("DATA.YAML"), CancellationToken.None).ClassNames);
    }

    [Theory]
    [InlineData("2 0.5 0.5 0.1 0.1", "Line 1 has class 2; the data set has the classes 0 to 1. Correct the line or add the class to `names`.")]
    [InlineData("0 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.1", "Line 2 has 4 numbers; a box has 5 (class cx cy w h), a polygon 7 or more in pairs (class x1 y1 x2 y2 x3 y3 ...).")]
    [InlineData("0 0.5 half 0.1 0.1", "Line 1: 'half' is no number. A line is: class cx cy w h.")]
    [InlineData("0 NaN 0.5 0.1 0.1", "Line 1: 'NaN' is no number. A line is: class cx cy w h.")]
    [InlineData("0 1.5 0.5 0.1 0.1", "Line 1 (0 1.5 0.5 0.1 0.1) has a coordinate outside 0 to 1; coordinates are fractions of the image's width and height. Correct the line.")]
    [InlineData("0 0.9 0.5 0.4 0.1", "Line 1 reaches from (28, 9) to (44, 11) and its image has 40 x 20 pixels. Correct the box or take the image out.")]
    public void A_wrong_line_is_named_with_what_to_do(string lines, string message)
    {
        Labels("train", 1, lines);
        var error = Assert.Throws<DatasetException>(Open);
        Assert.Equal(At("labels", "train", "1.txt"), error.Path);
        Assert.Equal(message, error.Problem);
    }

    [Theory]
    [InlineData("train: images/train\nval: images/val\n", "Has no key `names`; train, val and names are needed.")]
    [InlineData("train: images/train\nval: images/val\nnames: [cat, dog]\nnc: 3\n", "Line 4, column 5: `nc` is 3 and `names` has 2. Make them agree or leave `nc` out.")]
    [InlineData("train: images/train\nval: images/val\nnames: {0: cat, 2: dog}\n", "Line 3, column 17: `names` must have each class index from 0 to 1 once; found 2.")]
    [InlineData("train: [images/train\nval: x\n", "Is no valid YAML: a bracket or a quotation mark is opened and never closed.")]
    [InlineData("train: images/train\n\tval: x\n", "Is no valid YAML at line 1, column")]
    [InlineData("train: photos\nval: images/val\nnames: [cat]\n", "`train` names ")]
    public void A_wrong_description_is_named_with_the_place(string text, string message)
    {
        Description(text);
        var error = Assert.Throws<DatasetException>(Open);
        Assert.Equal(At("data.yaml"), error.Path);
        Assert.StartsWith(message, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jpeg_with_damaged_data_is_a_warning()
    {
        var picture = new Image(64, 64);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (byte)new Draws(1, 1).Below((ulong)i, 256);
        }

        var bytes = ImageFile.EncodeJpeg(picture);
        File.WriteAllBytes(At("images", "train", "sound.jpg"), bytes);

        // An end mark in the middle of the data; the one at the end is still there.
        bytes[bytes.Length / 2] = 0xFF;
        bytes[bytes.Length / 2 + 1] = 0xD9;
        File.WriteAllBytes(At("images", "train", "damaged.jpg"), bytes);
        File.WriteAllBytes(At("images", "train", "turned.jpg"), JpegFiles.WithOrientation(bytes, 6));
        var group = DatasetCheck.Run(At("data.yaml"), null, CancellationToken.None).Problems.Single(group => group.Kind == ProblemKind.DamagedImage);
        Assert.Equal((2, ProblemSeverity.Warning), (group.Count, group.Severity));
        Assert.Equal([At("images", "train", "damaged.jpg"), At("images", "train", "turned.jpg")], group.Examples.Select(example => example.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Repeated_boxes_are_taken_once_and_shared_pictures_are_reported()
    {
        Labels("train", 1, "0 0.5 0.5 0.5 0.5\n0 0.5 0.5 0.5 0.5\n");
        Description("train: [images/train]\nval: [images/val, images/train]\nnames: [cat, dog]\n");
        var report = DatasetCheck.Run(At("data.yaml"), null, CancellationToken.None);
        Assert.Equal(3, report.Training.Instances);
        Assert.Equal(2, report.Problems.Single(group => group.Kind == ProblemKind.SharedImage).Count);
        Assert.Equal(ProblemSeverity.Warning, report.Severity);
    }

    private static (double X, double Y, double Width, double Height) BoxOf(DetectionDataset dataset, int annotation)
    {
        var box = dataset.GroundTruth.Annotations[annotation].Box;
        return (box.X, box.Y, box.Width, box.Height);
    }

    private DetectionData Open() => DetectionData.Open(At("data.yaml"), CancellationToken.None);

    private void Labels(string part, int picture, string text) => File.WriteAllText(At("labels", part, $"{picture}.txt"), text);

    private void Description(string text) => File.WriteAllText(At("data.yaml"), text);

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);
}
