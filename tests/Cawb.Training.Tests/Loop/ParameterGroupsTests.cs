using System.Text.Json;
using Cawb.Detection.Model;
using Cawb.Detection.Tests;
using Cawb.Training.Loop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Tests.Loop;

public sealed class ParameterGroupsTests
{
    /// <summary>The optimizer sees a group as one flat parameter: the golden file's parameters are put one behind the other here.</summary>
    [Theory]
    [InlineData(ScalarType.Float64, 1e-10)]
    [InlineData(ScalarType.Float32, 1e-6)]
    public void A_flat_parameter_follows_the_reference_steps_of_the_single_ones(ScalarType type, double tolerance)
    {
        foreach (var file in ReferenceFile.All("optimizer.json"))
        {
            using var scope = NewDisposeScope();
            var steps = file.Items("steps").ToArray();
            Assert.NotEmpty(steps);
            var sizes = steps[0].Items("parameters").Select(values => (long)values.GetArrayLength()).ToArray();
            using var parameter = new Parameter(Flat(file, sizes, 850_000, type), requires_grad: true);
            var group = new SGD.ParamGroup([parameter], new SGD.Options { nesterov = true });
            using var optimizer = new SGD([group], lr: 0);
            for (var step = 0; step < steps.Length; step++)
            {
                group.LearningRate = steps[step].Number("lr");
                group.Momentum = steps[step].Number("momentum");
                ((SGD.Options)group.Options).weight_decay = steps[step].Number("weight_decay");
                parameter.grad = Flat(file, sizes, 851_000 + (ulong)(10 * step), type);
                optimizer.step();
                Near(steps[step].GetProperty("parameters"), parameter, tolerance);
                Near(steps[step].GetProperty("buffers"), ((SGD.State)optimizer.state_dict().State[0]).momentum_buffer, tolerance);
            }
        }
    }

    [Fact]
    public void Gradients_are_clipped_as_the_reference_does()
    {
        foreach (var file in ReferenceFile.All("optimizer.json"))
        {
            using var scope = NewDisposeScope();
            var clip = file.GetProperty("clip");
            var gradients = Enumerable.Range(0, clip.Integer("tensors")).Select(i => ReferenceModel.Stream(
                file.GetProperty("seed").GetUInt64(), 852_000UL + (ulong)i, clip.Number("low"), clip.Number("high"), [clip.Integer("size")], ScalarType.Float64)).ToArray();
            Digest.Near(clip.Number("total_norm"), GradientNorm.Limit(gradients, clip.Number("max_norm")), 1e-10, "norm");
            Near(clip.GetProperty("after"), cat(gradients), 1e-10);
        }
    }

    [Fact]
    public void Groups_of_one_buffer_give_the_bits_of_an_optimizer_over_the_single_tensors()
    {
        using var scope = NewDisposeScope();
        using var model = Initial();
        using var twin = Initial();
        using var groups = new ParameterGroups(model);
        foreach (var group in groups.Groups.Cast<SGD.ParamGroup>())
        {
            (group.LearningRate, group.Momentum) = (0.05, 0.9);
        }

        ((SGD.Options)groups.Groups[ParameterGroups.Kernels].Options).weight_decay = 0.01;

        var single = twin.Tensors.Where(tensor => tensor.IsTrained).ToDictionary(tensor => tensor.Name, tensor => new Parameter(tensor.Value.clone(), requires_grad: true), StringComparer.Ordinal);
        using var plain = new SGD(
            twin.Tensors.Where(tensor => tensor.IsTrained).GroupBy(tensor => tensor.Section).Select(section => new SGD.ParamGroup(
                section.Select(tensor => single[tensor.Name]),
                new SGD.Options { momentum = 0.9, nesterov = true, weight_decay = section.Key == WeightSection.Kernels ? 0.01 : 0 })),
            lr: 0.05);
        for (var step = 0; step < 3; step++)
        {
            foreach (var (tensor, index) in model.Tensors.Where(tensor => tensor.IsTrained).Select((tensor, index) => (tensor, index)))
            {
                var gradient = ReferenceModel.Stream(7, (ulong)((1000 * step) + index), -1, 1, tensor.Value.shape, ScalarType.Float32);
                (tensor.Value.grad ?? throw new InvalidOperationException($"{tensor.Name} has no gradient.")).copy_(gradient);
                single[tensor.Name].grad = gradient;
            }

            groups.Optimizer.step();
            plain.step();
        }

        Assert.All(model.Tensors.Where(tensor => tensor.IsTrained), tensor => Assert.True(Bits(tensor.Value).SequenceEqual(Bits(single[tensor.Name])), tensor.Name));
        Assert.All(
            groups.NamedBuffers(),
            tensor => Assert.Equal(model.Tensors.Single(known => "momentum." + known.Name == tensor.Key).Value.shape, tensor.Value.shape));
        Assert.Equal(single.Count, groups.NamedBuffers().Count());
    }

    [Fact]
    public void Frozen_layers_are_in_no_group_and_have_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var model = Initial();
        using var groups = new ParameterGroups(model, frozenLayers: 24);
        var head = model.Tensors.Where(tensor => tensor.Layer == 24).Select(tensor => tensor.Name);
        Assert.Equal(head, groups.NamedGradients().Select(tensor => tensor.Key));
        Assert.All(model.Tensors, tensor => Assert.Equal(tensor.Layer == 24, tensor.Value.requires_grad));
        var before = Bits(model.Tensors[0].Value);
        var headBefore = Bits(model.Tensors[^1].Value);
        foreach (var group in groups.Groups)
        {
            group.LearningRate = 0.1;
        }

        foreach (var (_, gradient) in groups.NamedGradients())
        {
            gradient.fill_(1);
        }

        groups.ClipGradients(10);
        groups.Optimizer.step();
        Assert.Equal(before, Bits(model.Tensors[0].Value));
        Assert.NotEqual(headBefore, Bits(model.Tensors[^1].Value));
    }

    [Fact]
    public void Momentum_and_gradients_come_back_by_name_and_those_of_another_network_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Initial();
        using var groups = new ParameterGroups(model);
        groups.RestoreBuffers(name => full_like(model.Tensors.Single(tensor => "momentum." + tensor.Name == name).Value, name.Length));
        Assert.All(groups.NamedBuffers(), tensor => Assert.Equal(tensor.Key.Length, tensor.Value.mean().item<float>()));
        Assert.All(groups.NamedGradients(), tensor => Assert.Equal(0, tensor.Value.abs().max().item<float>()));
        groups.RestoreBuffers(_ => null);
        Assert.Empty(groups.NamedBuffers());
        var fault = Assert.Throws<TrainingException>(() => groups.RestoreGradients(_ => zeros(2)));
        Assert.Contains("'model.0.conv.weight' is float32[2] in the checkpoint and float32[16, 3, 6, 6] in the network", fault.Message, StringComparison.Ordinal);
    }

    private static YoloModel Initial()
    {
        var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        WeightInitializer.Initialize(model, seed: 5);
        return model;
    }

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();

    private static Tensor Flat(JsonElement file, long[] sizes, ulong stream, ScalarType type) => cat(
        [.. sizes.Select((size, i) => ReferenceModel.Stream(file.GetProperty("seed").GetUInt64(), stream + (ulong)i, file.Number("low"), file.Number("high"), [size], type))]);

    private static void Near(JsonElement expected, Tensor actual, double tolerance)
    {
        var values = actual.detach().to(ScalarType.Float64).data<double>().ToArray();
        var wanted = expected.EnumerateArray().SelectMany(part => part.Numbers()).ToArray();
        Assert.Equal(wanted.Length, values.Length);
        foreach (var (want, got) in wanted.Zip(values))
        {
            Digest.Near(want, got, tolerance * Math.Max(1, Math.Abs(want)), "element");
        }
    }
}
