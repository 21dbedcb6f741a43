using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Cawb.TorchSharp.Tests;

/// <summary>Where TorchSharp 0.107 differs from PyTorch. A test that fails here says that TorchSharp has mended something: take its line out of docs/torchsharp.md, and the test.</summary>
public sealed class UpstreamTests
{
    [Fact]
    public void One_cycle_gives_the_second_group_other_rates_and_momenta_than_PyTorch()
    {
        var (theirs, ours) = Pair(
            [0.1, 0.2], optimizer => lr_scheduler.OneCycleLR(optimizer, [1.0, 0.5], total_steps: 10), optimizer => schedulers.OneCycleLR(optimizer, [1.0, 0.5], total_steps: 10), steps: 9);
        Assert.Equal(ours.Rates[0], theirs.Rates[0], 1e-12);
        Assert.Equal(2e-6, ours.Rates[1], 1e-15);
        Assert.Equal(0.26, theirs.Rates[1], 1e-12);
        Assert.Equal((0.95, 0.9), (ours.Momenta[1], theirs.Momenta[1]));
    }

    [Fact]
    public void One_cycle_ends_with_a_rate_and_a_momentum_of_zero()
    {
        var (theirs, ours) = Pair([0.1], optimizer => lr_scheduler.OneCycleLR(optimizer, 1.0, total_steps: 10), optimizer => schedulers.OneCycleLR(optimizer, 1.0, total_steps: 10), steps: 10);
        Assert.Equal((0, 0), (theirs.Rates[0], theirs.Momenta[0]));
        Assert.True(ours.Rates[0] > 0 && ours.Momenta[0] > 0.9);
    }

    [Fact]
    public void One_cycle_cannot_be_resumed() =>
        Assert.Throws<KeyNotFoundException>(() => lr_scheduler.OneCycleLR(Optimizers.Sgd(0.1), 1.0, total_steps: 10, last_epoch: 4));

    [Fact]
    public void A_cycle_raises_the_momentum_to_1_where_it_should_fall()
    {
        var (theirs, ours) = Pair([0.1], optimizer => lr_scheduler.CyclicLR(optimizer, 0.1, 1.0, step_size_up: 4), optimizer => schedulers.CyclicLR(optimizer, 0.1, 1.0, step_size_up: 4), steps: 4);
        Assert.Equal((1.0, 1.0), (ours.Rates[0], theirs.Rates[0]));
        Assert.Equal((0.8, 1.0), (Math.Round(ours.Momenta[0], 12), Math.Round(theirs.Momenta[0], 12)));
    }

    [Fact]
    public void A_decaying_range_decays_by_the_cycle_where_it_should_by_the_step()
    {
        var (theirs, ours) = Pair(
            [0.1],
            optimizer => lr_scheduler.CyclicLR(optimizer, 0.1, 1.0, step_size_up: 4, mode: lr_scheduler.impl.CyclicLR.Mode.ExpRange, gamma: 0.9),
            optimizer => schedulers.CyclicLR(optimizer, 0.1, 1.0, step_size_up: 4, mode: lr_scheduler.impl.CyclicLR.Mode.ExpRange, gamma: 0.9),
            steps: 4);
        Assert.Equal(0.1 + (0.9 * Math.Pow(0.9, 4)), ours.Rates[0], 1e-12);
        Assert.Equal(0.1 + (0.9 * 0.9), theirs.Rates[0], 1e-12);
    }

    [Fact]
    public void A_milestone_that_is_listed_twice_counts_once()
    {
        var (theirs, ours) = Pair([1], optimizer => lr_scheduler.MultiStepLR(optimizer, [2, 2, 4]), optimizer => schedulers.MultiStepLR(optimizer, [2, 2, 4]), steps: 2);
        Assert.Equal((0.01, 0.1), (Math.Round(ours.Rates[0], 12), Math.Round(theirs.Rates[0], 12)));
    }

    [Fact]
    public void A_late_group_is_left_alone_or_ends_the_run()
    {
        using var cosine = Optimizers.Sgd(1);
        var followed = lr_scheduler.CosineAnnealingLR(cosine, 10);
        Add(cosine);
        followed.step();
        Assert.Equal(2, Optimizers.Rates(cosine)[1]);
        using var lambda = Optimizers.Sgd(1);
        var multiplied = lr_scheduler.LambdaLR(lambda, step => 1.0 / (1 + step));
        Add(lambda);
        Assert.Throws<ArgumentOutOfRangeException>(multiplied.step);
        using var plateau = Optimizers.Sgd(1);
        var waiting = lr_scheduler.ReduceLROnPlateau(plateau, patience: 0);
        waiting.step(1.0);
        Add(plateau);
        Assert.Throws<ArgumentOutOfRangeException>(() => waiting.step(2.0));

        static void Add(SGD optimizer) => optimizer.add_param_group(new SGD.ParamGroup([Optimizers.Weight()], new SGD.Options { LearningRate = 2 }));
    }

    [Fact]
    public void A_chain_does_not_say_its_rates()
    {
        using var optimizer = Optimizers.Sgd(1);
        Assert.Null(lr_scheduler.ChainedLR([lr_scheduler.ExponentialLR(optimizer, 0.9)]).get_last_lr());
    }

    [Fact]
    public void Its_schedulers_write_a_rate_that_LBFGS_does_not_use()
    {
        Assert.Equal(Trained(schedule: false), Trained(schedule: true));

        static float Trained(bool schedule)
        {
            var weight = Optimizers.Weight();
            using var optimizer = LBFGS([weight], 0.1, max_iter: 1);
            var scheduler = schedule ? lr_scheduler.ExponentialLR(optimizer, 0.01) : null;
            for (var step = 0; step < 5; step++)
            {
                using var scope = torch.NewDisposeScope();
                optimizer.step(() =>
                {
                    optimizer.zero_grad();
                    var loss = weight.pow(2).sum();
                    loss.backward();
                    return loss;
                });
                scheduler?.step();
            }

            return weight.data<float>()[0];
        }
    }

    [Fact]
    public void The_momentum_that_SGD_loads_inside_a_scope_dies_with_the_scope()
    {
        var (weight, other) = (Optimizers.Weight(), Optimizers.Weight());
        using var first = SGD([weight], 0.1, momentum: 0.9);
        using var second = SGD([other], 0.1, momentum: 0.9);
        Train(first, weight);
        using var saved = new MemoryStream();
        first.save_state_dict(new BinaryWriter(saved));
        saved.Position = 0;
        using (torch.NewDisposeScope())
            second.load_state_dict(new BinaryReader(saved));
        Assert.ThrowsAny<InvalidOperationException>(() => Train(second, other));

        static void Train(SGD optimizer, Parameter weight)
        {
            using var scope = torch.NewDisposeScope();
            weight.pow(2).sum().backward();
            optimizer.step();
        }
    }

    private static (Values Theirs, Values Ours) Pair(
        double[] rates, Func<Optimizer, lr_scheduler.LRScheduler> theirs, Func<Optimizer, lr_scheduler.LRScheduler> ours, int steps) => (Walk(rates, theirs, steps), Walk(rates, ours, steps));

    private static Values Walk(double[] rates, Func<Optimizer, lr_scheduler.LRScheduler> make, int steps)
    {
        using var optimizer = Optimizers.Sgd(rates);
        var scheduler = make(optimizer);
        for (var step = 0; step < steps; step++)
            scheduler.step();
        return new Values(Optimizers.Rates(optimizer), Optimizers.Momenta(optimizer));
    }

    private sealed record Values(double[] Rates, double[] Momenta);
}
