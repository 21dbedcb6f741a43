using BenchmarkDotNet.Attributes;

namespace Cawb.Bench.Schedules;

/// <summary>From a file on disk to the first rate: reading, parsing, compiling the expression, evaluating.</summary>
public class FileBenchmarks
{
    private const string Text = """
        {
          "type": "cawb",
          "epochs": 150,
          "bootEpochs": [30, 80],
          "annealing": "(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35",
          "stepScale": 0.7,
          "epochScale": 4,
          "warmupEpochs": 3
        }
        """;

    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    [GlobalSetup]
    public void Write() => File.WriteAllText(path, Text);

    [GlobalCleanup]
    public void Delete() => File.Delete(path);

    [Bar("ms", 1)]
    [Benchmark(Description = "schedule file: parse + compile + first value, warm")]
    public double FirstValue() => ScheduleText.Load(path).ValueAt(0, baseValue: 0.1);
}
