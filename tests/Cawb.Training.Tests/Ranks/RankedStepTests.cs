using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Detection.Tests;
using Cawb.Training.Loop;
using Cawb.Training.Ranks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Tests.Ranks;

/// <summary>Whole training steps of several ranks in double precision, against those of one process.</summary>
public sealed class RankedStepTests
{
    private const int Pictures = 4;
    private const int Steps = 3;

    private static readonly Lazy<YoloModel> Reference = new(() => ReferenceModel.Create(ScalarType.Float64));

    private static readonly LabelRow[] Labels =
    [
        new(0, 0, 0.2, 0.3, 0.3, 0.4), new(0, 1, 0.7, 0.6, 0.5, 0.5), new(0, 2, 0.5, 0.5, 0.1, 0.15), new(1, 1, 0.4, 0.8, 0.2, 0.3), new(3, 2, 0.9, 0.1, 0.15, 0.1), new(3, 0, 0.5, 0.5, 0.9, 0.8),
    ];

    [Theory]
    [InlineData(new[] { 2, 2 })]
    [InlineData(new[] { 1, 0, 3 })]
    public void Steps_with_shared_normalisations_are_those_of_one_process_that_has_the_whole_batch(int[] parts)
    {
        var whole = Train(OneRank.Only, [Pictures], sharesNorms: false);
        ThreadRanks.Run(parts.Length, ranks =>
        {
            var found = Train(ranks, parts, sharesNorms: true);
            AssertNear(whole.Losses, found.Losses);
            AssertNear(whole.Norms, found.Norms);
            foreach (var (section, values) in whole.Weights.Zip(found.Weights))
            {
                AssertNear(section, values);
            }
        });
    }

    [Fact]
    public void Steps_without_them_differ_from_those_of_one_process_and_not_between_ranks()
    {
        var whole = Train(OneRank.Only, [Pictures], sharesNorms: false);
        var found = new Result[2];
        ThreadRanks.Run(2, ranks => found[ranks.Rank] = Train(ranks, [2, 2], sharesNorms: false));
        Assert.NotEqual(whole.Weights, found[0].Weights);
        Assert.Equal(found[0].Weights, found[1].Weights);
        Assert.Equal(found[0].Losses, found[1].Losses);
        Assert.Equal(found[0].Norms, found[1].Norms);
    }

    private static Result Train(IRanks ranks, int[] parts, bool sharesNorms)
    {
        using var model = new YoloModel(Reference.Value.Size, Reference.Value.ClassCount, Reference.Value.Anchors, ScalarType.Float64);
        model.CopyFrom(Reference.Value);
        using var average = new WeightAverage(model);
        using var groups = new ParameterGroups(model);
        foreach (var group in groups.Groups.Cast<SGD.ParamGroup>())
        {
            (group.LearningRate, group.Momentum) = (0.01, 0.9);
        }

        using var scope = NewDisposeScope();
        var first = parts[..ranks.Rank].Sum();
        var images = ReferenceModel.Stream(9, 1, 0, 1, [Pictures, 3, 64, 64], ScalarType.Float64).narrow(0, first, parts[ranks.Rank]);
        LabelRow[] labels = [.. Labels.Where(row => row.Image >= first && row.Image < first + parts[ranks.Rank]).Select(row => row with { Image = row.Image - first })];
        var exchange = new StepExchange(ranks, model, sharesNorms, inAnyOrder: false);
        var step = new TrainingStep(model, groups, average, new DetectionLoss(model.Anchors, model.ClassCount, new LossGains(), exchange.Sum), 10, exchange);
        var (losses, norms) = (new List<double>(), new List<double>());
        for (var i = 0; i < Steps; i++)
        {
            var terms = step.Accumulate(images, labels);
            losses.AddRange([terms.Box, terms.Objectness, terms.Class, terms.Total]);
            norms.Add(step.Apply());
        }

        return new Result([.. losses], [.. norms], [.. Enum.GetValues<WeightSection>().SelectMany(section => new[] { model, average.Model }.Select(of => of.Memory.Whole(section).data<double>().ToArray()))]);
    }

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-9 * largest, $"{pair.Second} is not {pair.First}; the largest is {largest}."));
    }

    private sealed record Result(double[] Losses, double[] Norms, double[][] Weights);
}
