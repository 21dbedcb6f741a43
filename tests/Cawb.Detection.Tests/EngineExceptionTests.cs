using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests;

public sealed class EngineExceptionTests
{
    [Fact]
    public void A_failure_names_the_operator_the_shapes_and_the_reason_in_one_line()
    {
        using var scope = NewDisposeScope();
        var fault = Assert.ThrowsAny<Exception>(() => zeros(2, 3) + zeros([4], ScalarType.Float64));
        Assert.True(EngineException.IsEngineFault(fault));
        var message = EngineException.Of(fault).Message;
        Assert.StartsWith("add: The size of tensor a (3) must match the size of tensor b (4)", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("Exception raised from", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_inside_the_network_names_the_layer_and_what_it_worked_on()
    {
        using var scope = NewDisposeScope();
        using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        var fault = Assert.ThrowsAny<Exception>(() => model.Forward(zeros(1, 4, 64, 64), training: false));
        Assert.True(EngineException.IsEngineFault(fault));
        Assert.StartsWith("conv2d at model.0(float32[1, 4, 64, 64], float32[16, 3, 6, 6]): Given groups=1", EngineException.Of(fault).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_whose_sides_do_not_fit_the_network_fail_with_the_shapes_that_meet()
    {
        using var scope = NewDisposeScope();
        using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        var fault = Assert.ThrowsAny<Exception>(() => new Detector(model, SuppressionOptions.Display).Detect(zeros(1, 3, 72, 64)));
        Assert.Contains("Sizes of tensors must match", EngineException.Of(fault).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_operation_leaves_no_tensor_behind()
    {
        using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        var live = Tensor.TotalCount;
        for (var i = 0; i < 10; i++)
        {
            using var images = zeros(1, 3, 72, 64);
            Assert.ThrowsAny<Exception>(() => model.Forward(images, training: false));
        }

        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void Other_exceptions_are_none_of_the_engine_s() => Assert.False(EngineException.IsEngineFault(new InvalidOperationException("x")));
}
