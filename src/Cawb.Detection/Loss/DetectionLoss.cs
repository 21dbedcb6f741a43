using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Loss;

/// <summary>The loss of YOLOv5 7.0: boxes by complete IoU, objectness and classes by binary cross-entropy.</summary>
/// <remarks>
/// Differs from the release in the accumulation of the sums, which it does in single precision and this in the precision of the maps.
/// </remarks>
public sealed class DetectionLoss
{
    private static readonly double[] LevelBalance = [4.0, 1.0, 0.4];
    private readonly AnchorSet anchors;
    private readonly int classCount;
    private readonly LossGains gains;

    /// <summary>A loss for the maps of a network with these anchors and classes.</summary>
    public DetectionLoss(AnchorSet anchors, int classCount, LossGains gains) => (this.anchors, this.classCount, this.gains) = (anchors, classCount, gains);

    /// <summary>The loss of the raw maps of a batch.</summary>
    /// <param name="maps">Per level (B, anchor, y, x, 5 + classes), logits.</param>
    /// <param name="labels">The labelled boxes of the batch, in any order.</param>
    public LossResult Compute(ReadOnlySpan<Tensor> maps, ReadOnlySpan<LabelRow> labels)
    {
        using var scope = TensorScope.Begin();
        var images = maps[0].Size(0);
        var terms = new Tensor[3];
        var rows = new List<Assignment>();
        for (var level = 0; level < maps.Length; level++)
        {
            rows.Clear();
            Assign(maps[level], level, labels, rows);
            var (box, objectness, @class) = LevelTerms(maps[level], level, rows);
            Accumulate(ref terms[0], box);
            Accumulate(ref terms[1], objectness * LevelBalance[level]);
            Accumulate(ref terms[2], @class);
        }

        var type = maps[0].Type;
        var gained = Tensor.Stack([Gained(terms[0], gains.Box), Gained(terms[1], gains.Objectness), Gained(terms[2], gains.Class)], 0);
        var total = scope.Keep(gained.Sum() * (double)images);
        var items = gained.Detach().To(ElementType.Float64).ToArray<double>();
        return new LossResult(total, items[0], items[1], items[2]);

        Tensor Gained(Tensor? term, double gain) => term is null ? Tensor.Zeros([], type) : term * gain;
    }

    /// <summary>The rows of one level, in the precision of its map.</summary>
    internal void Assign(Tensor map, int level, ReadOnlySpan<LabelRow> labels, List<Assignment> rows)
    {
        int height = (int)map.Size(2), width = (int)map.Size(3);
        if (map.Type == ElementType.Float64)
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
        using var scope = TensorScope.Begin();
        int height = (int)map.Size(2), width = (int)map.Size(3);
        // Cells with their anchors last: the order in which a channels-last convolution leaves them, so nothing is copied.
        var cells = map.Permute([0, 2, 3, 1, 4]).Reshape([-1, 5 + classCount]);
        var logits = cells.Select(1, 4);
        if (rows.Count == 0)
        {
            return (null, scope.Keep(Entropy(logits, logits.Detach().ZerosLike(), gains.ObjectnessPositiveWeight)), null);
        }

        var index = new long[rows.Count];
        for (var i = 0; i < index.Length; i++)
        {
            var row = rows[i];
            index[i] = (((((long)row.Image * height) + row.CellY) * width) + row.CellX) * AnchorSet.PerLevel + row.Anchor;
        }

        var assigned = cells.IndexSelect(0, Tensor.FromSpan<long>(index, [index.Length]).To(map.Device));
        var (targets, anchorSizes) = Boxes(rows, level, map);
        var center = (assigned.Narrow(1, 0, 2).Sigmoid() * 2) - 0.5;
        var size = (assigned.Narrow(1, 2, 2).Sigmoid() * 2).Square() * anchorSizes;
        var overlap = BoxOverlap.CompleteIou(Tensor.Cat([center, size], 1), targets);

        var box = scope.Keep((1 - overlap).Mean());
        var objectness = scope.Keep(Entropy(logits, ObjectnessTarget(logits, overlap.Detach(), index), gains.ObjectnessPositiveWeight));
        var @class = classCount == 1
            ? null
            : scope.Keep(Entropy(assigned.Narrow(1, 5, classCount), ClassTarget(rows, map), gains.ClassPositiveWeight));
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

        var cells = Tensor.FromSpan<long>([.. last.Keys], [last.Count]).To(logits.Device);
        var winners = Tensor.FromSpan<long>([.. last.Values], [last.Count]).To(logits.Device);
        return logits.Detach().ZerosLike().IndexPutInPlace([cells], overlap.Reshape(-1).IndexSelect(0, winners).ClampMin(0));
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

        return (Tensor.FromSpan<double>(targets, [rows.Count, 4]).To(map.Type).To(map.Device), Tensor.FromSpan<double>(sizes, [rows.Count, 2]).To(map.Type).To(map.Device));
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

        return Tensor.FromSpan<double>(values, [rows.Count, classCount]).To(map.Type).To(map.Device);
    }

    private Tensor Entropy(Tensor logits, Tensor target, double positiveWeight)
    {
        var weight = positiveWeight == 1 ? null : Tensor.Full([1], positiveWeight, logits.Type).To(logits.Device);
        if (gains.FocalGamma == 0)
        {
            return Functional.BinaryCrossEntropyWithLogits(logits, target, null, weight, Reduction.Mean);
        }

        var element = Functional.BinaryCrossEntropyWithLogits(logits, target, null, weight, Reduction.None);
        var probability = logits.Sigmoid();
        var complement = 1 - target;
        var agreement = (target * probability) + (complement * (1 - probability));
        return (element * ((target * 0.25) + (complement * 0.75)) * (1 - agreement).Pow(gains.FocalGamma)).Mean();
    }

    private static void Accumulate(ref Tensor sum, Tensor? term)
    {
        if (term is not null)
        {
            sum = sum is null ? term : sum + term;
        }
    }
}
