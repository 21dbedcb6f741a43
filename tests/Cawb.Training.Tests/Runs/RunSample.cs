using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

/// <summary>A run as the tests make it.</summary>
internal static class RunSample
{
    public static MetricsColumns Columns { get; } = new(["epoch", "ap", "loss"], ["train_seconds"]);

    public static RunDefinition Definition(long seed = 3) => new(
        "train",
        seed,
        """{"epochs": 20, "batchSize": 16}""",
        """{"cawb": {"boots": [5, 11]}}""",
        "data/digits",
        new string('a', 64),
        [KeyValuePair.Create("cawb", "0.1.0"), KeyValuePair.Create("Libtorch", "1.13.1")],
        new DateTimeOffset(2025, 1, 31, 12, 0, 0, TimeSpan.FromHours(1)));

    public static CheckpointContent Content(int epoch, string weights = "") => new(
        epoch,
        epoch * 94,
        $$"""{"position":{{epoch}}}""",
        [new CheckpointPart("weights.safetensors", s => s.Write(System.Text.Encoding.UTF8.GetBytes($"weights of epoch {epoch} {weights}"))), new CheckpointPart("optimizer.bin", s => s.Write(new byte[1000 + epoch]))]);

    public static string Weights(Checkpoint checkpoint)
    {
        using var stream = checkpoint.Open("weights.safetensors");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
