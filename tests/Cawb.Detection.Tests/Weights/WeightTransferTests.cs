using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Weights;

public sealed class WeightTransferTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cawb-weights-");
    private readonly YoloModel source = new(ModelSize.N, 3, AnchorSet.Coco);

    public WeightTransferTests() => WeightInitializer.Initialize(source, seed: 5);

    private string File => Path.Combine(folder.FullName, "weights.safetensors");

    public void Dispose()
    {
        source.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    public void All_tensors_are_taken_and_the_release_s_counters_and_anchors_passed_over(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Write(type, ("model.0.bn.num_batches_tracked", ones([1])), ("model.24.anchors", ones([3, 3, 2])));
        using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        Assert.Null(WeightFile.TransferInto(File, model).LeftOutClasses);
        foreach (var (expected, actual) in source.Tensors.Zip(model.Tensors))
        {
            Assert.Equal(expected.Value.to(type).to(ScalarType.Float32).data<float>().ToArray(), actual.Value.data<float>().ToArray());
        }
    }

    [Fact]
    public void A_head_for_another_number_of_classes_is_left_out()
    {
        Write(ScalarType.Float32);
        using var model = new YoloModel(ModelSize.N, 7, AnchorSet.Coco);
        Assert.Equal(3, WeightFile.TransferInto(File, model).LeftOutClasses);
        foreach (var (expected, actual) in source.Tensors.Zip(model.Tensors))
        {
            if (expected.Role is ParameterRole.HeadWeight or ParameterRole.HeadBias)
            {
                Assert.All(actual.Value.data<float>().ToArray(), value => Assert.Equal(0, value));
            }
            else
            {
                Assert.Equal(expected.Value.data<float>().ToArray(), actual.Value.data<float>().ToArray());
            }
        }
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_with_the_first_missing_and_the_first_surplus_tensor_and_nothing_is_changed()
    {
        using var scope = NewDisposeScope();
        using (var stream = System.IO.File.Create(File))
        {
            Safetensors.Write(
                stream,
                source.Tensors.Where(tensor => tensor.Layer != 8).Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Value))
                    .Append(KeyValuePair.Create("model.99.weight", ones([2]))),
                []);
        }

        using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        var exception = Assert.Throws<WeightFileException>(() => WeightFile.TransferInto(File, model));
        Assert.Contains("the first is 'model.8.cv1.conv.weight'; 1 tensor is surplus, the first is 'model.99.weight'", exception.Message, StringComparison.Ordinal);
        Assert.All(model.Tensors[0].Value.data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_file_of_another_size_of_network_is_refused_with_the_tensor_that_differs()
    {
        Write(ScalarType.Float32);
        using var model = new YoloModel(ModelSize.S, 3, AnchorSet.Coco);
        var exception = Assert.Throws<WeightFileException>(() => WeightFile.TransferInto(File, model));
        Assert.Contains("does not fit YOLOv5s with 3 classes: 'model.0.conv.weight'", exception.Message, StringComparison.Ordinal);
    }

    private void Write(ScalarType type, params (string Name, Tensor Tensor)[] more)
    {
        using var scope = NewDisposeScope();
        using var stream = System.IO.File.Create(File);
        Safetensors.Write(
            stream,
            source.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Value.to(type))).Concat(more.Select(pair => KeyValuePair.Create(pair.Name, pair.Tensor))),
            []);
    }
}
