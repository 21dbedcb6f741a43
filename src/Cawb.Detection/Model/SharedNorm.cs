using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>Batch normalisation over the parts of a batch that several ranks have: one sum over the ranks on the way forward, one on the way back.</summary>
/// <remarks>
/// With N values of a channel over all ranks, <c>x^ = (x - mean) / sqrt(variance + e)</c> and g the gradient of <c>y = w x^ + b</c>:
/// <c>dx = w / sqrt(variance + e) (g - sum(g) / N - x^ sum(g x^) / N)</c>, where sums go over all ranks; <c>dw = sum(g x^)</c> and <c>db = sum(g)</c> stay the rank's own, since the
/// ranks' gradients are added up later. A rank without images takes part with zeros.
/// </remarks>
internal sealed class SharedNorm : autograd.SingleTensorFunction<SharedNorm>
{
    private const string Statistics = "statistics";
    private static readonly long[] AllButChannels = [0, 2, 3];

    /// <inheritdoc />
    public override string Name => nameof(SharedNorm);

    /// <inheritdoc cref="Normalisation" />
    /// <param name="input">(B, C, H, W).</param>
    /// <param name="tensors">Of the C channels.</param>
    /// <param name="sum">Over the ranks.</param>
    public static Tensor Of(Tensor input, NormTensors tensors, SumOverRanks sum) => apply(input, tensors.Weight, tensors.Bias, new Shared(tensors, sum));

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (input, (tensors, sum)) = ((Tensor)vars[0], (Shared)vars[3]);
        var statistics = BatchStatistics.Of(input, sum);
        var (mean, variance) = (Channels(statistics.Mean, input), Channels(statistics.Variance, input));
        tensors.RunningMean.Scale_(1 - YoloModel.NormMomentum).Add_(mean, YoloModel.NormMomentum);
        tensors.RunningVariance.Scale_(1 - YoloModel.NormMomentum).Add_(variance, YoloModel.NormMomentum * statistics.Count / Math.Max(1, statistics.Count - 1));
        ctx.save_for_backward([input, tensors.Weight]);
        ctx.save_data(Statistics, (statistics, sum));
        return batch_norm(input, mean, variance, tensors.Weight, tensors.Bias, training: false, eps: Normalisations.Epsilon).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (statistics, sum) = ((BatchStatistics, SumOverRanks))ctx.get_data(Statistics);
        var saved = ctx.get_saved_variables();
        var (input, weight) = (saved[0], saved[1].to(ScalarType.Float64).cpu().data<double>().ToArray());
        var channels = weight.Length;
        var scale = Array.ConvertAll(statistics.Variance, variance => 1 / Math.Sqrt(variance + Normalisations.Epsilon));

        // sum(g x^) from sums of g (x - mean): the difference first, or digits would be lost where the mean is large.
        var centred = input - Spread(statistics.Mean, input);
        var own = new double[2 * channels];
        Sums(grad_output, own.AsSpan(0, channels));
        Sums(grad_output * centred, own.AsSpan(channels));
        for (var c = 0; c < channels; c++)
        {
            own[channels + c] *= scale[c];
        }

        double[] all = [.. own];
        sum(all);
        double[] slope = new double[channels], level = new double[channels], factor = new double[channels];
        for (var c = 0; c < channels; c++)
        {
            factor[c] = weight[c] * scale[c];
            level[c] = factor[c] * all[c] / statistics.Count;
            slope[c] = factor[c] * scale[c] * all[channels + c] / statistics.Count;
        }

        var gradient = (grad_output * Spread(factor, input)) - Spread(level, input) - (centred * Spread(slope, input));

        // The last stands for what is no tensor; that it has to be null, TorchSharp's annotations do not say.
        return [gradient.MoveToOuterDisposeScope(), Channels(own[channels..], input).MoveToOuterDisposeScope(), Channels(own[..channels], input).MoveToOuterDisposeScope(), null!];
    }

    private sealed record Shared(NormTensors Tensors, SumOverRanks Sum);

    private static Tensor Channels(double[] values, Tensor like) => tensor(values, [values.Length], like.dtype, like.device);

    private static Tensor Spread(double[] values, Tensor like) => Channels(values, like).view(1, -1, 1, 1);

    private static void Sums(Tensor values, Span<double> sums) => values.sum(AllButChannels).to(ScalarType.Float64).cpu().data<double>().CopyTo(sums);

    /// <summary>Mean and variance of each channel over the parts of all ranks.</summary>
    /// <param name="Count">Values of a channel.</param>
    /// <param name="Mean">By channel.</param>
    /// <param name="Variance">By channel; divided by the count.</param>
    private readonly record struct BatchStatistics(double Count, double[] Mean, double[] Variance)
    {
        public static BatchStatistics Of(Tensor input, SumOverRanks sum)
        {
            var channels = (int)input.size(1);
            var count = input.numel() / channels;

            // Count, then sums of values, then of squares: in double precision, from each rank's own mean and variance, so that next to nothing is lost.
            var sums = new double[1 + (2 * channels)];
            sums[0] = count;
            if (count > 0)
            {
                var (variances, means) = var_mean(input, AllButChannels, unbiased: false);
                var (mean, variance) = (means.to(ScalarType.Float64).cpu().data<double>(), variances.to(ScalarType.Float64).cpu().data<double>());
                for (var c = 0; c < channels; c++)
                {
                    sums[1 + c] = count * mean[c];
                    sums[1 + channels + c] = count * (variance[c] + (mean[c] * mean[c]));
                }
            }

            sum(sums);
            double[] allMeans = new double[channels], allVariances = new double[channels];
            for (var c = 0; c < channels; c++)
            {
                allMeans[c] = sums[1 + c] / sums[0];
                allVariances[c] = Math.Max(0, (sums[1 + channels + c] / sums[0]) - (allMeans[c] * allMeans[c]));
            }

            return new BatchStatistics(sums[0], allMeans, allVariances);
        }
    }
}
