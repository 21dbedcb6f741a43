using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.TorchSharp.Tests;

/// <summary>The code that docs/torchsharp.md shows, between its tags, and what it does.</summary>
public sealed class GuideExamples
{
    [Fact]
    public void Epochs()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        // <epochs>
        var scheduler = optimizer.FollowPerEpoch(new CosineSchedule(90), epochs: 90);   // scheduler.step() after each epoch
        // </epochs>
        scheduler.step(45);
        Assert.Equal(0.05, Optimizers.Rates(optimizer)[0], 12);
    }

    [Fact]
    public void Groups()
    {
        var (backbone, head) = (nn.Linear(2, 2), nn.Linear(2, 2));
        // <groups>
        using var optimizer = new SGD(
            [
                new SGD.ParamGroup(backbone.parameters(), new SGD.Options { LearningRate = 0.01, weight_decay = 5e-4 }),
                new SGD.ParamGroup(head.parameters(), new SGD.Options { LearningRate = 0.1, weight_decay = 5e-4 }),
            ],
            lr: 0.1,
            momentum: 0.9);
        var scheduler = optimizer
            .Follow([new CosineSchedule(10), new OneCycleSchedule(10)], TrainingPlan.FromEpochs(10, batchesPerEpoch: 100))
            .WithMomentum(new LinearSchedule(3, Level.Absolute(0.8), Level.Base))
            .WithWeightDecay([new ConstantSchedule(), new CosineSchedule(10)]);
        // </groups>
        scheduler.step(500);
        Assert.Equal(0.005, Optimizers.Rates(optimizer)[0], 12);
        Assert.Equal([0.9, 0.9], Optimizers.Momenta(optimizer));
        Assert.Equal([5e-4, 2.5e-4], optimizer.ParamGroups.Cast<SGD.ParamGroup>().Select(group => Math.Round(group.Options.weight_decay ?? 0, 12)));
    }

    [Fact]
    public void Late_groups()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduler = optimizer.FollowPerEpoch(new CosineSchedule(10), 10);
        var unfrozen = nn.Linear(2, 2);
        scheduler.step(5);
        // <late>
        scheduler.AddParamGroup(new SGD.ParamGroup(unfrozen.parameters(), new SGD.Options { LearningRate = 0.02 }), new LinearSchedule(10));
        // </late>
        Assert.Equal(0.01, Optimizers.Rates(optimizer)[1], 12);
    }

    [Fact]
    public void Resume()
    {
        var path = Path.GetTempFileName();
        var model = nn.Linear(2, 2);
        var plan = TrainingPlan.FromEpochs(10, batchesPerEpoch: 100);
        var schedule = new CosineSchedule(10);
        using (var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9))
        {
            var scheduler = optimizer.Follow(schedule, plan);
            scheduler.step(250);
            // <save>
            using var writer = new BinaryWriter(File.Create(path));
            model.save(writer);
            scheduler.save_state_dict(writer);
            // </save>
        }

        using (var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9))
        {
            // <load>
            var scheduler = optimizer.Follow(schedule, plan);
            using var reader = new BinaryReader(File.OpenRead(path));
            model.load(reader);
            scheduler.load_state_dict(reader);
            // </load>
            Assert.Equal(250, scheduler.Position);
            Assert.Equal(schedule.ValueAt(2.5, 0.1), Optimizers.Rates(optimizer)[0]);
        }

        File.Delete(path);
    }

    [Fact]
    public void Compositions()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        // <sequence>
        var scheduler = schedulers.SequentialLR(
            optimizer,
            [schedulers.LinearLR(optimizer, start_factor: 0.1, total_iters: 5), schedulers.CosineAnnealingLR(optimizer, T_max: 95)],
            milestones: [5]);
        // </sequence>
        Assert.Equal(0.01, Optimizers.Rates(optimizer)[0], 12);
        scheduler.step(5);
        Assert.Equal(0.1, Optimizers.Rates(optimizer)[0], 12);
    }

    [Fact]
    public void Plateaus()
    {
        using var optimizer = Optimizers.Sgd(0.1);
        double[] losses = [1, 1, 1];
        // <plateau>
        var scheduler = schedulers.ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1);
        foreach (var loss in losses)
            scheduler.step(loss);   // after each validation
        // </plateau>
        Assert.Equal(0.05, Optimizers.Rates(optimizer)[0], 12);
    }

    [Fact]
    public void Logs_and_watches()
    {
        var folder = Directory.CreateTempSubdirectory("cawb-guide-").FullName;
        using var optimizer = Optimizers.Sgd(0.1);
        var scheduler = optimizer.FollowPerEpoch(new CosineSchedule(10), 10);
        // <log>
        var writer = utils.tensorboard.SummaryWriter(folder);
        scheduler.LogTo(writer, every: 100).WatchRates(finding => Console.Error.WriteLine(finding.Message));
        // </log>
        scheduler.step();
        Assert.NotEmpty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Scalars()
    {
        var (a, b) = (tensor(2f), tensor(3f));
        // <scalars>
        using var one = 1L.ToScalar();
        using var half = 0.5.ToScalar();
        using var sum = a.add(b, one);      // in place of a + b
        using var scaled = a.mul(half);     // in place of a * 0.5
        // </scalars>
        Assert.Equal((5f, 1f), (sum.item<float>(), scaled.item<float>()));
    }
}
