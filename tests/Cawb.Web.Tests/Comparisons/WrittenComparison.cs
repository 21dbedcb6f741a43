using Cawb.Reports.Files;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Options;
using Cawb.Training.Progress;
using Cawb.Training.Runs;
using Cawb.Web.Tests.Runs;

namespace Cawb.Web.Tests.Comparisons;

/// <summary>A comparison as <c>cawb compare</c> leaves it, without a training: two arms, three seeds, two epochs.</summary>
internal sealed class WrittenComparison : IExperimentJob
{
    public const int Epochs = 2;

    private readonly string folder;
    private readonly HashSet<string> failing = [];

    /// <param name="folder">Where.</param>
    public WrittenComparison(string folder)
    {
        this.folder = folder;
        Plan = new ComparisonPlan(
            "a pair", "Which of the two?", "data/digits", Epochs, [0, 1, 2], "cosine", OptionValues.None,
            [
                new ComparisonArm("cosine", """{"type":"cosine","durationEpochs":2,"end":0.01}""", OptionValues.None),
                new ComparisonArm("CAWB", """{"type":"cawb","epochs":2,"bootEpochs":[1],"annealing":{"type":"cosine"},"stepScale":0.7}""", OptionValues.None),
            ],
            []);
    }

    public ComparisonPlan Plan { get; }

    public string DirectoryOf(string arm, int seed) => Plan.RunOf(Plan.Arm(arm), seed, folder).Directory;

    public Task FinishAsync(string arm, int seed) => CarryOutAsync(arm, seed);

    public Task FailAsync(string arm, int seed)
    {
        failing.Add(Plan.RunOf(Plan.Arm(arm), seed, folder).Title);
        return CarryOutAsync(arm, seed);
    }

    /// <summary>Begins a run and goes on with it until it is closed.</summary>
    public WrittenRun Begin(string arm, int seed) => WrittenRun.Begin(DirectoryOf(arm, seed), Epochs, seed, Plan.Arm(arm).Schedule.CanonicalText);

    public ExperimentSetup Prepare(ComparisonPlan plan, IReadOnlyList<ComparisonArm> arms) => new(
        new string('0', 64), new Dictionary<string, string> { ["cawb"] = "1.0.0" }, "a machine", arms.ToDictionary(arm => arm.Name, arm => new LearningRateCurve(arm.Name, arm.Schedule, TrainingPlan.FromEpochs(Epochs, 10), 0.01)));

    public void CheckBegun(ExperimentRun run)
    {
    }

    public bool IsTrained(ExperimentRun run) => TrainingRun.IsTrained(run.Directory);

    public bool HasExtras(ExperimentRun run) => false;

    public Task<RunCost> MeasureAsync(ExperimentRun run, CancellationToken cancellation) => Task.FromResult(RunCost.None);

    public Task RunAsync(ExperimentRun run, IProgress<ProgressSnapshot> progress, Action<IReadOnlyList<ExtraResult>> keep, CancellationToken cancellation)
    {
        if (failing.Contains(run.Title))
        {
            throw new FileException(run.Directory, "the loss is no number any more <script>alert(1)</script>");
        }

        using var written = Begin(run.Arm.Name, run.Seed);
        written.WriteEpochs(Epochs);
        written.End();
        keep([]);
        return Task.CompletedTask;
    }

    private async Task CarryOutAsync(string arm, int seed) => _ = await ComparisonRunner
        .ForRun(this, Plan, folder, ComparisonRuns.Find(Plan, folder, FormattableString.Invariant($"{arm}/{seed}")))
        .RunAsync(1, new Silence(), TestContext.Current.CancellationToken);

    private sealed class Silence : IProgress<RunStatus>
    {
        public void Report(RunStatus value)
        {
        }
    }
}
