using System.Globalization;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Runs;

namespace Cawb.Cli.Comparison;

/// <summary>A line for every run that begins, ends or fails, and how far it is every half minute: for logs and pipes.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class PlainComparisonView(TextWriter output, TimeProvider clock) : IComparisonView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Arm, int Seed), (RunStage Stage, long Told)> runs = [];

    public ComparisonResults Show(Task<ComparisonResults> work) => work.GetAwaiter().GetResult();

    public void Report(RunStatus value)
    {
        lock (gate)
        {
            var key = (value.ArmName, value.Seed);
            var isKnown = runs.TryGetValue(key, out var before);
            var isNews = !isKnown || before.Stage != value.Stage || value.Stage == RunStage.Waiting;
            if (!isNews && clock.GetElapsedTime(before.Told) < Pause)
            {
                return;
            }

            runs[key] = (value.Stage, clock.GetTimestamp());
            var done = string.Create(CultureInfo.InvariantCulture, $"{runs.Values.Count(run => run.Stage == RunStage.Finished)} of {runs.Count}");
            var text = value.Stage switch
            {
                RunStage.Waiting => value.Detail,
                RunStage.Running when isNews => "begins",
                RunStage.Running => string.Create(CultureInfo.InvariantCulture, $"{100 * value.Fraction:0} %, {value.Detail}"),
                RunStage.Finished when !isKnown => "",
                RunStage.Finished => $"done, {value.Detail} ({done} runs)",
                _ => $"failed: {value.Detail}",
            };
            if (text.Length > 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.ArmName}, seed {value.Seed}: {text}"));
            }
        }
    }
}
