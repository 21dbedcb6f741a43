using static TorchSharp.torch;

namespace Cawb.Detection.Tests;

public sealed class ArithmeticTests
{
    [Fact]
    public void Numbers_beside_tensors_give_worked_results()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, -2, 4 });
        var y = tensor(new[] { 2.0, 3, -0.5 });
        Same([3, 1, 3.5], x.Plus(y));
        Same([3, 0, 6], x.Plus(2));
        Same([0.5, -2.5, 3.5], x.Minus(0.5));
        Same([0, 3, -3], x.From(1));
        Same([2, -4, 8], x.Times(2));
        Same([1, 4, 16], x.Squared());
        Same([1, -8, 64], x.ToThe(3));
        Same([1, 0, 4], x.AtLeast(0));
        Same([2, -0.5, 3.75], x.clone().Add_(y, 0.5));
        Same([3, 1, 3.5], x.clone().Add_(y));
        Same([0.5, -1, 2], x.clone().Scale_(0.5));
        Same([0.25, -0.5, 1], x.clone().Divide_(4));
        Same([7, 7, 7], x.clone().Fill_(7));
    }

    [Fact]
    public void Changes_in_place_give_back_the_tensor_itself()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        Assert.Same(x, x.Scale_(2).Add_(x).Divide_(2).Fill_(3));
    }

    /// <summary>Every number is a native object; one that was freed too early is an error of libtorch, or another number.</summary>
    [Fact]
    public void Numbers_arrive_whole_while_the_garbage_collector_never_rests()
    {
        using var scope = NewDisposeScope();
        using var done = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
            }
        });
        collector.Start();
        try
        {
            var (sum, one) = (zeros(4), ones(4));
            for (var i = 0; i < 1_000; i++)
            {
                using var inner = NewDisposeScope();
                sum.zero_();
                sum.Add_(one, 0.5);
                Assert.Equal(2.5f, sum.Plus(one).Plus(0.5).Times(1.25)[0].item<float>());
            }
        }
        finally
        {
            done.Cancel();
            collector.Join();
        }
    }

    private static void Same(double[] expected, Tensor found) => Assert.Equal(expected, found.data<double>().ToArray());
}
