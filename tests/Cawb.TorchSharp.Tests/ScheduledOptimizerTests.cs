using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Cawb.TorchSharp.Tests;

public sealed class ScheduledOptimizerTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(10, batchesPerEpoch: 4);

    private static CawbSchedule Boots { get; } = new(10, [4, 7], Annealing.Cosine(), stepScale: 0.8, warmupEpochs: 1);

    [Fact]
    public void Sets_the_first_batchs_rates_at_once_and_each_batchs_at_its_step()
    {
        using var optimizer = Optimizers.Sgd(0.1, 0.4);
        var scheduled = optimizer.Follow(Boots, Plan);
        for (var batch = 0; batch < 45; batch++, scheduled.step())
        {
            Assert.Equal([Boots.ValueAt(batch / 4.0, 0.1), Boots.ValueAt(batch / 4.0, 0.4)], Optimizers.Rates(optimizer));
            Assert.Equal(Optimizers.Rates(optimizer), scheduled.get_last_lr());
        }

        Assert.True(scheduled.IsFinished);
    }

    [Fact]
    public void Is_taken_where_TorchSharps_own_schedulers_are()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        torch.optim.lr_scheduler.LRScheduler scheduler = optimizer.FollowPerEpoch(new LinearSchedule(10), epochs: 10);
        scheduler.step();
        Assert.Equal(0.1 * 0.9, optimizer.ParamGroups.Single().LearningRate, 15);
        scheduler.step(epoch: 5);
        Assert.Equal(0.1 * 0.5, scheduler.get_last_lr().Single(), 15);
        scheduler.step(current: 0.3);
        Assert.Equal(0.1 * 0.4, scheduler.get_last_lr().Single(), 15);
    }

    [Fact]
    public void Gives_each_group_a_schedule_of_its_own_and_wants_one_for_each()
    {
        using var optimizer = Optimizers.Sgd(0.1, 0.2);
        Assert.StartsWith(
            "There must be one schedule per parameter group: 2; got 3.", Assert.Throws<ArgumentException>(() => optimizer.Follow([Boots, Boots, Boots], Plan)).Message, StringComparison.Ordinal);
        var scheduled = optimizer.Follow([Boots, new LinearSchedule(10)], Plan);
        scheduled.step(20);
        Assert.Equal([Boots.ValueAt(5, 0.1), 0.1], Optimizers.Rates(optimizer));
    }

    [Fact]
    public void Drives_momentum_and_weight_decay_of_every_group()
    {
        using var optimizer = Optimizers.Sgd(0.1, 0.2);
        foreach (var group in optimizer.ParamGroups.Cast<SGD.ParamGroup>())
            group.Options.weight_decay = 5e-4;
        var scheduled = optimizer.Follow(Boots, Plan)
            .WithMomentum(new LinearSchedule(5, Level.Absolute(0.8), Level.Base))
            .WithWeightDecay([new ConstantSchedule(), new CosineSchedule(10)]);
        Assert.Equal([0.8, 0.8], Optimizers.Momenta(optimizer));
        scheduled.step(20);
        Assert.Equal([0.9, 0.9], Optimizers.Momenta(optimizer));
        Assert.Equal([5e-4, 2.5e-4], optimizer.ParamGroups.Cast<SGD.ParamGroup>().Select(group => group.Options.weight_decay ?? double.NaN), (left, right) => Math.Abs(left - right) < 1e-18);
    }

    [Fact]
    public void Drives_beta_1_where_there_is_no_momentum_and_leaves_beta_2()
    {
        using var optimizer = Optimizers.Adam(0.1, 0.2);
        optimizer.Follow(Boots, Plan).WithMomentum(new ConstantSchedule(Level.Absolute(0.7)));
        Assert.All(optimizer.ParamGroups.Cast<torch.optim.IBetas>(), group => Assert.Equal((0.7, 0.999), group.Betas));
    }

    [Fact]
    public void Takes_up_a_group_that_was_added_to_the_optimizer()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduled = optimizer.Follow(Boots, Plan).WithMomentum(new LinearSchedule(5, Level.Factor(0.5), Level.Base));
        scheduled.step(7);
        optimizer.add_param_group(new SGD.ParamGroup([Optimizers.Weight()], new SGD.Options { LearningRate = 0.3, momentum = 0.6 }));
        scheduled.step();
        Assert.Equal([Boots.ValueAt(2, 0.1), Boots.ValueAt(2, 0.3)], Optimizers.Rates(optimizer));
        Assert.Equal(0.6 * 0.7, Optimizers.Momenta(optimizer)[1], 15);
        Assert.Equal(2, scheduled.get_last_lr().Count());
        Assert.Equal(2, scheduled.CaptureState().Parameters[0].BaseValues.Count);
    }

    [Fact]
    public void Adds_a_group_with_a_schedule_of_its_own()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduled = optimizer.Follow(Boots, Plan);
        scheduled.step(20);
        scheduled.AddParamGroup(new SGD.ParamGroup([Optimizers.Weight()], new SGD.Options { LearningRate = 0.3 }), new LinearSchedule(10));
        Assert.Equal([Boots.ValueAt(5, 0.1), 0.15], Optimizers.Rates(optimizer));
    }

    [Fact]
    public void Refuses_a_second_scheduler_until_the_first_is_detached()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var first = optimizer.Follow(Boots, Plan);
        Assert.Contains("has a scheduler already", Assert.Throws<InvalidOperationException>(() => optimizer.Follow(Boots, Plan)).Message, StringComparison.Ordinal);
        first.Detach();
        optimizer.Follow(Boots, Plan).step();
        Assert.Contains("detached", Assert.Throws<InvalidOperationException>(first.step).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_to_step_one_of_two_schedulers_by_name_that_nothing_joins()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var first = schedulers.ExponentialLR(optimizer, 0.9);
        var second = schedulers.StepLR(optimizer, 3);
        Assert.Contains("2 schedulers", Assert.Throws<InvalidOperationException>(first.step).Message, StringComparison.Ordinal);
        var joined = schedulers.SequentialLR(optimizer, [first, second], [2]);
        joined.step();
        Assert.Contains("part of another one", Assert.Throws<InvalidOperationException>(second.step).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_state_of_another_schedule_and_changes_nothing()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduled = schedulers.OneCycleLR(optimizer, 0.1, total_steps: 100);
        scheduled.step(10);
        var rates = Optimizers.Rates(optimizer);
        using var other = Optimizers.Sgd(0.1);
        var state = schedulers.OneCycleLR(other, 5, total_steps: 200).CaptureState();
        Assert.Throws<ScheduleMismatchException>(() => scheduled.Restore(state));
        Assert.Equal((rates[0], 10), (Optimizers.Rates(optimizer)[0], scheduled.Position));
    }

    [Fact]
    public void Goes_on_under_a_plan_that_was_changed_on_purpose()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduled = optimizer.Follow(Boots, Plan);
        scheduled.step(32);
        var change = PlanChange.Extend(Plan, Boots, atEpochs: 8, totalEpochs: 20);
        using var fresh = Optimizers.Sgd(0.7);
        var extended = fresh.Follow(change.After, change.PlanAfter);
        extended.Restore(scheduled.CaptureState(), change);
        Assert.Equal([change.After.ValueAt(8, 0.1)], Optimizers.Rates(fresh));
        Assert.Equal(0.1, fresh.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void Tells_a_metric_to_a_plateau_and_to_nothing_else()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduled = optimizer.Follow(new PlateauSchedule(new ConstantSchedule(), new PlateauRule(factor: 0.5, patience: 0)), Plan);
        scheduled.Report(1);
        scheduled.Report(2);
        Assert.Equal(0.05, Optimizers.Rates(optimizer)[0]);
        Assert.Equal(0, scheduled.Position);
        scheduled.step(3.0);
        Assert.Equal((0.025, 1), (Optimizers.Rates(optimizer)[0], scheduled.Position));
        using var other = Optimizers.Sgd(0.1);
        Assert.Throws<InvalidOperationException>(() => other.Follow(Boots, Plan).Report(1));
    }

    [Fact]
    public void Finds_a_rate_that_something_else_has_written_at_the_step_where_it_happens()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduled = optimizer.Follow(Boots, Plan).WatchRates();
        scheduled.step();
        optimizer.ParamGroups.Single().LearningRate = 0.5;
        var fault = Assert.Throws<InvalidOperationException>(scheduled.step);
        Assert.StartsWith("At batch 1 group 0 had the learningRate 0.5 in place of the planned ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, scheduled.Position);

        var found = new List<Insight.AuditFinding>();
        scheduled.WatchRates(found.Add).step();
        scheduled.step();
        Assert.Equal([("external-write", 1L, 0.5)], found.Select(finding => (finding.Code, finding.Batch, finding.Applied)));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Func<Optimizer, ScheduledOptimizer>[] all =
        [
            optimizer => optimizer.Follow(Boots, Plan).WithMomentum(new LinearSchedule(3, Level.Absolute(0.8), Level.Base)).WithWeightDecay(new CosineSchedule(10)),
            optimizer => schedulers.CosineAnnealingLR(optimizer, 5000),
            optimizer => schedulers.OneCycleLR(optimizer, 1.0, total_steps: 10_000),
            optimizer => schedulers.CyclicLR(optimizer, 0.1, 1.0),
        ];
        foreach (var make in all)
        {
            using var optimizer = Optimizers.Sgd(0.1, 0.2, 0.3);
            var scheduled = make(optimizer);
            for (var i = 0; i < 100; i++)
                scheduled.step();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
                scheduled.step();
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void A_later_member_of_TorchSharps_sequence_gets_its_own_first_batch()
    {
        // As the first member it would be a step ahead: TorchSharp's sequence steps that one in its constructor. Cawb's SequentialLR, or a SequenceSchedule, has no such member.
        using var optimizer = Optimizers.Sgd(0.1);
        var first = torch.optim.lr_scheduler.ConstantLR(optimizer, 0.5, total_iters: 3);
        var later = optimizer.Follow(new LinearSchedule(10), Plan);
        var sequence = torch.optim.lr_scheduler.SequentialLR(optimizer, [first, later], [3]);
        for (var i = 0; i < 4; i++)
            sequence.step();
        Assert.Equal(1, later.Position);
        Assert.Equal(new LinearSchedule(10).ValueAt(0.25, 0.1), Optimizers.Rates(optimizer)[0], 15);
    }
}
