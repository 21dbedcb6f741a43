using TorchSharp;
using TorchSharp.Modules;

namespace Cawb.TorchSharp.Tests;

public sealed class EveryOptimizerTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(10, batchesPerEpoch: 1);

    public static TheoryData<string> WithRates => ["SGD", "Adam", "AdamW", "RMSProp", "Adagrad", "Adadelta", "ASGD", "Adamax", "NAdam", "RAdam", "LBFGS"];

    public static TheoryData<string> WithStates => ["SGD", "Adam", "AdamW", "RMSProp", "Adagrad", "Adadelta", "ASGD", "Adamax", "NAdam", "RAdam"];

    [Theory]
    [MemberData(nameof(WithRates))]
    public void A_scheduled_rate_moves_the_weights_less_once_it_has_fallen(string name)
    {
        var constant = Moved(name, new ConstantSchedule());
        var falling = Moved(name, new PiecewiseConstantSchedule([1], [Level.Base, Level.Zero]));
        Assert.True(falling < constant, $"{name}: with a rate of 0 from the second step on the weights moved by {falling}, with a constant rate by {constant}.");
    }

    [Theory]
    [MemberData(nameof(WithStates))]
    public void Saved_and_loaded_into_a_fresh_optimizer_inside_a_scope_it_goes_on_with_the_same_bits(string name)
    {
        var straight = new Model(name);
        straight.Train(9);

        var first = new Model(name);
        first.Train(4);
        using var saved = new MemoryStream();
        first.Save(saved);

        var second = new Model(name);
        saved.Position = 0;
        using (torch.NewDisposeScope())
            second.Load(saved);
        second.Train(9);
        Assert.Equal(straight.Weights(), second.Weights());
    }

    [Theory]
    [MemberData(nameof(WithStates))]
    public void One_that_has_not_stepped_is_saved_and_loaded_too(string name)
    {
        var first = new Model(name);
        using var saved = new MemoryStream();
        first.Save(saved);
        var second = new Model(name);
        second.Train(3);
        saved.Position = 0;
        second.Load(saved);
        Assert.Equal(0, second.Scheduled.Position);
    }

    [Fact]
    public void One_that_has_no_momentum_or_no_weight_decay_says_so_and_is_unchanged()
    {
        foreach (var name in (string[])["Adagrad", "Adadelta", "ASGD", "LBFGS"])
        {
            var scheduled = new Model(name).Scheduled;
            Assert.Contains($"{name} has no momentum", Assert.Throws<NotSupportedException>(() => scheduled.WithMomentum(new ConstantSchedule())).Message, StringComparison.Ordinal);
            Assert.Single(scheduled.Scheduler.Parameters);
        }

        Assert.Contains("LBFGS has no weight decay", Assert.Throws<NotSupportedException>(() => new Model("LBFGS").Scheduled.WithWeightDecay(new ConstantSchedule())).Message, StringComparison.Ordinal);
        using var adagrad = Make("Adagrad", Optimizers.Weight());
        Assert.Contains(
            "cycle_momentum: false", Assert.Throws<NotSupportedException>(() => schedulers.OneCycleLR(adagrad, 0.1, total_steps: 10)).Message, StringComparison.Ordinal);
        schedulers.OneCycleLR(adagrad, 0.1, total_steps: 10, cycle_momentum: false).step();
    }

    [Fact]
    public void Rprop_is_refused_because_a_schedule_would_change_nothing()
    {
        // TorchSharp's own schedulers write its rate, and the weights stay what they are without: the numbers are the same.
        Assert.Equal(WithRprop(_ => { }), WithRprop(optimizer => optimizer.ParamGroups.Single().LearningRate = 1e-6));
        using var rprop = new Rprop([Optimizers.Weight()], 0.1);
        Assert.StartsWith("Rprop uses its learning rate in its first step only", Assert.Throws<NotSupportedException>(() => rprop.Follow(new ConstantSchedule(), Plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LBFGS_keeps_its_schedule_but_cannot_save_its_own_state()
    {
        var model = new Model("LBFGS");
        model.Train(3);
        var state = model.Scheduled.CaptureState();
        Assert.Contains("CaptureState()", Assert.Throws<NotSupportedException>(() => model.Save(new MemoryStream())).Message, StringComparison.Ordinal);
        var fresh = new Model("LBFGS");
        fresh.Scheduled.Restore(state);
        Assert.Equal(3, fresh.Scheduled.Position);
        Assert.Throws<NotSupportedException>(() => model.Scheduled.AddParamGroup(new SGD.ParamGroup([Optimizers.Weight()], new SGD.Options())));
    }

    [Theory]
    [InlineData(0, "damaged or incomplete")]
    [InlineData(20, "damaged or incomplete")]
    [InlineData(-1, "damaged or incomplete")]
    public void A_stream_that_ends_early_is_refused_and_nothing_is_changed(int length, string said)
    {
        var model = new Model("SGD");
        model.Train(4);
        using var saved = new MemoryStream();
        model.SaveOptimizer(saved);
        saved.SetLength(length < 0 ? saved.Length + length : length);
        saved.Position = 0;
        var before = model.Weights();
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => model.LoadOptimizer(saved)).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights());
        Assert.Equal(4, model.Scheduled.Position);
    }

    [Fact]
    public void Every_changed_byte_is_noticed_and_nothing_is_changed()
    {
        var model = new Model("AdamW");
        model.Train(2);
        using var saved = new MemoryStream();
        model.SaveOptimizer(saved);
        var bytes = saved.ToArray();
        var fresh = new Model("AdamW");
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            var fault = Record.Exception(() => fresh.LoadOptimizer(new MemoryStream(bytes)));
            Assert.True(fault is InvalidDataException, $"byte {at}: {fault}");
            Assert.Equal(0, fresh.Scheduled.Position);
            bytes[at] ^= 0x10;
        }
    }

    [Fact]
    public void A_state_of_another_optimizer_or_of_none_is_refused()
    {
        var adam = new Model("Adam");
        using var saved = new MemoryStream();
        adam.SaveOptimizer(saved);
        Assert.Contains(
            "that of the optimizer Adam; this one is AdamW", Assert.Throws<InvalidDataException>(() => new Model("AdamW").LoadOptimizer(new MemoryStream(saved.ToArray()))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new Model("AdamW").LoadOptimizer(new MemoryStream("\u0005hello and more"u8.ToArray())));
    }

    private static float WithRprop(Action<Rprop> afterStep)
    {
        var weight = Optimizers.Weight();
        using var optimizer = new Rprop([weight], 0.1);
        for (var step = 0; step < 5; step++)
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            weight.pow(2).sum().backward();
            optimizer.step();
            afterStep(optimizer);
        }

        return weight.data<float>()[0];
    }

    private static double Moved(string name, Schedule schedule)
    {
        var model = new Model(name, schedule);
        model.Train(5);
        return model.Weights().Sum(weight => Math.Abs(weight - 1));
    }

    private static torch.optim.Optimizer Make(string name, Parameter weight) => name switch
    {
        "SGD" => torch.optim.SGD([weight], 0.05, momentum: 0.9),
        "Adam" => torch.optim.Adam([weight], 0.05),
        "AdamW" => torch.optim.AdamW([weight], 0.05, amsgrad: true),
        "RMSProp" => torch.optim.RMSProp([weight], 0.05, momentum: 0.5, centered: true),
        "Adagrad" => torch.optim.Adagrad([weight], 0.05),
        "Adadelta" => torch.optim.Adadelta([weight], 0.5),
        "ASGD" => torch.optim.ASGD([weight], 0.05),
        "Adamax" => torch.optim.Adamax([weight], 0.05),
        "NAdam" => torch.optim.NAdam([weight], 0.05),
        "RAdam" => torch.optim.RAdam([weight], 0.05),
        "LBFGS" => torch.optim.LBFGS([weight], 0.05, max_iter: 1),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    /// <summary>Four weights that are trained towards 0.3, with an optimizer on a schedule.</summary>
    private sealed class Model
    {
        private readonly Parameter weight = Optimizers.Weight(4);
        private readonly torch.optim.Optimizer optimizer;

        public Model(string name, Schedule? schedule = null)
        {
            optimizer = Make(name, weight);
            Scheduled = optimizer.Follow(schedule ?? new CosineSchedule(10), Plan);
        }

        public ScheduledOptimizer Scheduled { get; }

        public float[] Weights() => weight.data<float>().ToArray();

        public void Train(int until)
        {
            for (; Scheduled.Position < until; Scheduled.step())
            {
                using var scope = torch.NewDisposeScope();
                optimizer.step(() =>
                {
                    optimizer.zero_grad();
                    var loss = weight.sub(torch.tensor(0.3f)).pow(2).sum();
                    loss.backward();
                    return loss;
                });
            }
        }

        public void Save(Stream stream)
        {
            var writer = new BinaryWriter(stream);
            weight.Save(writer);
            Scheduled.save_state_dict(writer);
        }

        public void SaveOptimizer(Stream stream) => Scheduled.save_state_dict(new BinaryWriter(stream));

        public void Load(Stream stream)
        {
            var reader = new BinaryReader(stream);
            using (torch.no_grad())
                weight.Load(reader);
            Scheduled.load_state_dict(reader);
        }

        public void LoadOptimizer(Stream stream)
        {
            var reader = new BinaryReader(stream);
            Scheduled.load_state_dict(reader);
        }
    }
}
