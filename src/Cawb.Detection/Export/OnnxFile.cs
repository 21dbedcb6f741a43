using System.Globalization;
using System.Text.Json;
using Cawb.Detection.Model;
using Google.Protobuf;
using Onnx;

namespace Cawb.Detection.Export;

/// <summary>Writes a network as ONNX: one input <c>images</c>, of any batch and size, and outputs by the names that YOLOv5 gives them.</summary>
public static class OnnxFile
{
    /// <summary>The operator set that the graph is written in.</summary>
    public const int OperatorSet = 17;

    internal const string Input = "images";

    // The first version of the format that has this operator set.
    private const int FormatVersion = 8;

    /// <summary>Writes a network.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="model">In single precision; fused (<see cref="YoloModel.Fuse"/>) its file is smaller and faster.</param>
    /// <param name="options">What is exported.</param>
    /// <remarks>
    /// The input is (batch, 3, height, width), RGB from 0 to 1, sides multiples of 32. Notes in the file: <c>stride</c> and <c>names</c> as YOLOv5 reads them, <c>imgsz</c>, the class
    /// names once more as JSON (<c>classes</c>), and the anchors in pixels.
    /// </remarks>
    public static void Write(Stream stream, YoloModel model, OnnxOptions options)
    {
        if (options.ClassNames.Count != model.ClassCount)
        {
            throw new ArgumentException($"There are {options.ClassNames.Count} class names; the network has {model.ClassCount} classes.", nameof(options));
        }

        var graph = new OnnxGraph($"yolov5{model.Size.Name}");
        graph.AddInput(Input, ["batch", "3", "height", "width"]);
        var layers = new OnnxLayers(graph, model.IsFused);
        var maps = model.Forward(layers, Input);
        var numbers = Text(5 + model.ClassCount);
        switch (options.Output)
        {
            case OnnxOutput.RawMaps:
                for (var level = 0; level < maps.Length; level++)
                {
                    graph.AddOutput($"output{level}", OnnxDecoding.Raw(graph, maps[level], level, model.ClassCount), ["batch", Text(AnchorSet.PerLevel), $"rows{level}", $"columns{level}", numbers]);
                }

                break;
            case OnnxOutput.Boxes:
                graph.AddOutput("output0", OnnxDecoding.Rows(graph, maps, model), ["batch", "anchors", numbers]);
                break;
            default:
                graph.AddOutput(
                    "output0", OnnxSuppression.Detections(graph, OnnxDecoding.Rows(graph, maps, model), model.ClassCount, options.Suppression),
                    ["batch", Text(options.Suppression.MaxDetections), Text(OnnxSuppression.Numbers)]);
                break;
        }

        var file = new ModelProto { IrVersion = FormatVersion, ProducerName = "cawb", Graph = graph.ToProto(), DocString = $"YOLOv5{model.Size.Name}, {model.ClassCount} classes" };
        file.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        foreach (var (name, text) in Notes(model, options))
        {
            file.MetadataProps.Add(new StringStringEntryProto { Key = name, Value = text });
        }

        file.WriteTo(stream);
    }

    private static IEnumerable<(string Name, string Text)> Notes(YoloModel model, OnnxOptions options)
    {
        yield return ("stride", Text(AnchorSet.Strides[^1]));
        yield return ("names", PythonText.Dictionary(options.ClassNames));
        yield return ("imgsz", $"[{Text(options.ImageSize)}, {Text(options.ImageSize)}]");
        yield return ("task", "detect");
        yield return ("classes", JsonSerializer.Serialize(options.ClassNames));
        yield return ("anchors", string.Join(' ', model.Anchors.ToPixels().SelectMany(size => new[] { size.Width, size.Height }).Select(side => side.ToString(CultureInfo.InvariantCulture))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
