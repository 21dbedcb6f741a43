namespace Cawb.Torch.Tests;

/// <summary>A small convolutional network under the optimizer, as a training loop would drive it.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void A_hundred_steps_leave_the_live_count_constant()
    {
        var before = Tensor.Live;
        using (TensorScope.Begin())
        {
            using var network = new Network();
            network.Step(0);
            var counts = new HashSet<long>();
            for (var step = 1; step <= 100; step++)
            {
                network.Step(step);
                counts.Add(Tensor.Live);
            }

            Assert.Single(counts);
        }

        Assert.Equal(before, Tensor.Live);
    }

    [Fact]
    public void Equal_runs_with_one_number_of_threads_end_with_equal_bits()
    {
        var first = Train(threads: 2, steps: 5);
        var second = Train(threads: 2, steps: 5);
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.Losses, second.Losses);
        Assert.True(first.Losses[^1] < first.Losses[0], "The loss did not fall.");
    }

    [Fact]
    public void A_restored_optimizer_goes_on_with_the_same_bits()
    {
        using var scope = TensorScope.Begin();
        using var whole = new Network();
        for (var step = 0; step < 6; step++)
        {
            whole.Step(step);
        }

        using var firstHalf = new Network();
        for (var step = 0; step < 3; step++)
        {
            firstHalf.Step(step);
        }

        using var secondHalf = new Network();
        secondHalf.CopyWeightsFrom(firstHalf);
        secondHalf.Optimizer.Restore(firstHalf.Optimizer.CaptureState());
        for (var step = 3; step < 6; step++)
        {
            secondHalf.Step(step);
        }

        Assert.Equal(whole.Weights(), secondHalf.Weights());
    }

    [Fact]
    public void Without_its_momentum_a_run_goes_another_way()
    {
        using var scope = TensorScope.Begin();
        using var whole = new Network();
        using var forgetful = new Network();
        for (var step = 0; step < 3; step++)
        {
            whole.Step(step);
            forgetful.Step(step);
        }

        forgetful.Optimizer.Restore(new Dictionary<string, Tensor>());
        whole.Step(3);
        forgetful.Step(3);
        Assert.NotEqual(whole.Weights(), forgetful.Weights());
    }

    private static (float[] Weights, double[] Losses) Train(int threads, int steps)
    {
        var former = TorchThreads.Count;
        TorchThreads.Set(threads);
        try
        {
            using var scope = TensorScope.Begin();
            using var network = new Network();
            double[] losses = [.. Enumerable.Range(0, steps).Select(_ => network.Step(0))];
            return (network.Weights(), losses);
        }
        finally
        {
            TorchThreads.Set(former);
        }
    }

    private sealed class Network : IDisposable
    {
        private readonly Tensor convolution;
        private readonly Tensor gamma;
        private readonly Tensor beta;
        private readonly Tensor head;
        private readonly Tensor mean = Tensor.Zeros([16]);
        private readonly Tensor variance = Tensor.Ones([16]);

        public Network()
        {
            convolution = Parameter([16, 3, 3, 3], 1);
            gamma = Parameter([16], 2);
            beta = Parameter([16], 3);
            head = Parameter([4, 16, 1, 1], 4);
            Optimizer = new SgdOptimizer(
            [
                new ParameterGroup([("beta", beta)], learningRate: 0.1, momentum: 0.8, nesterov: true),
                new ParameterGroup([("convolution", convolution), ("head", head)], learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4, nesterov: true),
                new ParameterGroup([("gamma", gamma)], learningRate: 0.05, momentum: 0.9),
            ]);
        }

        public SgdOptimizer Optimizer { get; }

        public double Step(int number)
        {
            using var scope = TensorScope.Begin();
            var images = Tensor.FromSpan<float>(Values(4 * 3 * 32 * 32, 7 + number), [4, 3, 32, 32]).ContiguousChannelsLast();
            var targets = Tensor.FromSpan<float>(Values(4 * 4 * 16 * 16, 8), [4, 4, 16, 16]).Sigmoid();
            Tensor loss;
            using (var forward = TensorScope.Begin())
            {
                var features = Functional.Conv2d(images, convolution, stride: 2, padding: 1);
                features = Functional.BatchNorm(features, gamma, beta, mean, variance, training: true, momentum: 0.03, epsilon: 1e-3).SiluInPlace();
                loss = forward.Keep(Functional.BinaryCrossEntropyWithLogits(Functional.Conv2d(features, head), targets));
            }

            loss.Backward();
            SgdOptimizer.ClipGradientNorm([convolution, gamma, beta, head], 10);
            Optimizer.Step();
            Optimizer.ZeroGradients();
            return loss.ToDouble();
        }

        public void CopyWeightsFrom(Network other)
        {
            using var noGrad = Autograd.NoGrad();
            convolution.CopyFrom(other.convolution);
            gamma.CopyFrom(other.gamma);
            beta.CopyFrom(other.beta);
            head.CopyFrom(other.head);
            mean.CopyFrom(other.mean);
            variance.CopyFrom(other.variance);
        }

        public float[] Weights() =>
            [.. new[] { convolution, gamma, beta, head, mean, variance }.SelectMany(tensor => tensor.ToArray<float>())];

        public void Dispose() => Optimizer.Dispose();

        private static Tensor Parameter(long[] shape, int stream)
        {
            var values = Values((int)shape.Aggregate((product, length) => product * length), stream);
            var tensor = Tensor.FromSpan<float>(values, shape);
            tensor.RequiresGrad = true;
            return tensor;
        }

        private static float[] Values(int count, int stream) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin((i * 0.7f) + (stream * 1.3f)))];
    }
}
