using Cawb.Expressions;
using Cawb.Insight;
using Cawb.Yolov5;

namespace Cawb.Tests.Insight;

public sealed class ExplanationLawTests
{
    private static readonly Schedule Cosine = new CosineSchedule(durationEpochs: 20, minFactor: 0.1);

    private static readonly Schedule[] Schedules =
    [
        new CawbSchedule(40, [10, 25], Annealing.Cosine(power: 1.5, scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3),
        new CawbSchedule(40, [10, 25], Annealing.Polynomial(power: 2, scale: 0.9, offset: 0.1), epochScale: 5, epochScaleMode: EpochScaleMode.Add, annealingUpdate: AnnealingUpdate.PerBatch),
        new CawbSchedule(40, [10], Annealing.Exponential(ratio: 0.1)),
        new CawbSchedule(40, [10], Annealing.Expression("max(0.1, 1 - x / y) + 0.05")),
        new ConstantSchedule(Level.Absolute(0.03)),
        new LinearSchedule(20, Level.Base, Level.Absolute(0.01)),
        Cosine,
        new PolynomialSchedule(20, power: 0.9, minFactor: 0.05),
        new RexSchedule(20, minFactor: 0.05),
        new TanhSchedule(20, minFactor: 0.05),
        new KDecaySchedule(20, k: 2, minFactor: 0.05),
        new KDecaySchedule(20, k: 2, Level.Base, Level.Zero, KDecayCurve.Polynomial, power: 1.5),
        new GeometricSchedule(20, Level.Factor(0.001), Level.Base),
        new CosineRestartsSchedule(CyclePlan.Geometric(5, 2, 3), Level.Base, Level.Factor(0.01), peakFactor: 0.8, warmupEpochs: 1),
        new CyclicSchedule(Level.Factor(0.1), Level.Base, riseEpochs: 3, fallEpochs: 4, CyclicMode.Halving),
        new CyclicSchedule(Level.Factor(0.1), Level.Base, riseEpochs: 3, fallEpochs: 4, CyclicMode.Exponential, decay: 0.9),
        new OneCycleSchedule(30),
        new OneCycleSchedule(30, 8, Level.Factor(0.1), Level.Base, Level.Factor(0.001), Interpolation.Linear, hasThreePhases: true),
        .. Enum.GetValues<DecayShape>().Select(shape => new WarmupStableDecaySchedule(3, 20, 10, Level.Zero, Level.Base, Level.Factor(0.05), shape)),
        new WarmupStableDecaySimplifiedSchedule(3, [15, 30], 5, Level.Zero, Level.Base, Level.Factor(0.1)),
        new StepSchedule(5, factor: 0.3, minFactor: 0.05),
        new MultiStepSchedule([4, 20], factor: 0.1),
        new ExponentialSchedule(0.9, intervalEpochs: 2),
        new ExponentialSchedule(0.9, intervalEpochs: 2, isStaircase: true),
        new InverseTimeSchedule(0.5, intervalEpochs: 3),
        new InverseTimeSchedule(0.5, intervalEpochs: 3, isStaircase: true),
        new InverseSquareRootSchedule(4),
        new PiecewiseConstantSchedule([4, 20], [Level.Base, Level.Factor(0.5), Level.Absolute(0.001)]),
        new InterpolatedSchedule([2, 10, 30], [Level.Factor(0.1), Level.Base, Level.Factor(0.01)], Interpolation.Cosine),
        new WarmupSchedule(Cosine, 5),
        new SequenceSchedule([Cosine, new LinearSchedule(10), new ConstantSchedule()], [8, 17]),
        new ProductSchedule(Cosine, new StepSchedule(5, factor: 0.5)),
        new SumSchedule(Cosine, new ConstantSchedule(Level.Absolute(0.01))),
        new ScaleSchedule(Cosine, 0.3),
        new ClampSchedule(Cosine, Level.Factor(0.2), Level.Factor(0.8)),
        new HoldPerEpochSchedule(Cosine),
        new RepeatSchedule(Cosine, periodEpochs: 7, times: 3),
        new ShiftSchedule(Cosine, 4),
        new HoldFromSchedule(Cosine, 9),
        new SwitchSchedule(Cosine, new LinearSchedule(40), atEpochs: 12),
        new Yolov5Schedule(40, warmupEpochs: 3, Level.Absolute(0.1)),
        new Yolov5Schedule(40, warmupEpochs: 2.5, curve: Yolov5Curve.Cosine),
        new PlateauSchedule(Cosine, new PlateauRule()),
    ];

    [Fact]
    public void The_calculation_that_is_shown_gives_the_value_when_it_is_computed()
    {
        foreach (var schedule in Schedules)
        {
            for (double epochs = 0; epochs <= 45; epochs += 0.625)
            {
                Check(schedule, schedule.Explain(epochs, baseValue: 0.1));
            }
        }
    }

    [Fact]
    public void Every_schedule_that_the_text_form_knows_is_described_in_words()
    {
        Assert.Empty(TextFormats.Schedules.Select(format => format.Name).Except(Schedules.Select(schedule => schedule.Explain(0).Schedule)));
        foreach (var schedule in Schedules)
        {
            var explanation = schedule.Explain(6.5, baseValue: 0.1);
            Assert.EndsWith(".", explanation.Segment, StringComparison.Ordinal);
            Assert.NotEmpty(explanation.Formula);
            Assert.NotEmpty(explanation.Calculation);
        }
    }

    private static void Check(Schedule schedule, ScheduleExplanation explanation)
    {
        Assert.Equal(schedule.ValueAt(explanation.Epochs, explanation.BaseValue), explanation.Value);
        // Numbers are shown with six digits, and differences of them lose some.
        var shown = AnnealingExpression.Parse(explanation.Calculation.Split(" = ")[0]).Evaluate(0, 1);
        Assert.True(Math.Abs(shown - explanation.Value) <= 2e-6 + (1e-4 * explanation.Value), $"{schedule} at {explanation.Epochs}: {explanation.Calculation}");
        foreach (var part in explanation.Parts)
        {
            Assert.NotEmpty(part.Segment);
        }
    }
}
