using Cawb.Detection.Data;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Data;

public sealed class ImageCacheTests : IDisposable
{
    private readonly PaintedDataset _painted = PaintedDataset.CreateSeven();

    public void Dispose() => _painted.Dispose();

    private string CacheFile => _painted.File("pixels");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Batches_are_the_same_bytes_with_a_file_cold_and_warm_and_without(int workers)
    {
        var expected = Load(cacheFile: "", workers: 0);
        Assert.Equal(expected, Load(CacheFile, workers));
        Assert.Equal(expected, Load(CacheFile, workers));
    }

    [Fact]
    public void A_second_run_reads_pictures_from_the_file()
    {
        var expected = Load(CacheFile, workers: 1);

        // Gone after the data set was opened, so that only the file has them.
        Assert.Equal(expected, Load(CacheFile, workers: 1, beforeReading: () => Directory.Delete(_painted.File("images", "train"), recursive: true)));
    }

    [Fact]
    public void Damage_anywhere_in_the_file_changes_no_byte_of_a_batch()
    {
        var expected = Load(CacheFile, workers: 0);
        var sound = File.ReadAllBytes(CacheFile);
        for (var at = 0; at < sound.Length; at += sound.Length / 50)
        {
            var damaged = sound.ToArray();
            damaged[at] ^= 1;
            File.WriteAllBytes(CacheFile, damaged);
            Assert.Equal(expected, Load(CacheFile, workers: 0));
            Assert.Equal(sound, File.ReadAllBytes(CacheFile));
        }

        File.WriteAllBytes(CacheFile, sound[..(sound.Length / 2)]);
        Assert.Equal(expected, Load(CacheFile, workers: 0));
        Assert.Equal(sound, File.ReadAllBytes(CacheFile));
    }

    [Fact]
    public void A_picture_that_changed_between_two_runs_is_decoded_again()
    {
        var before = Load(CacheFile, workers: 0);
        var path = _painted.File("images", "train", "0.png");
        var image = ImageFile.Read(path);
        image.Pixels.Fill(1);
        ImageFile.Write(path, image);
        var after = Load(CacheFile, workers: 0);
        Assert.NotEqual(before, after);
        Assert.Equal(Load(cacheFile: "", workers: 0), after);
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_done_without()
    {
        Assert.Equal(Load(cacheFile: "", workers: 0), Load(_painted.File("no", "such", "folder"), workers: 1));
    }

    [Fact]
    public void The_plan_in_memory_says_the_size_first_and_falls_back_when_it_does_not_fit()
    {
        var fits = ImageCache.PlanMemory(1_000_000_000, 200_000_000, free: 8_300_000_000);
        Assert.Equal("Image cache in memory: needs 1.2 GB, 8.3 GB free.", fits.Report);
        Assert.Equal((1_000_000_000, 200_000_000), (fits.TrainingBytes, fits.ValidationBytes));
        var tooLarge = ImageCache.PlanMemory(1_000_000_000, 200_000_000, free: 1_300_000_000);
        Assert.Equal("Image cache in memory: needs 1.2 GB, 1.3 GB free: does not fit with a tenth to spare. Training goes on with the usual smaller one; --cache disk may fit.", tooLarge.Report);
        Assert.Equal((null, null), (tooLarge.TrainingBytes, tooLarge.ValidationBytes));
    }

    [Fact]
    public void The_plan_on_disk_needs_what_is_then_written_and_nothing_the_second_time()
    {
        var data = _painted.Open();
        var plan = ImageCache.PlanDisk(data, 64, _ => 1_000_000_000);
        using (var training = Loader(data.Training, plan.TrainingFile, 0))
        using (var validation = new ValidationLoader(data.Validation, new ValidationLoaderOptions { ImageSize = 64, BatchSize = 2, CacheBytes = 0, CacheFile = plan.ValidationFile }))
        {
            Assert.Equal(3, training.Read(0, 0, CancellationToken.None).Count());
            Assert.Equal(4, validation.Read(CancellationToken.None).Count());
        }

        var folder = _painted.File(".cawb-cache");
        var written = new FileInfo(plan.TrainingFile).Length + new FileInfo(plan.ValidationFile).Length;
        Assert.Equal(FormattableString.Invariant($"Image cache on disk: needs {written / 1e3:0.0} kB in {folder}, 1.0 GB free."), plan.Report);
        Assert.Equal($"Image cache on disk: there already, in {folder}.", ImageCache.PlanDisk(data, 64, _ => 0).Report);
        var tooLarge = ImageCache.PlanDisk(data, 96, _ => 20_000);
        Assert.EndsWith("20.0 kB free: does not fit with a tenth to spare. Training goes on without it.", tooLarge.Report, StringComparison.Ordinal);
        Assert.Equal("", tooLarge.TrainingFile);
    }

    private List<string> Load(string cacheFile, int workers, Action? beforeReading = null)
    {
        var dataset = _painted.Open().Training;
        using var loader = Loader(dataset, cacheFile, workers);
        beforeReading?.Invoke();
        var batches = new List<string>();
        for (var epoch = 0; epoch < 2; epoch++)
        {
            foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
            {
                batches.Add($"{Convert.ToHexString(batch.Pixels)} {string.Join(' ', batch.Labels.ToArray())}");
            }
        }

        return batches;
    }

    private static TrainingLoader Loader(DetectionDataset dataset, string cacheFile, int workers) => new(
        dataset,
        new TrainingLoaderOptions { ImageSize = 64, BatchSize = 3, Seed = 3, Workers = workers, CacheBytes = 0, CacheFile = cacheFile, Augmentation = new AugmentationOptions { Mosaic = 0.5 } });
}
