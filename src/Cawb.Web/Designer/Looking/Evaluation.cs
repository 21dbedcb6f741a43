using Cawb.Insight;
using Cawb.Reports.Charts;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Runs;
using Cawb.Training.Views;
using Cawb.Web.Designer.Address;

namespace Cawb.Web.Designer.Looking;

/// <summary>A schedule in a run, and everything that the page may ask about it: worked out when it is first asked for, and once.</summary>
public sealed class Evaluation
{
    /// <summary>Images in a batch where schedules are shown as a training uses them; it decides YOLOv5's weight decay and how many batches make an optimizer step.</summary>
    public const int BatchSize = 16;

    private const string RateKey = "rate";

    private readonly Dictionary<(string Key, bool IsPerEpoch), ChartSeries> series = [];
    private readonly Dictionary<Trained, (TrainingSchedules? Driven, string Problem)> driven = [];
    private readonly Lazy<ScheduleMetrics> metrics;
    private readonly Lazy<IReadOnlyList<LintFinding>> findings;
    private readonly Lazy<IReadOnlyList<(double Epochs, string What)>> events;

    internal Evaluation(NamedSchedule schedule, TrainingPlan plan, IReadOnlyList<double> baseRates)
    {
        (Schedule, Plan, BaseRates) = (schedule, plan, baseRates);
        metrics = new(() => Rate.Metrics(plan, BaseRate));
        findings = new(() => Rate.Lint(plan, BaseRate, LintLimits.Default));
        events = new(() => [.. RunCharts.Events(Rate, plan.Epochs).Take(MostShownEvents)]);
    }

    /// <summary>Events that are listed and marked.</summary>
    public const int MostShownEvents = 60;

    /// <summary>On the clock of the run.</summary>
    public NamedSchedule Schedule { get; }

    /// <summary>The run.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<double> BaseRates { get; }

    /// <summary>The first group's base rate.</summary>
    public double BaseRate => BaseRates[0];

    /// <summary>The first group's schedule.</summary>
    public Schedule Rate => Schedule.Of(0);

    /// <summary>What it comes to.</summary>
    public ScheduleMetrics Metrics => metrics.Value;

    /// <summary>What looks wrong.</summary>
    public IReadOnlyList<LintFinding> Findings => findings.Value;

    /// <summary>The first <see cref="MostShownEvents"/>, with their names.</summary>
    public IReadOnlyList<(double Epochs, string What)> Events => events.Value;

    /// <summary>The largest step of the rate from one batch to the next, with the moment of the later one; 0 where there is none.</summary>
    public (double Size, double At) LargestJump
    {
        get
        {
            var drawn = series.TryGetValue((RateKey, false), out var known) ? known : Series(Schedule.Name, isPerEpoch: false);
            var epochs = drawn.X.Span;
            var values = drawn.Y.Span;
            var (size, at) = (0.0, 0.0);
            for (var i = 1; i < values.Length; i++)
            {
                if (Math.Abs(values[i] - values[i - 1]) > Math.Abs(size))
                {
                    (size, at) = (values[i] - values[i - 1], epochs[i]);
                }
            }

            return (size, at);
        }
    }

    /// <summary>A group's curve.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="isPerEpoch">Whether only first batches count.</param>
    /// <param name="group">0-based.</param>
    public ChartSeries Series(string name, bool isPerEpoch, int group = 0) =>
        SeriesOf(group == 0 ? RateKey : $"rate {group}", name, Schedule.Of(group), BaseRates[Math.Min(group, BaseRates.Count - 1)], isPerEpoch);

    /// <summary>The curve of the momentum that a library's schedule drives.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="isPerEpoch">Whether only first batches count.</param>
    public ChartSeries MomentumSeries(string name, bool isPerEpoch) => SeriesOf("momentum", name, Schedule.Momenta[0], 1, isPerEpoch);

    /// <summary>The curve of something that a training drives.</summary>
    /// <param name="row">Of <see cref="Driven"/>.</param>
    /// <param name="how">As which it was asked for.</param>
    /// <param name="name">For the legend.</param>
    /// <param name="isPerEpoch">Whether only first batches count.</param>
    public ChartSeries DrivenSeries(DrivenSchedule row, Trained how, string name, bool isPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(row);
        return SeriesOf($"{how} {row.Parameter} {row.Groups}", name, row.Schedule, row.BaseValue, isPerEpoch);
    }

    /// <summary>What a training of it would drive.</summary>
    /// <param name="how">Who warms up; not <see cref="Trained.No"/>.</param>
    /// <returns>The schedules, or why it cannot be trained with.</returns>
    public (TrainingSchedules? Schedules, string Problem) Driven(Trained how)
    {
        if (!driven.TryGetValue(how, out var found))
        {
            driven[how] = found = Drive(how);
        }

        return found;
    }

    /// <summary>Why the value is what it is.</summary>
    /// <param name="epochs">0 or later.</param>
    public ScheduleExplanation Explain(double epochs) => Schedule.Origin is { } origin ? ForeignExplanation.Of(Schedule, origin, Plan, epochs, BaseRate) : Rate.Explain(epochs, BaseRate);

    private (TrainingSchedules? Driven, string Problem) Drive(Trained how)
    {
        var hyper = new HyperParameters { LearningRate = BaseRate };
        var source = how == Trained.Yolov5 ? WarmupSource.Yolov5 : TrainingSchedules.UsualWarmup(Rate);
        try
        {
            return (TrainingSchedules.Of(Rate, TrainingPlan.FromBatches(Plan.TotalBatches, Plan.BatchesPerEpoch, hyper.Accumulation(BatchSize)), BatchSize, hyper, source), "");
        }
        catch (Exception fault) when (fault is InputException or ArgumentException)
        {
            return (null, fault is ArgumentException argument ? ArgumentText.Of(argument) : fault.Message);
        }
    }

    private ChartSeries SeriesOf(string key, string name, Schedule schedule, double baseValue, bool isPerEpoch)
    {
        if (!series.TryGetValue((key, isPerEpoch), out var found))
        {
            var stairs = (isPerEpoch ? CurvePoints.OfEpochs(schedule, Plan, baseValue) : CurvePoints.Of(schedule, Plan, baseValue)).AsStairs();
            found = ChartSeries.Steps(name, stairs.Epochs, stairs.Values);
        }

        // The one of the last name stays the same object, by which pictures know that nothing has changed.
        return series[(key, isPerEpoch)] = found.Named(name);
    }
}
