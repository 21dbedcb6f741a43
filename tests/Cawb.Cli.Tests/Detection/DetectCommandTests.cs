using System.Text.Json;
using Cawb.Coco;
using Cawb.Detection.Images;
using Cawb.Detection.Weights;
using Cawb.Training;
using static TorchSharp.torch;

namespace Cawb.Cli.Tests.Detection;

public sealed class DetectCommandTests : IDisposable
{
    private static readonly string[] Names = ["cat", "dog", "öl"];

    private readonly TemporaryFolder folder = new();
    private readonly string weights;

    public DetectCommandTests() => weights = KnownNetwork.Write(folder.Path("w.safetensors"), Names, found: 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_the_boxes_in_pixels_of_the_picture_with_names_ids_and_scores()
    {
        // Halved to 64 x 32: the cells of 8 pixels lie 16 apart, the box of 10 x 13 has 20 x 26 pixels of the picture.
        Picture("000042.png", 128, 64);
        var run = Detect(folder.Path("000042.png"));
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal($"{folder.Path("000042.png")}: 128 x 64; dog: 32", run.Lines()[0]);

        var boxes = Found();
        Assert.Equal(8 * 4, boxes.Length);
        var second = boxes[1];
        Assert.Equal((42, 1, "dog"), (second.GetProperty("image_id").GetInt64(), second.GetProperty("category_id").GetInt32(), second.GetProperty("category_name").GetString()));
        Assert.Equal([14, 0, 20, 21], Box(second));
        Assert.Equal([14, 11, 20, 26], Box(boxes[9]));
        Assert.Equal(KnownNetwork.Score, second.GetProperty("score").GetDouble(), 1e-5);

        // COCO's own form: the library reads it as a result file.
        Assert.Equal(32, CocoDetections.Read(folder.Path("out", "detections.json")).Count);
    }

    [Fact]
    public void Draws_boxes_and_writes_text_labels_as_shares_with_the_score_behind()
    {
        Picture("a.png", 64, 64);
        Detect(folder.Path("a.png"), "--txt", "--max-det", "10");
        var drawn = ImageFile.Read(folder.Path("out", "a.png"));
        Assert.Equal((64, 64), (drawn.Width, drawn.Height));
        Assert.Contains(drawn.Pixels.ToArray(), value => value > 200);

        var lines = File.ReadAllLines(folder.Path("out", "labels", "a.txt"));
        Assert.Equal(10, lines.Length);
        var numbers = lines[9].Split(' ').Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        double[] expected = [1, 12.0 / 64, 12.0 / 64, 10.0 / 64, 13.0 / 64, KnownNetwork.Score];
        Assert.All(expected.Zip(numbers), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Thresholds_and_classes_leave_boxes_out()
    {
        Picture("a.png", 64, 64);
        Detect(folder.Path("a.png"), "--no-pictures");
        Assert.Equal(64, Found().Length);
        Assert.False(File.Exists(folder.Path("out", "a.png")));
        Assert.Empty(Again("--conf", "0.98"));
        Assert.Equal(5, Again("--max-det", "5").Length);
        Assert.Empty(Again("--classes", "cat", "öl"));
        Assert.Equal(64, Again("--classes", "1").Length);

        // Neighbours share 2 of 10 columns or 5 of 13 rows: 26 / 234 and 50 / 210.
        Assert.Equal(32, Again("--iou", "0.2").Length);
        Assert.Equal(64, Again("--iou", "0.25").Length);

        JsonElement[] Again(params string[] more)
        {
            Directory.Delete(folder.Path("out"), recursive: true);
            Detect([folder.Path("a.png"), .. more]);
            return Found();
        }
    }

    [Fact]
    public void Folders_and_patterns_stand_for_their_pictures_and_two_of_one_name_get_two_files()
    {
        Directory.CreateDirectory(folder.Path("in", "deep"));
        Picture("in/b.png", 64, 64);
        Picture("in/a.png", 64, 64);
        Picture("in/deep/a.png", 64, 64);
        folder.Write("in/notes.txt", "no picture");
        var run = Detect(folder.Path("in"), folder.Path("in", "**", "a*"), "--max-det", "1", "--json");
        var pictures = run.Json().EnumerateArray().Select(box => (box.GetProperty("image_id").GetInt64(), box.GetProperty("file_name").GetString())).ToArray();
        Assert.Equal([(1, folder.Path("in", "a.png")), (2, folder.Path("in", "b.png")), (3, folder.Path("in", "deep", "a.png"))], pictures);
        Assert.Equal(["a-2.png", "a.png", "b.png", "detections.json"], Directory.GetFiles(folder.Path("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named_and_the_others_are_done()
    {
        Picture("a.png", 64, 64);
        var bad = folder.Write("bad.png", "no picture");
        var fault = Assert.Throws<InputException>(() => Detect(bad, folder.Path("a.png")));
        Assert.Contains("1 of 2 pictures cannot be read", fault.Message, StringComparison.Ordinal);
        Assert.Equal(64, Found().Length);
    }

    [Fact]
    public void Weights_without_names_need_a_file_with_them()
    {
        Picture("a.png", 64, 64);
        using (var scope = NewDisposeScope())
        {
            using var content = Safetensors.Read(weights);
            Safetensors.Write(weights, content.Tensors, []);
        }

        Assert.Empty(WeightFile.Describe(weights).ClassNames);
        Assert.Contains("does not name its 3 classes", Assert.Throws<InputException>(() => Detect(folder.Path("a.png"))).Message, StringComparison.Ordinal);
        Detect(folder.Path("a.png"), "--names", folder.Write("names.txt", "x\ny\nz\n"), "--image-size", "64");
        Assert.Equal("y", Found()[0].GetProperty("category_name").GetString());
    }

    [Fact]
    public void What_cannot_be_used_is_refused_before_anything_is_written()
    {
        Picture("a.png", 64, 64);
        Directory.CreateDirectory(folder.Path("empty"));
        Refuses("there is no such file or folder", folder.Path("none.png"));
        Refuses("the folder has no pictures", folder.Path("empty"));
        Refuses("no picture has such a name", folder.Path("x*.png"));
        Refuses("--classes horse: the weights have no such class. They have cat, dog, öl.", folder.Path("a.png"), "--classes", "horse");
        Refuses("--conf is 2; it must be between 0 and 1", folder.Path("a.png"), "--conf", "2");
        Refuses("--image-size is 100; it must be a multiple of 32", folder.Path("a.png"), "--image-size", "100");
        Refuses("has 1 names; the network was trained on 3 classes", folder.Path("a.png"), "--names", folder.Write("names.txt", "x"));
        Assert.False(Directory.Exists(folder.Path("out")));
        Directory.CreateDirectory(folder.Path("full"));
        folder.Write("full/file", "");
        var fault = Assert.Throws<InputException>(() => CommandRun.Of("detect", weights, folder.Path("a.png"), "--out", folder.Path("full"), "--threads", "1"));
        Assert.Contains("the folder has content", fault.Message, StringComparison.Ordinal);

        void Refuses(string reason, params string[] words) => Assert.Contains(reason, Assert.Throws<InputException>(() => Detect(words)).Message, StringComparison.Ordinal);
    }

    private CommandRun Detect(params string[] words) => CommandRun.Of(["detect", weights, .. words, "--out", folder.Path("out"), "--threads", "1"]);

    private JsonElement[] Found()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(folder.Path("out", "detections.json")));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    private static double[] Box(JsonElement found) => [.. found.GetProperty("bbox").EnumerateArray().Select(side => side.GetDouble())];

    private void Picture(string name, int width, int height)
    {
        var image = new Image(width, height);
        image.Pixels.Fill(60);
        ImageFile.Write(folder.Path(name), image);
    }
}
