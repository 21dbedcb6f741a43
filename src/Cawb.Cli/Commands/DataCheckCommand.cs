using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Reports.Files;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb data check</c>: every problem of a data set.</summary>
internal static class DataCheckCommand
{
    private const string Help = """
        Looks at every label and every pixel of a data set, and lists each kind of problem with its count and the first five places. Counts the instances of each class, and
        finds images that are the same by their pixels in both parts.
        Exit code 0: sound; 1: warnings; 2: errors that forbid training.

        Examples:
          cawb data check data/digits
          cawb data check mine.yaml --json
          cawb data check mine.yaml --html check.html
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var data = new Argument<string>("DATA") { Description = "COCO folder or YOLO description (.yaml)." };
        var json = new Option<bool>("--json") { Description = "JSON instead of text." };
        var html = new Option<string>("--html") { Description = "Also writes a page with the numbers, class counts, box sizes and box shapes.", HelpName = "FILE" };
        var command = new Command("check", Help) { data, json, html };
        command.SetAction(result =>
        {
            using var interruption = new Interruption();
            var report = DatasetCheck.Run(result.GetRequiredValue(data), new Progress(result.InvocationConfiguration.Error), interruption.Token);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                Output.WriteJson(output, DataCheckReport.ToJson(report));
            }
            else
            {
                output.Write(DataCheckReport.ToText(report));
            }

            if (result.GetValue(html) is { Length: > 0 } page)
            {
                AtomicFile.WriteText(page, DataCheckPage.Of(report, result.GetRequiredValue(data)));
            }

            return report.Severity switch
            {
                ProblemSeverity.Error => ExitCode.BadInput,
                ProblemSeverity.Warning => ExitCode.Failed,
                _ => ExitCode.Done,
            };
        });
        return command;
    }

    /// <summary>A line now and then on the error output, so that the result can still be piped.</summary>
    private sealed class Progress(TextWriter output) : IProgress<DatasetCheckProgress>
    {
        private readonly Lock gate = new();
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private TimeSpan said;

        public void Report(DatasetCheckProgress value)
        {
            lock (gate)
            {
                var now = watch.Elapsed;
                if (now - said < Pause)
                {
                    return;
                }

                said = now;
                var left = TimeSpan.FromSeconds(Math.Ceiling(now.TotalSeconds * (value.Total - value.Done) / value.Done));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} images decoded, {left:h\\:mm\\:ss} left"));
            }
        }
    }
}
