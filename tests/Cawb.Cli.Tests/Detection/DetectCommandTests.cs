using System.Text.Json;
using System.Text.RegularExpressions;
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
        // Halved to 64 x 32: the cells of 8 pixels lie 16 apart, the box of 10 x 13 has 20 x 26 pixels of the image.
        Picture("000042.png", 128, 64);
        var run = Detect(folder.Path("000042.png"));
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches($"^{Regex.Escape(folder.Path("000042.png"))}: 128 x 64; dog: 32; [0-9]+[.][0-9] ms$", run.Lines()[0]);
        Assert.Matches("^[0-9.]+ ms pre-process, [0-9.]+ ms inference, [0-9.]+ ms NMS per image, at up to 64 x 32; [0-9.]+ images/s with reading and writing$", run.Lines()[2]);

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
        Detect(folder.Path("a.png"), "--no-images");
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
        folder.Write("in/notes.txt", "no image");
        var run = Detect(folder.Path("in"), folder.Path("in", "**", "a*"), "--max-det", "1", "--json");
        var pictures = run.Json().EnumerateArray().Select(box => (box.GetProperty("image_id").GetInt64(), box.GetProperty("file_name").GetString())).ToArray();
        Assert.Equal([(1, folder.Path("in", "a.png")), (2, folder.Path("in", "b.png")), (3, folder.Path("in", "deep", "a.png"))], pictures);
        Assert.Equal(["a-2.png", "a.png", "b.png", "detections.json"], Directory.GetFiles(folder.Path("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal($"Note: {folder.Path("in")}: 1 of 3 files are no images ({string.Join(", ", ImageFile.Extensions)}) and were left out, such as notes.txt.\n", run.Error);
    }

    [Fact]
    public void A_list_stands_for_the_pictures_on_its_lines_beside_it_or_by_their_whole_path()
    {
        Directory.CreateDirectory(folder.Path("in"));
        Picture("in/b.png", 64, 64);
        Picture("a.png", 64, 64);
        var list = folder.Write("in/list.txt", $"b.png\n\n  {folder.Path("a.png")}  \n../a.png\n");
        Detect(list, "--max-det", "1", "--no-images");
        Assert.Equal([folder.Path("in", "b.png"), folder.Path("a.png"), folder.Path("in", "../a.png")], Found().Select(box => box.GetProperty("file_name").GetString()));
    }

    [Fact]
    public void Objects_are_cut_out_with_a_margin_from_the_picture_without_drawings()
    {
        // Brightness is 60 but for a bright square at the corner.
        var image = new Image(128, 64);
        image.Pixels.Fill(60);
        for (var y = 0; y < 16; y++)
        {
            image.Row(y)[..(16 * 3)].Fill(200);
        }

        ImageFile.Write(folder.Path("a.png"), image);
        Detect(folder.Path("a.png"), "--save-crop", "--max-det", "2", "--classes", "dog");

        // Halved for the network: the first cell's box is centred at (8, 8) and cut by the left and upper edge: 0 to 18 by 0 to 21. A fiftieth and ten pixels more: 0 to 23.2 by 0 to 26.2.
        var first = ImageFile.Read(folder.Path("out", "crops", "dog", "a.jpg"));
        Assert.Equal((23, 26), (first.Width, first.Height));
        Assert.InRange(first.Row(8)[8 * 3], 190, 210);
        Assert.All(Enumerable.Range(0, 23), x => Assert.InRange(first.Row(25)[x * 3], 50, 70));
        Assert.Equal(["a-2.jpg", "a.jpg"], Directory.GetFiles(folder.Path("out", "crops", "dog")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Classes_that_are_no_folder_names_get_folders_inside_the_output()
    {
        Picture("a.png", 64, 64);
        KnownNetwork.Write(weights, ["../../x", "..", "a/b"], found: 1);
        Detect(folder.Path("a.png"), "--save-crop", "--max-det", "1");
        KnownNetwork.Write(weights, ["../../x", "..", "a/b"], found: 0);
        CommandRun.Of("detect", weights, folder.Path("a.png"), "--save-crop", "--max-det", "1", "--out", folder.Path("out2"), "--threads", "1");
        Assert.True(File.Exists(folder.Path("out", "crops", "class", "a.jpg")));
        Assert.True(File.Exists(folder.Path("out2", "crops", "_.._x", "a.jpg")));
    }

    [Fact]
    public void Lines_have_the_width_asked_for_and_labels_and_scores_can_be_hidden()
    {
        Picture("a.png", 64, 64);
        var plain = Drawn("--hide-labels");
        var wide = Drawn("--hide-labels", "--line-width", "5");
        var named = Drawn("--hide-conf");
        var full = Drawn();
        Assert.InRange(plain, 1, wide - 1);
        Assert.InRange(plain, 1, named - 1);
        Assert.InRange(named, 1, full - 1);

        // Pixels that are not the image's grey; one box.
        int Drawn(params string[] more)
        {
            if (Directory.Exists(folder.Path("out")))
            {
                Directory.Delete(folder.Path("out"), recursive: true);
            }

            Detect([folder.Path("a.png"), "--max-det", "1", .. more]);
            return ImageFile.Read(folder.Path("out", "a.png")).Pixels.ToArray().Chunk(3).Count(pixel => pixel.Any(value => value != 60));
        }
    }

    [Fact]
    public void A_box_that_ends_where_the_picture_ends_is_drawn_in_its_last_column_and_row()
    {
        // The last cell's box is centred at (60, 60), 10 x 13 pixels: it reaches beyond (64, 64).
        Picture("a.png", 64, 64);
        Detect(folder.Path("a.png"), "--hide-labels");
        var drawn = ImageFile.Read(folder.Path("out", "a.png"));
        Assert.NotEqual(60, drawn.Row(60)[63 * 3]);
        Assert.NotEqual(60, drawn.Row(63)[60 * 3]);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named_and_the_others_are_done()
    {
        Picture("a.png", 64, 64);
        var bad = folder.Write("bad.png", "no image");
        var fault = Assert.Throws<InputException>(() => Detect(bad, folder.Path("a.png")));
        Assert.Contains("1 of 2 images cannot be read", fault.Message, StringComparison.Ordinal);
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
        Refuses("the folder has no images", folder.Path("empty"));
        Refuses("cameras and streams cannot be read", "0");
        Refuses("list.txt, line 2: there is no file none.png", folder.Write("list.txt", "a.png\nnone.png\n"));
        Refuses("list.txt: the list is empty", folder.Write("list.txt", "\n"));
        Training.Refusal.Says(Training.Refusal.Of("detect", weights, folder.Path("a.png"), "--save-crops"), "detect takes no '--save-crops'. Did you mean '--save-crop'?");
        Training.Refusal.Says(Training.Refusal.Of("detect", weights, folder.Path("a.png"), "--classes", "cat", "--zzz"), "detect takes no '--zzz'");
        Refuses("--augment is not offered: each image is looked at once", folder.Path("a.png"), "--augment");
        Refuses("--line-width is 0; it must be between 1 and 1000", folder.Path("a.png"), "--line-width", "0");
        Refuses("--line-width has no effect here: --no-images writes no image", folder.Path("a.png"), "--no-images", "--line-width", "2");
        Refuses("--hide-conf has no effect here: --hide-labels hides the score as well", folder.Path("a.png"), "--hide-labels", "--hide-conf");
        Refuses("no image has such a name", folder.Path("x*.png"));
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
