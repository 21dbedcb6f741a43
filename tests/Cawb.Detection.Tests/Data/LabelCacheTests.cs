using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Caching;

namespace Cawb.Detection.Tests.Data;

public sealed class LabelCacheTests : IDisposable
{
    // The same for all files, so that only what a test changes has another time.
    private static readonly DateTime LongAgo = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly PaintedDataset _painted = PaintedDataset.CreateSeven();

    public LabelCacheTests() => Age(_painted.Folder);

    public void Dispose() => _painted.Dispose();

    [Fact]
    public void A_part_from_the_cache_equals_the_part_that_was_read()
    {
        // A crowd, an area of its own and a supercategory: things that only the annotation file says.
        var path = _painted.File("annotations", "instances_val.json");
        var coco = CocoDataset.Read(path);
        var first = coco.Annotations[0];
        new CocoDataset(
            coco.Images,
            [.. coco.Annotations, new CocoAnnotation(99, first.ImageId, first.CategoryId, first.Box, 12.25, isCrowd: true)],
            [.. coco.Categories.Skip(1), new CocoCategory(coco.Categories[0].Id, coco.Categories[0].Name, "group")]).Write(path);
        Age(_painted.Folder);
        var read = DetectionData.Open(_painted.Folder, LabelCache.Off, CancellationToken.None);
        Open();
        Assert.True(File.Exists(CachePath("val")));
        var kept = Open();
        foreach (var (expected, actual) in new[] { (read.Training, kept.Training), (read.Validation, kept.Validation) })
        {
            Assert.Equal(expected.Fingerprint, actual.Fingerprint);
            Assert.Equal((expected.Path, expected.Part), (actual.Path, actual.Part));
            Assert.Equal(expected.CategoryIds, actual.CategoryIds);
            Assert.Equal(expected.Images.Select(image => (image.Path, image.Id)), actual.Images.Select(image => (image.Path, image.Id)));
            Assert.Equal(expected.GroundTruth.Images, actual.GroundTruth.Images);
            Assert.Equal(expected.GroundTruth.Annotations, actual.GroundTruth.Annotations);
            Assert.Equal(expected.GroundTruth.Categories, actual.GroundTruth.Categories);
        }
    }

    [Fact]
    public void A_second_start_takes_the_labels_from_the_cache()
    {
        var folder = MakeYolo();
        var labels = Path.Combine(folder, "labels", "train", "0.txt");
        File.WriteAllText(labels, "0 0.5 0.5 0.5 0.5\n");
        Age(folder);
        OpenYolo(folder);

        // Another text of the same length and time: the one change that the key cannot see. So what comes back tells where it came from.
        File.WriteAllText(labels, "0 0.5 0.5 0.4 0.4\n");
        Age(folder);
        Assert.Equal(0.5, OpenYolo(folder).Training.Images[0].Boxes[0].Width);
    }

    [Theory]
    [InlineData("label changed")]
    [InlineData("label added")]
    [InlineData("label deleted")]
    [InlineData("image touched")]
    [InlineData("image added")]
    [InlineData("image deleted")]
    [InlineData("description changed")]
    public void A_stale_cache_is_made_anew(string change)
    {
        var folder = MakeYolo();
        Age(folder);
        OpenYolo(folder);
        string Picture(int number) => Path.Combine(folder, "images", "train", $"{number}.png");
        string Labels(int number) => Path.Combine(folder, "labels", "train", $"{number}.txt");
        switch (change)
        {
            case "label changed": File.WriteAllText(Labels(0), "1 0.25 0.5 0.5 0.5\n"); break;
            case "label added": File.WriteAllText(Labels(5), "1 0.5 0.5 0.5 0.5\n"); break;
            case "label deleted": File.Delete(Labels(1)); break;
            case "image touched": File.Copy(Picture(5), Picture(1), overwrite: true); break;
            case "image added": File.Copy(Picture(5), Picture(8)); break;
            case "image deleted": File.Delete(Picture(6)); break;
            default: File.AppendAllText(Path.Combine(folder, "data.yaml"), "# the same, told in other words\nnc: 3\n"); break;
        }

        var expected = DetectionData.Open(Path.Combine(folder, "data.yaml"), LabelCache.Off, CancellationToken.None);
        Assert.Equal(expected.Training.Fingerprint, OpenYolo(folder).Training.Fingerprint);
    }

    [Fact]
    public void A_damaged_cache_is_made_anew_wherever_the_damage_is()
    {
        var expected = Open().Training.Fingerprint;
        var sound = File.ReadAllBytes(CachePath("train"));
        for (var at = 0; at < sound.Length; at += Math.Max(1, sound.Length / 40))
        {
            var damaged = sound.ToArray();
            damaged[at] ^= 4;
            File.WriteAllBytes(CachePath("train"), damaged);
            Assert.Equal(expected, Open().Training.Fingerprint);
            Assert.Equal(sound, File.ReadAllBytes(CachePath("train")));
        }

        foreach (var length in new[] { 0, 1, 31, 32, 33, sound.Length / 2, sound.Length - 1 })
        {
            File.WriteAllBytes(CachePath("train"), sound[..length]);
            Assert.Equal(expected, Open().Training.Fingerprint);
            Assert.Equal(sound, File.ReadAllBytes(CachePath("train")));
        }
    }

    [Fact]
    public void Warnings_are_told_again_at_the_second_start()
    {
        var folder = MakeYolo();
        File.WriteAllText(Path.Combine(folder, "labels", "train", "0.txt"), "0 0.5 0.5 0.5 0.5\n0 0.5 0.5 0.5 0.5\n");
        Age(folder);
        var first = Problems();
        Assert.True(File.Exists(Path.Combine(folder, ".cawb-cache", "data.yaml.train.labels")));
        Assert.Contains(first, group => group.Kind == ProblemKind.DuplicateBox);
        Assert.Equal(first.Select(Text), Problems().Select(Text));

        IReadOnlyList<ProblemGroup> Problems()
        {
            var problems = new ProblemList();
            DatasetSource.Open(Path.Combine(folder, "data.yaml"), problems, new LabelCache(fromImages: 1), CancellationToken.None);
            return problems.Groups;
        }

        static string Text(ProblemGroup group) => $"{group.Kind} {group.Count} {string.Join('|', group.Examples)}";
    }

    [Fact]
    public void Nothing_is_kept_of_small_parts_and_of_parts_with_errors()
    {
        DetectionData.Open(_painted.Folder, new LabelCache(fromImages: 8), CancellationToken.None);
        Assert.False(Directory.Exists(_painted.File(".cawb-cache")));

        File.WriteAllText(_painted.File("images", "train", "2.png"), "no image");
        Age(_painted.Folder);
        Assert.Throws<DatasetException>(() => Open());
        Assert.False(File.Exists(CachePath("train")));
    }

    [Fact]
    public void A_file_in_the_way_of_the_cache_forbids_nothing()
    {
        File.WriteAllText(_painted.File(".cawb-cache"), "a file where the folder would be");
        Assert.Equal(7, Open().Training.Images.Count);
    }

    private DetectionData Open() => DetectionData.Open(_painted.Folder, new LabelCache(fromImages: 1), CancellationToken.None);

    private static DetectionData OpenYolo(string folder) => DetectionData.Open(Path.Combine(folder, "data.yaml"), new LabelCache(fromImages: 1), CancellationToken.None);

    private string CachePath(string part) => _painted.File(".cawb-cache", $"instances_{part}.json.{part}.labels");

    // The painted images as a YOLO data set, the last three without labels.
    private string MakeYolo()
    {
        Directory.Delete(_painted.File("annotations"), recursive: true);
        foreach (var part in new[] { "train", "val" })
        {
            Directory.CreateDirectory(_painted.File("labels", part));
            for (var i = 0; i < 4; i++)
            {
                File.WriteAllText(_painted.File("labels", part, $"{i}.txt"), "1 0.5 0.5 0.25 0.25\n");
            }
        }

        File.WriteAllText(_painted.File("data.yaml"), "train: images/train\nval: images/val\nnames: [cat, dog, bird]\n");
        return _painted.Folder;
    }

    private static void Age(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, LongAgo);
        }
    }
}
