using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Web.Tests.Runs;

/// <summary>A run directory as a training leaves it, without a training: the numbers are made up. It is running until it is closed.</summary>
internal sealed class WrittenRun : IDisposable
{
    private readonly RunDirectory directory;

    private WrittenRun(RunDirectory directory, int epochs) => (this.directory, Epochs) = (directory, epochs);

    public string Path => directory.Path;

    public int Epochs { get; }

    /// <summary>The last one written, from 1 on; 0 before.</summary>
    public int Epoch { get; private set; }

    /// <summary>Makes the directory.</summary>
    /// <param name="path">Where.</param>
    /// <param name="epochs">Of the whole run.</param>
    /// <param name="seed">Two of the same make the same numbers.</param>
    /// <param name="schedule">The schedule's text form; a cosine unless told.</param>
    public static WrittenRun Begin(string path, int epochs, int seed = 0, string? schedule = null)
    {
        var definition = new RunDefinition(
            "train",
            seed,
            new TrainOptions { Data = "data/digits", Epochs = epochs, ImageSize = 96, Seed = seed, Threads = 2 }.ToJson(),
            schedule ?? $$"""{"type":"cosine","durationEpochs":{{epochs}},"end":0.01}""",
            "data/digits",
            new string('0', 64),
            [KeyValuePair.Create("cawb", "1.0.0"), KeyValuePair.Create("libtorch", "2.10.0")],
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        return new(RunDirectory.Create(path, definition, TrainingRun.Columns), epochs);
    }

    /// <summary>Makes the directory with all of its epochs, as a finished training has it.</summary>
    public static void Finish(string path, int epochs, int seed = 0)
    {
        using var run = Begin(path, epochs, seed);
        run.WriteEpochs(epochs);
        run.End();
    }

    /// <summary>Adds rows to <c>metrics.csv</c>.</summary>
    public void WriteEpochs(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Epoch++;
            var done = Epoch / (double)Epochs;
            double Noise(int of) => 0.02 * Math.Sin((directory.Definition.Seed + 1) * Epoch * (of + 1) * 1.7);
            double Loss(double from, int of) => from * (Math.Exp(-3 * done) + 0.2) + (from * Noise(of));
            var ap = Math.Clamp(0.8 * (1 - Math.Exp(-4 * done)) + Noise(9), 0, 1);
            var rate = 0.01 * (0.01 + (0.99 * (1 + Math.Cos(Math.PI * done)) / 2));
            directory.Metrics.Append(
                [
                    Epoch, rate, Loss(0.45, 0), Loss(0.76, 1), Loss(1.0, 2), ap, Math.Min(1, ap * 1.2), ap * 0.9, Loss(0.4, 3), Loss(0.5, 4), Loss(0.98, 5),
                    Math.Min(1, ap * 1.1), Math.Min(1, ap * 1.05), Math.Min(1, ap * 1.15), ap, rate * 2, rate,
                ],
                [0.074, 6.5, 1.3, 0.02]);
        }
    }

    /// <summary>Leaves what marks a training as ended.</summary>
    public void End() => directory.WriteFile("last.safetensors", stream => stream.Write(new byte[8]));

    public void Dispose() => directory.Dispose();
}
