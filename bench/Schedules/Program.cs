using System.Globalization;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Cawb.Bench.Schedules;

// Prints the bars of the schedule library and what was measured against them, as Markdown. BenchmarkDotNet's own report goes to the folder given as the first argument.
if (args is not [var folder])
{
    Console.Error.WriteLine("Schedules: one argument, the folder for BenchmarkDotNet's reports.");
    return 2;
}

var standardOutput = Console.Out;
Console.SetOut(Console.Error);
Summary[] summaries = [.. ((Type[])[typeof(StepBenchmarks), typeof(TableBenchmarks), typeof(FileBenchmarks), typeof(TorchSharpBenchmarks)]).Select(type => BenchmarkRunner.Run(type, new Measuring(folder)))];
Console.SetOut(standardOutput);

string[] header = ["| work | to reach | minimum | median | mean +- error | allocated |", "| --- | ---: | ---: | ---: | ---: | ---: |"];
foreach (var line in header)
{
    Console.WriteLine(line);
}

var complete = true;
foreach (var summary in summaries)
{
    foreach (var report in summary.Reports)
    {
        complete &= report.ResultStatistics is not null;
        Console.WriteLine(Row(report));
    }
}

foreach (var row in CreationTimes.Rows())
{
    Console.WriteLine(row);
}

return complete ? 0 : 1;

static string Row(BenchmarkReport report)
{
    var method = report.BenchmarkCase.Descriptor;
    if (report.ResultStatistics is not { } times)
    {
        return $"| {method.WorkloadMethod.Name} | | failed | | | |";
    }

    var bar = Bar.Of(method.WorkloadMethod);
    var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
    return string.Create(
        CultureInfo.InvariantCulture,
        $"| {method.WorkloadMethodDisplayInfo.Trim('\'')} | {bar.Text} | {bar.Written(times.Min)} | {bar.Written(times.Median)} | {bar.Written(times.Mean)} +- {bar.Written(times.ConfidenceInterval.Margin)} | {bytes} B |");
}
