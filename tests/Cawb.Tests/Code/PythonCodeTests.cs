using System.Globalization;
using System.Text.RegularExpressions;
using Cawb.Code;

namespace Cawb.Tests.Code;

public sealed class PythonCodeTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(1, 1.0)]
    [InlineData(7, 0.1)]
    [InlineData(7, 1.0)]
    public void Gives_the_values_of_every_type_and_of_compositions_at_boundaries_between_them_and_past_the_end(int batchesPerEpoch, double baseRate)
    {
        RequireSameAtBatches([.. CodeCases.OfEveryType(12), .. CodeCases.Nested(200)], batchesPerEpoch, baseRate);
    }

    [Theory]
    [Trait("Category", "Nightly")]
    [MemberData(nameof(Seeds))]
    public void Gives_the_values_of_many_more_compositions(int seed) =>
        RequireSameAtBatches([.. CodeCases.OfEveryType(20, seed), .. CodeCases.Nested(500, seed)], batchesPerEpoch: (seed % 9) + 1, baseRate: 0.1);

    [Fact]
    public void Drops_at_the_very_batches_at_which_ours_does_where_a_quotient_alone_would_miss_them()
    {
        // Intervals of so many batches, in epochs of so many: some multiples of the rounded interval divide by it to a little less than a whole number, or to one that is not reached.
        List<(Schedule Schedule, TrainingPlan Plan, long[] Batches, string Code)> cases = [];
        foreach (var plan in Enumerable.Range(2, 58).Select(batchesPerEpoch => TrainingPlan.FromEpochs(1, batchesPerEpoch)))
        {
            for (var interval = 1; interval < 60; interval++)
            {
                var epochs = plan.EpochsFromBatches(interval);
                long[] missed = [.. Enumerable.Range(1, 60).Select(count => (long)count * interval).Where(batch => Math.Floor(plan.EpochsFromBatches(batch) / epochs) != Boundaries.PeriodsUpTo(epochs, plan.EpochsFromBatches(batch)))];
                var schedule = new StepSchedule(epochs, 0.9);
                if (missed.Length > 0)
                    cases.Add((schedule, plan, missed, ScheduleCode.Write(schedule, CodeLanguage.Python, batchesPerEpoch: plan.BatchesPerEpoch)));
            }
        }

        Assert.NotEmpty(cases);
        foreach (var (one, values) in cases.Zip(PythonModule.Call(cases.Select(one => (one.Code, "learning_rate", one.Batches.Select(batch => (object[])[batch, 0.1]))))))
            RequireSame(one.Code, [.. one.Batches.Select(batch => one.Schedule.ValueAt(one.Plan.EpochsFromBatches(batch), 0.1))], values);
    }

    [Fact]
    public void Takes_epochs_where_the_batches_are_not_known()
    {
        var schedules = CodeCases.OfEveryType(4);
        double[] epochs = [0, 0.1, 0.7, 1, 1.5, 2, 3.25, 5, 8.9, 30, 1e6];
        var codes = schedules.Select(schedule => ScheduleCode.Write(schedule, CodeLanguage.Python, baseLearningRates: 0.3)).ToList();

        var found = PythonModule.Call(codes.Select(code => (code, "learning_rate", epochs.Select(epoch => (object[])[epoch]))));

        for (var i = 0; i < schedules.Count; i++)
            RequireSame(codes[i], [.. epochs.Select(epoch => schedules[i].ValueAt(epoch, 0.3))], found[i]);
    }

    [Fact]
    public void Gives_a_list_where_groups_have_schedules_of_their_own()
    {
        Schedule[] groups = [new CosineSchedule(10).WithWarmup(2), new LinearSchedule(10, Level.Base, Level.Absolute(0.001)), new ConstantSchedule()];
        var code = ScheduleCode.Write(groups, CodeLanguage.Python, batchesPerEpoch: 4, baseLearningRates: [0.1, 0.02, 0.003]);
        long[] steps = [0, 3, 8, 21, 40, 60];

        var found = PythonModule.Call([(code, "learning_rates", steps.Select(step => (object[])[step]))]).Single();

        RequireSame(code, [.. steps.SelectMany(step => groups.Zip((double[])[0.1, 0.02, 0.003], (group, rate) => group.ValueAt(step / 4.0, rate)))], found);
    }

    [Fact]
    public void Takes_the_reductions_of_a_plateau_as_a_number()
    {
        List<PlateauSchedule> plateaus =
        [
            .. ((PlateauRule[])[new(), new(0.5, min: Level.Factor(0.2)), new(0.5, min: Level.Absolute(0.03)), new(0.3, minChange: 0.01)])
                .SelectMany(rule => ((Schedule[])[new CosineSchedule(10), new LinearSchedule(10, Level.Base, Level.Absolute(0.01))]).Select(inner => new PlateauSchedule(inner, rule))),
        ];
        var calls = Enumerable.Range(0, 12).SelectMany(step => Enumerable.Range(0, 5).Select(reductions => (Step: step, Reductions: reductions))).ToList();
        var codes = plateaus.Select(plateau => ScheduleCode.Write(plateau, CodeLanguage.Python, batchesPerEpoch: 1)).ToList();

        var found = PythonModule.Call(codes.Select(code => (code, "learning_rate", calls.Select(call => (object[])[call.Step, 0.1, call.Reductions]))));

        for (var i = 0; i < plateaus.Count; i++)
            RequireSame(codes[i], [.. calls.Select(call => plateaus[i].ValueAt(call.Step, 0.1, call.Reductions))], found[i]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public void The_lines_for_PyTorch_give_each_group_the_rates_of_the_schedule(int? batchesPerEpoch)
    {
        Schedule relative = new CosineSchedule(10).WithWarmup(2);
        Schedule absolute = new LinearSchedule(10, Level.Base, Level.Absolute(0.001));
        Schedule reduced = new PlateauSchedule(new CosineSchedule(10), new PlateauRule(0.5, min: Level.Absolute(0.03)));
        IReadOnlyList<Schedule>[] sets = [[relative], [absolute], [reduced], [relative, relative.Times(0.5)], [relative, absolute]];
        double[] rates = [0.1, 0.03];
        var codes = sets.Select(set => ScheduleCode.Write(set, CodeLanguage.Python, batchesPerEpoch: batchesPerEpoch)).ToList();

        var found = PythonModule.Train(codes, rates, reductions: 2, steps: 60);

        for (var i = 0; i < sets.Length; i++)
        {
            var expected = Enumerable.Range(0, 60).SelectMany(step => rates.Select((rate, group) => sets[i][Math.Min(group, sets[i].Count - 1)] switch
            {
                PlateauSchedule plateau => plateau.ValueAt((double)step / (batchesPerEpoch ?? 1), rate, 2),
                var schedule => schedule.ValueAt((double)step / (batchesPerEpoch ?? 1), rate),
            }));
            RequireSame(codes[i], [.. expected], found[i]);
        }
    }

    [Fact]
    public void Has_no_helper_and_no_import_that_is_not_used()
    {
        foreach (var code in CodeCases.OfEveryType(4).Concat(CodeCases.Nested(100)).Select(schedule => ScheduleCode.Write(schedule, CodeLanguage.Python, batchesPerEpoch: 7)))
        {
            var helpers = Regex.Matches(code, @"^def (\w+)\(", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Where(name => name != "learning_rate").ToList();
            Assert.Equal(helpers.Distinct(), helpers);
            Assert.All(helpers, name => Assert.True(Regex.Count(code, $@"\b{name}\b") > 1, $"{name} is not used:\n{code}"));
            Assert.All((string[])["math", "bisect"], module => Assert.Equal(code.Contains($"import {module}\n", StringComparison.Ordinal), code.Contains($"{module}.", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Nests_as_deeply_as_the_text_form()
    {
        Schedule schedule = new CosineSchedule(50);
        for (var i = 0; i < 60; i++)
            schedule = i % 2 == 0 ? schedule.WithWarmup(0.5) : schedule.Times(new StepSchedule(20, 0.9)).Plus(new ConstantSchedule(Level.Absolute(0.001)));
        var code = ScheduleCode.Write(schedule, CodeLanguage.Python);
        double[] epochs = [0, 0.25, 9, 30.5, 80];

        RequireSame(code, [.. epochs.Select(epoch => schedule.ValueAt(epoch, 0.1))], PythonModule.Call([(code, "learning_rate", epochs.Select(epoch => (object[])[epoch, 0.1]))]).Single());
    }

    [Theory]
    [InlineData("(1 + math.cos(x * math.pi / y)) / 2 * 0.65 + 0.35")]
    [InlineData("1 if x < y // 3 else max(0.1, 1 - x / y) ** 2")]
    [InlineData("math.exp(-x / 7) + round(x) % 3 / (y + 1)")]
    public void Puts_an_annealing_formula_in_as_it_is(string formula)
    {
        var schedule = new CawbSchedule(30, [10, 17.5], Annealing.Expression(formula), epochScale: 4, warmupEpochs: 3, annealingUpdate: AnnealingUpdate.PerBatch);
        var code = ScheduleCode.Write(schedule, CodeLanguage.Python);
        double[] epochs = [0, 2, 3, 5.25, 9.5, 10, 17, 17.5, 20, 29.5, 30, 40];

        Assert.Contains($"annealing=lambda x, y: {formula},\n", code, StringComparison.Ordinal);
        RequireSame(code, [.. epochs.Select(epoch => schedule.ValueAt(epoch, 0.1))], PythonModule.Call([(code, "learning_rate", epochs.Select(epoch => (object[])[epoch, 0.1]))]).Single());
    }

    [Fact]
    public void Is_a_function_that_a_person_would_keep()
    {
        Assert.Equal(
            """"
            import math


            def cosine(t, duration_epochs, start=1, end=0):
                """Half a cosine from one level to another, then flat."""
                return end + (start - end) * (1 + math.cos(math.pi * min(t / duration_epochs, 1))) / 2


            def warmup(t, schedule, warmup_epochs, start=0):
                """A straight ramp in front of another schedule, whose time starts at the end of the ramp."""
                if t >= warmup_epochs:
                    return schedule(t - warmup_epochs)
                return start + (schedule(0) - start) * t / warmup_epochs


            def learning_rate(step, base_lr=0.1):
                """The learning rate of a step, counted from 0; an epoch has 625."""
                t = step / 625
                return base_lr * warmup(t, lambda t: cosine(t, duration_epochs=85, end=0.05), warmup_epochs=5)


            # In PyTorch, with scheduler.step() after each batch:
            # from torch.optim.lr_scheduler import LambdaLR
            # scheduler = LambdaLR(optimizer, lambda step: learning_rate(step, 1.0))

            """",
            ScheduleCode.Write(new CosineSchedule(85, minFactor: 0.05).WithWarmup(5), CodeLanguage.Python, batchesPerEpoch: 625, baseLearningRates: 0.1));
    }

    private static void RequireSameAtBatches(IReadOnlyList<Schedule> schedules, int batchesPerEpoch, double baseRate)
    {
        var plan = TrainingPlan.FromEpochs(1, batchesPerEpoch);
        var batches = schedules.Select(schedule => CodeCases.Batches(schedule, plan)).ToList();
        var codes = schedules.Select(schedule => ScheduleCode.Write(schedule, CodeLanguage.Python, batchesPerEpoch: batchesPerEpoch)).ToList();

        var found = PythonModule.Call(codes.Zip(batches, (code, moments) => (code, "learning_rate", moments.Select(batch => (object[])[batch, baseRate]))));

        for (var i = 0; i < schedules.Count; i++)
            RequireSame(codes[i], [.. batches[i].Select(batch => schedules[i].ValueAt(plan.EpochsFromBatches(batch), baseRate))], found[i]);
    }

    private static void RequireSame(string code, double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var tolerance = 1e-12 * expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(found[i] - expected[i]) <= tolerance, string.Create(CultureInfo.InvariantCulture, $"Value {i}: {found[i]} is not {expected[i]}.\n{code}"));
    }
}
