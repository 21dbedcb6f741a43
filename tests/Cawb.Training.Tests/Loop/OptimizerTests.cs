using System.Text.Json;
using Cawb.Detection.Tests;
using Cawb.Tests.Reference;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Yolov5;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Cawb.Training.Tests.Loop;

public sealed class OptimizerTests
{
    public static TheoryData<string> Names => [TrainOptions.Sgd, TrainOptions.Adam, TrainOptions.AdamW];

    /// <summary>PyTorch's numbers over a whole run of YOLOv5's rates; rates are recorded with ten digits, which is what the tolerance is for.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_under_the_driver_has_the_weights_and_buffers_of_pytorch(string name)
    {
        using var scope = NewDisposeScope();
        var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ReferenceFolder.Of("optimizers"), "optimizers.json"))).RootElement;
        var training = file.Items("trainings").Single(one => one.Text("optimizer") == name);
        var run = ReferenceFile.All("schedule.json")[0].Items("runs").First();
        Tensor Drawn(int stream) => ReferenceModel.Stream(file.GetProperty("seed").GetUInt64(), (ulong)stream, file.Number("low"), file.Number("high"), [6], ScalarType.Float64);
        Parameter[] parameters = [.. Enumerable.Range(0, ParameterGroups.Count).Select(group => new Parameter(Drawn(860_000 + group), requires_grad: true))];
        using var optimizer = GroupOptimizer.Create(name, parameters);
        var driver = new OptimizerDriver(Options(run, name), new Yolov5Schedule(run.Integer("epochs"), 0, finalFactor: run.Number("lrf")), run.Integer("batches_per_epoch"), optimizer);
        var rows = training.Items("rows").ToDictionary(row => row.Integer("iteration"));
        var found = 0;
        using var noGrad = no_grad();
        for (var iteration = 0; driver.Position < driver.Plan.TotalBatches; iteration++)
        {
            foreach (var (parameter, group) in parameters.Select((parameter, group) => (parameter, group)))
            {
                var gradient = Drawn(870_000 + (10 * iteration) + group);
                parameter.grad = parameter.grad is { } gathered ? gathered.add(gradient) : gradient;
            }

            var isStep = driver.IsStepDue;
            if (isStep)
            {
                optimizer.step();
                Array.ForEach(parameters, parameter => parameter.grad = null);
            }

            driver.MoveOn(isStep);
            if (rows.TryGetValue(iteration, out var row))
            {
                found++;
                Near(row.GetProperty("parameters"), parameters, $"{name}, iteration {iteration}");
            }
        }

        Assert.Equal(rows.Count, found);
        var states = optimizer.state_dict().State.ToArray();
        foreach (var (expected, index) in training.Items("buffers").Select((buffer, index) => (buffer, index)))
        {
            Near(expected, [.. states.Select(state => GroupOptimizer.BuffersOf(state).ElementAt(index).Buffer!)], $"{name}, buffer {index}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Yolov5_warms_up_the_momentum_of_sgd_alone_and_a_schedule_of_momentum_drives_all(string name)
    {
        var options = new TrainOptions { Data = "", Epochs = 10, Warmup = WarmupSource.Yolov5, Optimizer = name };
        using var groups = GroupsOf(name);
        var driver = new OptimizerDriver(options, new CosineSchedule(10), batchesPerEpoch: 40, groups);
        Assert.Equal(name == TrainOptions.Sgd ? 0.8 : 0.937, driver.Momentum, 1e-15);

        using var driven = GroupsOf(name);
        driver = new OptimizerDriver(options with { MomentumSchedule = new LinearSchedule(10, Level.Absolute(0.5), Level.Base) }, new CosineSchedule(10), batchesPerEpoch: 40, driven);
        Assert.Equal(0.5, driver.Momentum, 1e-15);
        Assert.All(driven.ParamGroups, group => Assert.Equal(0.5, group is IBetas betas ? betas.Betas.Item1 : ((IMomentum)group).Momentum, 1e-15));
    }

    private static OptimizerHelper GroupsOf(string name) => GroupOptimizer.Create(name, [.. Enumerable.Range(0, ParameterGroups.Count).Select(_ => new Parameter(zeros(1), requires_grad: true))]);

    private static TrainOptions Options(JsonElement run, string name) => new()
    {
        Data = "",
        Epochs = run.Integer("epochs"),
        BatchSize = run.Integer("batch"),
        Warmup = WarmupSource.Yolov5,
        Optimizer = name,
        HyperParameters = new HyperParameters
        {
            LearningRate = run.Number("lr0"),
            Momentum = run.Number("momentum"),
            WarmupEpochs = run.Number("warmup_epochs"),
            WarmupMinBatches = run.Integer("warmup_floor"),
            WarmupMomentum = run.Number("warmup_momentum"),
            WarmupBiasLearningRate = run.Number("warmup_bias_lr"),
        },
    };

    private static void Near(JsonElement expected, Tensor[] actual, string what)
    {
        var wanted = expected.EnumerateArray().Select(values => values.Numbers()).ToArray();
        Assert.Equal(wanted.Length, actual.Length);
        foreach (var (numbers, tensor) in wanted.Zip(actual))
        {
            Assert.All(numbers.Zip(tensor.detach().data<double>().ToArray()), pair => Digest.Near(pair.First, pair.Second, 1e-9 * Math.Max(1, Math.Abs(pair.First)), what));
        }
    }
}
