using Cawb.Detection.Data;
using Cawb.Detection.Model;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace Cawb.Detection.Loss;

/// <summary>The loss of YOLOv5 7.0: boxes by complete IoU, objectness and classes by binary cross-entropy.</summary>
/// <remarks>
/// Differs from YOLOv5 in the accumulation of the sums, which it does in single precision and this in the precision of the maps.
/// </remarks>
public sealed class DetectionLoss
{
    private static readonly double[] LevelBalance = [4.0, 1.0, 0.4];
    private readonly AnchorSet anchors;
    private readonly int classCount;
    private readonly LossGains gains;
    private readonly SumOverRanks sum;

    /// <summary>A loss for the maps of a network with these anchors and classes.</summary>
    public DetectionLoss(AnchorSet anchors, int classCount, LossGains gains)
        : this(anchors, classCount, gains, _ => { })
    {
    }

    /// <summary>A loss for batches that several ranks have in parts.</summary>
    /// <param name="anchors">The reference boxes.</param>
    /// <param name="classCount">1 or more.</param>
    /// <param name="gains">Weights of the terms.</param>
    /// <param name="sum">Over the ranks; called once for every batch.</param>
    public DetectionLoss(AnchorSet anchors, int classCount, LossGains gains, SumOverRanks sum) => (this.anchors, this.classCount, this.gains, this.sum) = (anchors, classCount, gains, sum);

    /// <summary>The loss of the raw maps of a batch.</summary>
    /// <param name="maps">Per level (B, anchor, y, x, 5 + classes), logits; B may be 0 on some ranks.</param>
    /// <param name="labels">The labelled boxes of the batch, in any order.</param>
    public LossResult Compute(ReadOnlySpan<Tensor> maps, ReadOnlySpan<LabelRow> labels)
    {
        var map = maps[0];
        return Compute(maps, Match(map.size(0), map.size(2) * AnchorSet.Strides[0], map.size(3) * AnchorSet.Strides[0], map.dtype, labels));
    }

    /// <summary>Which cells of a batch's maps learn from which label. It needs nothing of the network, so that ranks exchange their counts before they compute, while they are level with each other.</summary>
    /// <param name="images">Of the batch; 0 on ranks without a part.</param>
    /// <param name="height">Of the images, in pixels.</param>
    /// <param name="width">Of the images, in pixels.</param>
    /// <param name="precision">Of the maps.</param>
    /// <param name="labels">The labelled boxes of the batch, in any order.</param>
    public MatchedTargets Match(long images, long height, long width, ScalarType precision, ReadOnlySpan<LabelRow> labels)
    {
        var rows = new List<Assignment>[AnchorSet.Levels];

        // Matched targets of each level, then images.
        var own = new double[rows.Length + 1];
        own[^1] = images;
        for (var level = 0; level < rows.Length; level++)
        {
            var stride = AnchorSet.Strides[level];
            Assign((int)(height / stride), (int)(width / stride), precision, level, labels, rows[level] = []);
            own[level] = rows[level].Count;
        }

        double[] all = [.. own];
        sum(all);
        return new MatchedTargets(rows, own, all);
    }

    /// <summary>The loss of the raw maps of a batch whose targets are matched.</summary>
    /// <remarks>
    /// Every mean is one over the whole batch, matched targets and images of all ranks: what a rank has is its share, and the shares of all ranks add up to the loss of the whole batch.
    /// </remarks>
    /// <param name="maps">Per level (B, anchor, y, x, 5 + classes), logits; B may be 0 on some ranks.</param>
    /// <param name="targets">Of the same batch.</param>
    public LossResult Compute(ReadOnlySpan<Tensor> maps, MatchedTargets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        var like = maps[0];
        var (rows, own, all) = (targets.Rows, targets.Own, targets.All);
        var terms = new Tensor[3];
        for (var level = 0; level < maps.Length; level++)
        {
            var (box, objectness, @class) = LevelTerms(maps[level], level, rows[level]);
            Accumulate(ref terms[0], Share(box, own[level], all[level]));
            Accumulate(ref terms[1], Share(objectness, own[^1], all[^1])?.Times(LevelBalance[level]));
            Accumulate(ref terms[2], Share(@class, own[level], all[level]));
        }

        var gained = stack([Gained(terms[0], gains.Box), Gained(terms[1], gains.Objectness), Gained(terms[2], gains.Class)]);
        var total = gained.sum().Times(all[^1]).MoveToOuterDisposeScope();
        var items = gained.detach().to(ScalarType.Float64).cpu().data<double>().ToArray();
        return new LossResult(total, items[0], items[1], items[2]);

        Tensor Gained(Tensor? term, double gain) => term is null ? zeros([], like.dtype, like.device) : term.Times(gain);
    }

    /// <summary>The rows of one level, in the precision of its map.</summary>
    internal void Assign(int height, int width, ScalarType precision, int level, ReadOnlySpan<LabelRow> labels, List<Assignment> rows)
    {
        if (precision == ScalarType.Float64)
        {
            TargetAssigner.Assign<double>(labels, anchors, level, height, width, gains.AnchorRatio, rows);
        }
        else
        {
            TargetAssigner.Assign<float>(labels, anchors, level, height, width, gains.AnchorRatio, rows);
        }
    }

    /// <summary>The terms of one level before balance and gains; a term nothing contributes to is null.</summary>
    internal (Tensor? Box, Tensor Objectness, Tensor? Class) LevelTerms(Tensor map, int level, List<Assignment> rows)
    {
        using var scope = NewDisposeScope();
        int height = (int)map.size(2), width = (int)map.size(3);
        // Cells with their anchors last: the order in which a channels-last convolution leaves them, so nothing is copied.
        var cells = map.permute(0, 2, 3, 1, 4).reshape(-1, 5 + classCount);
        var logits = cells.select(1, 4);
        if (logits.size(0) == 0)
        {
            // The mean of nothing is no number; the sum is 0, and the way back leads through the network as on every other rank.
            return (null, logits.sum().MoveToOuterDisposeScope(), null);
        }

        if (rows.Count == 0)
        {
            return (null, Entropy(logits, zeros_like(logits), gains.ObjectnessPositiveWeight).MoveToOuterDisposeScope(), null);
        }

        var index = new long[rows.Count];
        for (var i = 0; i < index.Length; i++)
        {
            var row = rows[i];
            index[i] = (((((long)row.Image * height) + row.CellY) * width) + row.CellX) * AnchorSet.PerLevel + row.Anchor;
        }

        var assigned = cells.index_select(0, tensor(index, device: map.device));
        var (targets, anchorSizes) = Boxes(rows, level, map);
        var center = assigned.narrow(1, 0, 2).sigmoid().Times(2).Minus(0.5);
        var size = assigned.narrow(1, 2, 2).sigmoid().Times(2).Squared() * anchorSizes;
        var overlap = BoxOverlap.CompleteIou(cat([center, size], 1), targets);

        var box = overlap.From(1).mean().MoveToOuterDisposeScope();
        var objectness = Entropy(logits, ObjectnessTarget(logits, overlap.detach(), index), gains.ObjectnessPositiveWeight).MoveToOuterDisposeScope();
        var @class = classCount == 1
            ? null
            : Entropy(assigned.narrow(1, 5, classCount), ClassTarget(rows, map), gains.ClassPositiveWeight).MoveToOuterDisposeScope();
        return (box, objectness, @class);
    }

    /// <summary>Zero, but at each assigned cell the overlap of the row that came last for it.</summary>
    private static Tensor ObjectnessTarget(Tensor logits, Tensor overlap, long[] index)
    {
        // Unique cells, so that the result does not depend on how a device orders its writes.
        var last = new Dictionary<long, long>(index.Length);
        for (var i = 0; i < index.Length; i++)
        {
            last[index[i]] = i;
        }

        var cells = tensor(last.Keys.ToArray(), device: logits.device);
        var winners = tensor(last.Values.ToArray(), device: logits.device);
        return zeros_like(logits).index_copy_(0, cells, overlap.reshape(-1).index_select(0, winners).AtLeast(0));
    }

    private (Tensor Targets, Tensor AnchorSizes) Boxes(List<Assignment> rows, int level, Tensor map)
    {
        var targets = new double[rows.Count * 4];
        var sizes = new double[rows.Count * 2];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            (targets[4 * i], targets[(4 * i) + 1], targets[(4 * i) + 2], targets[(4 * i) + 3]) = (row.OffsetX, row.OffsetY, row.Width, row.Height);
            (sizes[2 * i], sizes[(2 * i) + 1]) = anchors.Cells(level, row.Anchor);
        }

        return (tensor(targets, [rows.Count, 4], map.dtype, map.device), tensor(sizes, [rows.Count, 2], map.dtype, map.device));
    }

    private Tensor ClassTarget(List<Assignment> rows, Tensor map)
    {
        double positive = 1 - (0.5 * gains.LabelSmoothing), negative = 0.5 * gains.LabelSmoothing;
        var values = new double[rows.Count * classCount];
        Array.Fill(values, negative);
        for (var i = 0; i < rows.Count; i++)
        {
            values[(i * classCount) + rows[i].Class] = positive;
        }

        return tensor(values, [rows.Count, classCount], map.dtype, map.device);
    }

    private Tensor Entropy(Tensor logits, Tensor target, double positiveWeight)
    {
        var weight = positiveWeight == 1 ? null : tensor([positiveWeight], dtype: logits.dtype, device: logits.device);
        if (gains.FocalGamma == 0)
        {
            return binary_cross_entropy_with_logits(logits, target, reduction: Reduction.Mean, pos_weights: weight);
        }

        var element = binary_cross_entropy_with_logits(logits, target, reduction: Reduction.None, pos_weights: weight);
        var probability = logits.sigmoid();
        var complement = target.From(1);
        var agreement = (target * probability).Plus(complement * probability.From(1));
        return (element * target.Times(0.25).Plus(complement.Times(0.75)) * agreement.From(1).ToThe(gains.FocalGamma)).mean();
    }

    // A mean over a rank's own part as its share of the mean over all parts.
    private static Tensor? Share(Tensor? mean, double own, double all) => mean is null || own == all || own == 0 ? mean : mean.Times(own / all);

    private static void Accumulate(ref Tensor sum, Tensor? term)
    {
        if (term is not null)
        {
            sum = sum is null ? term : sum.Plus(term);
        }
    }
}
