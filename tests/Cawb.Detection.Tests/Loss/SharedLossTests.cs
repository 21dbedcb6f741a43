using Cawb.Detection.Data;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Loss;

/// <summary>The loss of a batch that several ranks have in parts against the loss of the whole batch in one process.</summary>
public sealed class SharedLossTests
{
    private const int Pictures = 4;

    private static readonly Lazy<YoloModel> Reference = new(() => ReferenceModel.Create(ScalarType.Float64));

    // The first image has most targets and the third none, so the ranks' own means would be far from those of the whole batch.
    private static readonly LabelRow[] Labels =
    [
        new(0, 0, 0.2, 0.3, 0.3, 0.4), new(0, 1, 0.7, 0.6, 0.5, 0.5), new(0, 2, 0.5, 0.5, 0.1, 0.15), new(1, 1, 0.4, 0.8, 0.2, 0.3), new(3, 2, 0.9, 0.1, 0.15, 0.1), new(3, 0, 0.5, 0.5, 0.9, 0.8),
    ];

    [Theory]
    [InlineData(new[] { 2, 2 }, 0)]
    [InlineData(new[] { 1, 1, 1, 1 }, 0)]
    [InlineData(new[] { 1, 0, 3 }, 0)]
    [InlineData(new[] { 2, 2 }, 10)]
    public void Parts_with_shared_normalisations_add_up_to_the_loss_and_the_gradients_of_the_whole_batch(int[] parts, int frozenLayers)
    {
        var whole = Of(0, Pictures, frozenLayers, null);
        var found = new Result[parts.Length];
        ThreadTeam.Run(parts.Length, (rank, team) => found[rank] = Of(parts[..rank].Sum(), parts[rank], frozenLayers, team.SumOf(rank)));

        AssertNear(whole.Terms, Sum(found, part => part.Terms));
        foreach (var (name, gradient) in whole.Gradients)
        {
            AssertNear(gradient, Sum(found, part => part.Gradients[name]));
        }

        Assert.All(found, part => AssertNear(whole.Statistics, part.Statistics));
    }

    [Fact]
    public void A_rank_without_pictures_changes_nothing_of_its_own()
    {
        var whole = Of(0, Pictures, 0, null, shareNorms: false);
        var found = new Result[2];
        ThreadTeam.Run(2, (rank, team) => found[rank] = Of(0, rank == 0 ? Pictures : 0, 0, team.SumOf(rank), shareNorms: false));
        Assert.Equal(whole.Terms, found[0].Terms);
        Assert.Equal(whole.Gradients, found[0].Gradients);
        Assert.All(found[1].Terms, term => Assert.Equal(0, term));
        Assert.All(found[1].Gradients.Values, gradient => Assert.All(gradient, value => Assert.Equal(0, value)));
        Assert.Equal(Reference.Value.Memory.Whole(WeightSection.Statistics).data<double>().ToArray(), found[1].Statistics);
    }

    private static Result Of(int first, int count, int frozenLayers, SumOverRanks? sum, bool shareNorms = true)
    {
        using var model = new YoloModel(Reference.Value.Size, Reference.Value.ClassCount, Reference.Value.Anchors, ScalarType.Float64);
        model.CopyFrom(Reference.Value);
        model.SetRequiresGrad(true, frozenLayers);
        using var scope = NewDisposeScope();
        if (sum is not null && shareNorms)
        {
            model.ShareNorms(sum);
        }

        var images = ReferenceModel.Stream(9, 1, 0, 1, [Pictures, 3, 64, 64], ScalarType.Float64).narrow(0, first, count);
        LabelRow[] labels = [.. Labels.Where(row => row.Image >= first && row.Image < first + count).Select(row => row with { Image = row.Image - first })];
        var gains = new LossGains();
        var loss = sum is null ? new DetectionLoss(model.Anchors, model.ClassCount, gains) : new DetectionLoss(model.Anchors, model.ClassCount, gains, sum);
        var result = loss.Compute(model.Forward(images, training: true), labels);
        result.Total.backward();
        return new Result(
            [result.Box, result.Objectness, result.Class, result.Total.item<double>()],
            model.Tensors.Where(tensor => tensor.IsTrained && tensor.Layer >= frozenLayers).ToDictionary(
                tensor => tensor.Name, tensor => tensor.Value.grad is { } gradient ? gradient.contiguous().data<double>().ToArray() : new double[tensor.Value.numel()]),
            model.Memory.Whole(WeightSection.Statistics).data<double>().ToArray());
    }

    private static double[] Sum(Result[] parts, Func<Result, double[]> of) => [.. of(parts[0]).Select((_, i) => parts.Sum(part => of(part)[i]))];

    private static void AssertNear(double[] expected, double[] actual)
    {
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-9 * largest, $"{pair.Second} is not {pair.First}; the largest is {largest}."));
    }

    private sealed record Result(double[] Terms, Dictionary<string, double[]> Gradients, double[] Statistics);
}
