using System.Diagnostics;
using System.Globalization;
using Cawb.Detection;
using TorchSharp;
using TrainSpeed;

// Reads numbers of iterations from standard input, one a line, runs that many training steps, and answers with the seconds they took and the last loss.
var options = Options.Parse(args);
ComputeThreads.Set(options.Threads);
using var trainer = new Trainer(options);
trainer.Step();
Console.Out.WriteLine($"ready {EngineVersions.LibTorch} {trainer.ParameterCount}");
while (Console.In.ReadLine() is { } line)
{
    var iterations = int.Parse(line, CultureInfo.InvariantCulture);
    var start = Stopwatch.GetTimestamp();
    var processor = Environment.CpuUsage.TotalTime;
    var loss = 0.0;
    for (var i = 0; i < iterations; i++)
    {
        loss = trainer.Step();
    }

    var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    var busy = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F6} {busy:F6} {loss:G6} {torch.Tensor.TotalCount} {Environment.WorkingSet}"));
}
