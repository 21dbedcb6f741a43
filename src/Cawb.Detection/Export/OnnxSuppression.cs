using Cawb.Detection.Inference;

namespace Cawb.Detection.Export;

/// <summary><see cref="NonMaximumSuppression"/> with the best class of each box as nodes of a graph, in the same order of operations.</summary>
internal static class OnnxSuppression
{
    /// <summary>Numbers of a detection: left, top, right, bottom, score, class.</summary>
    public const int Numbers = 6;

    private const string Place = "nms";

    /// <summary>Decoded rows to detections: (B, rows, 5 + classes) to (B, limit, 6), best first, rows of zeros behind the last.</summary>
    /// <remarks>Boxes of class c are shifted by 7680 c pixels before overlaps are taken. There is no limit to the candidates.</remarks>
    public static string Detections(OnnxGraph graph, string rows, int classCount, SuppressionOptions options)
    {
        var parts = graph.Split(Place, rows, axis: 2, 2, 2, 1, classCount);
        var half = graph.Add("Mul", Place, [parts[1], graph.Float(Place, 0.5f)]);
        var boxes = graph.Add("Concat", Place, [graph.Add("Sub", Place, [parts[0], half]), graph.Add("Add", Place, [parts[0], half])], OnnxGraph.Integer("axis", 2));
        var scores = graph.Add("Mul", Place, [parts[2], parts[3]]);
        var score = graph.Add("ReduceMax", Place, [scores], OnnxGraph.IntegerList("axes", 2), OnnxGraph.Integer("keepdims", 1));
        var best = graph.Add("ArgMax", Place, [scores], OnnxGraph.Integer("axis", 2), OnnxGraph.Integer("keepdims", 1));
        var bestClass = graph.Add("Cast", Place, [best], OnnxGraph.Integer("to", 1));

        var shifted = graph.Add("Add", Place, [boxes, graph.Add("Mul", Place, [bestClass, graph.Float(Place, NonMaximumSuppression.ClassShift)])]);
        var kept = graph.Add(
            "NonMaxSuppression", Place,
            [
                shifted, graph.Add("Transpose", Place, [score], OnnxGraph.IntegerList("perm", 0, 2, 1)),
                graph.Scalar(Place, options.MaxDetections), graph.Float(Place, (float)options.MaxOverlap), graph.Float(Place, (float)options.MinConfidence),
            ]);

        // (image, 0, row) of each box that is kept: all of an image together, best first.
        var detections = graph.Add("Concat", Place, [boxes, score, bestClass], OnnxGraph.Integer("axis", 2));
        var found = graph.Add("GatherND", Place, [detections, graph.Add("Gather", Place, [kept, graph.Integers(Place, 0, 2)], OnnxGraph.Integer("axis", 1))]);
        return Padded(graph, rows, kept, found, options.MaxDetections);
    }

    private static string Padded(OnnxGraph graph, string rows, string kept, string found, int limit)
    {
        // A box's place in its image is the number of that image's boxes up to it.
        var batch = graph.Add("Shape", Place, [rows], OnnxGraph.Integer("start", 0), OnnxGraph.Integer("end", 1));
        var image = graph.Add("Gather", Place, [kept, graph.Integers(Place, 0)], OnnxGraph.Integer("axis", 1));
        var marked = graph.Add("OneHot", Place, [graph.Add("Squeeze", Place, [image, graph.Integers(Place, 1)]), batch, graph.Integers(Place, 0, 1)]);
        var counted = graph.Add("CumSum", Place, [marked, graph.Scalar(Place, 0)]);
        var number = graph.Add("GatherElements", Place, [counted, image], OnnxGraph.Integer("axis", 1));
        var place = graph.Add("Concat", Place, [image, graph.Add("Sub", Place, [number, graph.Integers(Place, 1)])], OnnxGraph.Integer("axis", 1));
        var empty = graph.Add("ConstantOfShape", Place, [graph.Add("Concat", Place, [batch, graph.Integers(Place, limit, Numbers)], OnnxGraph.Integer("axis", 0))]);
        return graph.Add("ScatterND", Place, [empty, place, found]);
    }
}
