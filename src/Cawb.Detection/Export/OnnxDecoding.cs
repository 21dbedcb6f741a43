using System.Globalization;
using Cawb.Detection.Model;

namespace Cawb.Detection.Export;

/// <summary><see cref="BoxDecoder"/> as nodes of a graph, in the same order of operations.</summary>
internal static class OnnxDecoding
{
    private const int BoxNumbers = 4;

    /// <summary>A level's map as the network gives it: (B, anchor, y, x, 5 + classes), logits.</summary>
    public static string Raw(OnnxGraph graph, string map, int level, int classCount)
    {
        var place = Place(level);
        var cells = graph.Add("Transpose", place, [map], OnnxGraph.IntegerList("perm", 0, 2, 3, 1));
        var anchors = graph.Add("Reshape", place, [cells, graph.Integers(place, 0, 0, 0, AnchorSet.PerLevel, BoxNumbers + 1 + classCount)]);
        return graph.Add("Transpose", place, [anchors], OnnxGraph.IntegerList("perm", 0, 3, 1, 2, 4));
    }

    /// <summary>The rows of all levels: (B, rows, 5 + classes).</summary>
    public static string Rows(OnnxGraph graph, ReadOnlySpan<string> maps, YoloModel model)
    {
        var levels = new string[maps.Length];
        for (var level = 0; level < maps.Length; level++)
        {
            levels[level] = Rows(graph, maps[level], level, model);
        }

        return graph.Add("Concat", "decode", levels, OnnxGraph.Integer("axis", 1));
    }

    private static string Rows(OnnxGraph graph, string map, int level, YoloModel model)
    {
        // Cells lie last until the end, so that one transposition is enough.
        var place = Place(level);
        var numbers = BoxNumbers + 1 + model.ClassCount;
        var width = graph.Add("Squeeze", place, [graph.Add("Shape", place, [map], OnnxGraph.Integer("start", 3), OnnxGraph.Integer("end", 4))]);
        var flat = graph.Add("Reshape", place, [map, graph.Integers(place, 0, AnchorSet.PerLevel, numbers, -1)]);
        var count = graph.Add("Squeeze", place, [graph.Add("Shape", place, [flat], OnnxGraph.Integer("start", 3), OnnxGraph.Integer("end", 4))]);
        var cells = graph.Add("Range", place, [graph.Scalar(place, 0), count, graph.Scalar(place, 1)]);
        var parts = graph.Split(place, graph.Add("Sigmoid", place, [flat]), axis: 2, 1, 1, 2, numbers - BoxNumbers);

        string Centre(string part, string cell)
        {
            var corner = graph.Add("Sub", place, [graph.Add("Cast", place, [cell], OnnxGraph.Integer("to", 1)), graph.Float(place, 0.5f)]);
            return graph.Add("Mul", place, [graph.Add("Add", place, [Doubled(part), corner]), graph.Float(place, AnchorSet.Strides[level])]);
        }

        string Doubled(string part) => graph.Add("Mul", place, [part, graph.Float(place, 2)]);

        var x = Centre(parts[0], graph.Add("Mod", place, [cells, width]));
        var y = Centre(parts[1], graph.Add("Div", place, [cells, width]));
        var doubled = Doubled(parts[2]);
        float[] anchors = [.. Enumerable.Range(0, AnchorSet.PerLevel).Select(anchor => model.Anchors.Pixels(level, anchor)).SelectMany(size => new[] { (float)size.Width, (float)size.Height })];
        var size = graph.Add("Mul", place, [graph.Add("Mul", place, [doubled, doubled]), graph.Floats(place, [1, AnchorSet.PerLevel, 2, 1], anchors)]);
        var joined = graph.Add("Concat", place, [x, y, size, parts[3]], OnnxGraph.Integer("axis", 2));
        var rows = graph.Add("Transpose", place, [joined], OnnxGraph.IntegerList("perm", 0, 1, 3, 2));
        return graph.Add("Reshape", place, [rows, graph.Integers(place, 0, -1, numbers)]);
    }

    private static string Place(int level) => string.Create(CultureInfo.InvariantCulture, $"decode.{level}");
}
