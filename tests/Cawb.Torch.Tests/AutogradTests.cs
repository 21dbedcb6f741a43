namespace Cawb.Torch.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void Gradient_of_a_worked_example()
    {
        // d/dx sum(x^3 - 2x) = 3x^2 - 2
        using var scope = TensorScope.Begin();
        var x = Parameter([1, 2, -3], [3]);
        (x.Pow(3) - (x * 2.0)).Sum().Backward();
        Assert.Equal([1.0, 10, 25], Gradient(x));
    }

    [Fact]
    public void Gradients_add_up_until_they_are_dropped()
    {
        using var scope = TensorScope.Begin();
        var x = Parameter([3], [1]);
        x.Square().Sum().Backward();
        x.Square().Sum().Backward();
        Assert.Equal([12.0], Gradient(x));
        x.ZeroGradient();
        Assert.Null(x.Gradient);
        x.Square().Sum().Backward();
        Assert.Equal([6.0], Gradient(x));
    }

    [Fact]
    public void Intermediate_results_may_be_disposed_before_backward()
    {
        using var scope = TensorScope.Begin();
        var x = Parameter([0.5, -1], [2]);
        Tensor loss;
        using (var forward = TensorScope.Begin())
        {
            var hidden = x.Exp();
            loss = forward.Keep((hidden * hidden).Sum());
        }

        loss.Backward();
        // d/dx e^2x = 2 e^2x
        Assert.Equal([2 * Math.E, 2 * Math.Exp(-2)], Gradient(x), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_gradient_of_a_result_weighs_its_elements()
    {
        using var scope = TensorScope.Begin();
        var x = Parameter([2, 3], [2]);
        x.Square().Backward(Tensor.FromSpan<double>([1, 10]));
        Assert.Equal([4.0, 60], Gradient(x));
    }

    [Fact]
    public void Recording_stops_and_starts_again_in_nested_switches()
    {
        using var scope = TensorScope.Begin();
        var x = Parameter([1], [1]);
        Assert.True(Autograd.Enabled);
        using (Autograd.NoGrad())
        {
            Assert.False((x * 2).RequiresGrad);
            using (Autograd.WithGrad())
            {
                Assert.True((x * 2).RequiresGrad);
            }

            Assert.False(Autograd.Enabled);
        }

        Assert.True((x * 2).RequiresGrad);
        Assert.False(x.Detach().RequiresGrad);
    }

    [Fact]
    public void The_switch_belongs_to_the_thread()
    {
        using var noGrad = Autograd.NoGrad();
        var other = false;
        var thread = new Thread(() => other = Autograd.Enabled);
        thread.Start();
        thread.Join();
        Assert.True(other);
        Assert.False(Autograd.Enabled);
    }

    [Fact]
    public void Backward_twice_without_keeping_what_was_recorded_fails_with_its_name()
    {
        using var scope = TensorScope.Begin();
        var x = Parameter([1, 2], [2]);
        var loss = x.Square().Sum();
        loss.Backward();
        var fault = Assert.Throws<TorchException>(() => loss.Backward());
        Assert.Equal("backward from float64[]", fault.Operation);
    }

    [Fact]
    public void Only_floating_point_leaves_can_require_a_gradient()
    {
        using var scope = TensorScope.Begin();
        var fault = Assert.Throws<TorchException>(() => Tensor.Arange(3).RequiresGrad = true);
        Assert.Contains("int64[3]", fault.Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => Tensor.Ones([3]).Backward());
    }

    [Fact]
    public void Gradients_of_the_network_functions_agree_with_differences()
    {
        using var scope = TensorScope.Begin();
        var input = Parameter(Values(2 * 3 * 6 * 6, 0.37), [2, 3, 6, 6]);
        var weight = Parameter(Values(4 * 3 * 3 * 3, 0.91), [4, 3, 3, 3]);
        var gamma = Parameter(Values(4, 0.53), [4]);
        var beta = Parameter(Values(4, 0.71), [4]);
        var target = Tensor.FromSpan<double>(Values(2 * 4 * 6 * 6, 0.19)).Sigmoid().Reshape(2, 4, 6, 6);

        Tensor Loss()
        {
            var x = Functional.Conv2d(input, weight, stride: 2, padding: 1);
            x = Functional.BatchNorm(x, gamma, beta, null, null, training: true, momentum: 0.03, epsilon: 1e-3).Silu();
            x = Functional.UpsampleNearest2d(Functional.MaxPool2d(x, kernel: 3, stride: 1, padding: 1), 2);
            return Functional.BinaryCrossEntropyWithLogits(x, target);
        }

        Loss().Backward();
        foreach (var parameter in new[] { input, weight, gamma, beta })
        {
            var gradient = Gradient(parameter);
            var data = parameter.DataSpan<double>();
            for (var i = 0; i < data.Length; i += Math.Max(1, data.Length / 5))
            {
                using var noGrad = Autograd.NoGrad();
                var (kept, step) = (data[i], 1e-6);
                data[i] = kept + step;
                var above = Loss().ToDouble();
                data[i] = kept - step;
                var below = Loss().ToDouble();
                data[i] = kept;
                Assert.Equal((above - below) / (2 * step), gradient[i], 1e-8);
            }
        }
    }

    private static double[] Values(int count, double step) => [.. Enumerable.Range(1, count).Select(i => 2 * Math.Sin(i * step * Math.E))];

    private static Tensor Parameter(double[] values, long[] shape)
    {
        var tensor = Tensor.FromSpan<double>(values, shape);
        tensor.RequiresGrad = true;
        return tensor;
    }

    private static double[] Gradient(Tensor tensor)
    {
        var gradient = tensor.Gradient;
        Assert.NotNull(gradient);
        return gradient.ToArray<double>();
    }
}
