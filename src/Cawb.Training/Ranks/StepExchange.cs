using Cawb.Detection.Model;
using Cawb.Training.Loop;
using static TorchSharp.torch;

namespace Cawb.Training.Ranks;

/// <summary>What the ranks of a run give each other in a training step, so that it is the step of one process that has the whole batch.</summary>
public sealed class StepExchange
{
    private const int Terms = 5;
    private readonly IRanks ranks;
    private readonly YoloModel model;
    private readonly bool sharesNorms;
    private readonly bool inAnyOrder;

    /// <summary>For a model, whose normalisations it may tie together.</summary>
    /// <param name="ranks">All of them.</param>
    /// <param name="model">The network that is trained.</param>
    /// <param name="sharesNorms">Whether normalisations go over the whole batch. Else each goes over the images of its rank, and the running statistics become the means of the ranks', weighted by images.</param>
    /// <param name="inAnyOrder">Whether gradients are summed in whatever order is quickest, instead of that of the ranks.</param>
    public StepExchange(IRanks ranks, YoloModel model, bool sharesNorms, bool inAnyOrder)
    {
        (this.ranks, this.model, this.sharesNorms, this.inAnyOrder) = (ranks, model, sharesNorms, inAnyOrder);
        if (sharesNorms && ranks.Size > 1)
        {
            model.ShareNorms(Sum);
        }
    }

    /// <summary>Where the training is, for messages.</summary>
    public string Place { get; set; } = "the start";

    /// <summary>Adds numbers up over the ranks.</summary>
    public void Sum(Span<double> values) => ranks.Sum(values, Place);

    /// <summary>Whether something is so on any rank.</summary>
    public bool IsAny(bool own)
    {
        if (ranks.Size == 1)
        {
            return own;
        }

        Span<double> votes = [own ? 1 : 0];
        Sum(votes);
        return votes[0] > 0;
    }

    /// <summary>The loss of the whole batch from the shares of the ranks; running statistics become the same on all.</summary>
    /// <param name="share">This rank's.</param>
    /// <param name="images">That this rank has of the batch.</param>
    public LossTerms Sum(LossTerms share, long images)
    {
        if (ranks.Size == 1)
        {
            return share;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var statistics = model.Memory.Whole(WeightSection.Statistics);
        var values = new double[Terms + (sharesNorms ? 0 : statistics.numel())];
        var terms = values.AsSpan(0, Terms);
        var running = values.AsSpan(Terms);
        (terms[0], terms[1], terms[2], terms[3], terms[4]) = (share.Box, share.Objectness, share.Class, share.Total, images);
        if (running.Length > 0)
        {
            statistics.to(ScalarType.Float64).cpu().data<double>().CopyTo(running);
            Scale(running, images);
        }

        Sum(values);
        if (running.Length > 0)
        {
            Scale(running, 1 / terms[4]);
            statistics.copy_(tensor(running.ToArray()));
        }

        return new LossTerms(terms[0], terms[1], terms[2], terms[3]);
    }

    /// <summary>Adds gradients up over the ranks, in place.</summary>
    public void SumGradients(IEnumerable<Tensor> gradients)
    {
        foreach (var gradient in gradients.Where(_ => ranks.Size > 1))
        {
            ranks.Sum(gradient, inAnyOrder, Place);
        }
    }

    private static void Scale(Span<double> values, double factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
