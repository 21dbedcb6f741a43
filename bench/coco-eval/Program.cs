using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cawb.Coco;
using Cawb.Coco.Tests;

// Times the COCO evaluation on the reference's performance case: 1,000 images, 80 classes, 100,000 detections.
//   coco_eval expected.json             medians and minima of alternating runs, one thread against two, memory against files;
//                                       wall clock, and processor time, which other programs on the machine disturb less
//   coco_eval write GT DT               writes the case's two files
//   coco_eval once GT DT THREADS        reads and evaluates once, as a fresh process
if (args is ["write", var truthFile, var foundFile])
{
    var (truth, found) = PerformanceCase.Generate();
    truth.Write(truthFile);
    found.Write(foundFile);
    return 0;
}

if (args is ["once", var truthToRead, var foundToRead, var threads])
{
    var start = Stopwatch.GetTimestamp();
    var worked = Environment.CpuUsage.TotalTime;
    var truth = CocoDataset.Read(truthToRead);
    var found = CocoDetections.Read(foundToRead);
    var read = Stopwatch.GetElapsedTime(start);
    var evaluation = CocoEvaluator.Evaluate(truth, found, new CocoEvaluationOptions(int.Parse(threads, CultureInfo.InvariantCulture)));
    var all = Stopwatch.GetElapsedTime(start);
    Console.WriteLine(FormattableString.Invariant(
        $"read {read.TotalMilliseconds:F0} ms, evaluate {(all - read).TotalMilliseconds:F0} ms, both {all.TotalMilliseconds:F0} ms, processor time of both {(Environment.CpuUsage.TotalTime - worked).TotalMilliseconds:F0} ms; AP {evaluation.AveragePrecision:R}"));
    return 0;
}

if (args is [var expectedFile])
{
    return Compare(expectedFile);
}

Console.Error.WriteLine("usage: coco_eval EXPECTED_JSON | write GT DT | once GT DT THREADS");
return 2;

static int Compare(string expectedFile)
{
    const int Rounds = 41;
    const int WarmUps = 30;
    var (truth, found) = PerformanceCase.Generate();
    var folder = Directory.CreateTempSubdirectory("coco-eval-bench-");
    try
    {
        var truthFile = Path.Combine(folder.FullName, "gt.json");
        var foundFile = Path.Combine(folder.FullName, "dt.json");
        truth.Write(truthFile);
        found.Write(foundFile);
        var one = new CocoEvaluationOptions(threads: 1);
        var two = new CocoEvaluationOptions(threads: 2);
        (string Name, Func<CocoEvaluation> Run)[] contestants =
        [
            ("evaluate + accumulate, 1 thread", () => CocoEvaluator.Evaluate(truth, found, one)),
            ("evaluate + accumulate, 2 threads", () => CocoEvaluator.Evaluate(truth, found, two)),
            ("from JSON files, 1 thread", () => CocoEvaluator.Evaluate(CocoDataset.Read(truthFile), CocoDetections.Read(foundFile), one)),
            ("from JSON files, 2 threads", () => CocoEvaluator.Evaluate(CocoDataset.Read(truthFile), CocoDetections.Read(foundFile), two)),
        ];
        var expected = Expected(expectedFile);
        var times = Array.ConvertAll(contestants, _ => new List<double>());
        var work = Array.ConvertAll(contestants, _ => new List<double>());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                var worked = Environment.CpuUsage.TotalTime;
                var start = Stopwatch.GetTimestamp();
                var evaluation = contestants[i].Run();
                var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var workedFor = (Environment.CpuUsage.TotalTime - worked).TotalMilliseconds;
                if (!Stats(evaluation).AsSpan().SequenceEqual(expected))
                {
                    Console.Error.WriteLine($"{contestants[i].Name}: the twelve numbers are not those of {expectedFile}, bit for bit.");
                    return 1;
                }

                if (round >= 0)
                {
                    times[i].Add(elapsed);
                    work[i].Add(workedFor);
                }
            }
        }

        Console.WriteLine(FormattableString.Invariant(
            $"| {Rounds} alternating runs, ms | median | minimum | processor time, median | minimum |\n| --- | ---: | ---: | ---: | ---: |"));
        for (var i = 0; i < contestants.Length; i++)
        {
            times[i].Sort();
            work[i].Sort();
            Console.WriteLine(FormattableString.Invariant(
                $"| {contestants[i].Name} | {times[i][Rounds / 2]:F0} | {times[i][0]:F0} | {work[i][Rounds / 2]:F0} | {work[i][0]:F0} |"));
        }

        return 0;
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}

static double[] Stats(CocoEvaluation e) =>
[
    e.AveragePrecision, e.AveragePrecision50, e.AveragePrecision75, e.AveragePrecisionSmall, e.AveragePrecisionMedium, e.AveragePrecisionLarge,
    e.AverageRecall1, e.AverageRecall10, e.AverageRecall100, e.AverageRecallSmall, e.AverageRecallMedium, e.AverageRecallLarge,
];

static double[] Expected(string path)
{
    using var json = JsonDocument.Parse(File.ReadAllBytes(path));
    return [.. json.RootElement.GetProperty("stats").EnumerateArray().Select(value => value.GetDouble())];
}
