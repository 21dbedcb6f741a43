using Cawb.Detection.Tests.Data;

namespace Cawb.Cli.Tests.Training;

/// <summary>A data set of nine images and a folder for runs: a training that takes a second.</summary>
internal sealed class SmallTraining : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmallTraining()
    {
        // Two batches make a step and three an epoch: an epoch ends with a gradient that waits for its step.
        HyperParameters = folder.Write("hyp.json", """{ "lr0": 0.02, "nominal_batch": 6 }""");
        Directory.CreateDirectory(Runs);
    }

    /// <summary>Nine images of 64 by 64, each with a class of its own, in both parts.</summary>
    public PaintedDataset Data { get; } = PaintedDataset.Create([.. Enumerable.Range(0, 9).Select(i => (64, 64, 4 + i, 6 + (2 * i), 36 + i, 40 + i))]);

    public string HyperParameters { get; }

    /// <summary>Holds nothing but what trainings write.</summary>
    public string Runs => folder.Path("runs");

    public string Run(string name) => Path.Combine(Runs, name);

    public string Write(string name, string text) => folder.Write(name, text);

    /// <summary>The words of <c>train</c> for a run in this folder, which draws no images; more words may follow.</summary>
    public string[] Words(string run, params string[] more) => WordsWithPictures(run, ["--no-plots", .. more]);

    /// <summary>The same for a run with images.</summary>
    public string[] WordsWithPictures(string run, params string[] more) => [.. Plain(run), "--steps", "1", "--warmup-epoch", "0.5", .. more];

    /// <summary>The words of <see cref="Words"/> without the flags of a schedule.</summary>
    public string[] WordsWithoutSchedule(string run, params string[] more) => [.. Plain(run), "--no-plots", .. more];

    private string[] Plain(string run) =>
    [
        "train", "--data", Data.Folder, "--out", Path.IsPathRooted(run) ? run : Run(run), "--image-size", "64", "--batch-size", "3", "--epochs", "2", "--threads", "1",
        "--hyp", HyperParameters,
    ];

    public void AssertNothingWritten() => Assert.Empty(Directory.EnumerateFileSystemEntries(Runs));

    /// <summary>The rows of <c>metrics.csv</c> without the times at their ends.</summary>
    public static IReadOnlyList<string> MetricsWithoutTimes(string run)
    {
        var lines = File.ReadAllLines(Path.Combine(run, "metrics.csv"));
        Assert.EndsWith(",scale_learning_rate,data_wait_seconds,train_seconds,validation_seconds,report_seconds", lines[0], StringComparison.Ordinal);
        return [.. lines.Select(line => string.Join(',', line.Split(',')[..^4]))];
    }

    /// <summary>Demands the same numbers and the same bits of two finished runs.</summary>
    public static void AssertEqualRuns(string expected, string actual)
    {
        Assert.Equal(MetricsWithoutTimes(expected), MetricsWithoutTimes(actual));
        foreach (var file in new[] { "last.safetensors", "best.safetensors" })
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))), $"{file} differs.");
        }
    }

    public void Dispose()
    {
        Data.Dispose();
        folder.Dispose();
    }
}
