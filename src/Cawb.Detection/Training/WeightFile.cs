using System.Globalization;
using System.Text.Json;
using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>Weights as safetensors under the release's tensor names, with size, classes and anchors beside them.</summary>
public static class WeightFile
{
    /// <summary>Writes a network.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="model">The network.</param>
    /// <param name="classNames">By class index.</param>
    public static void Write(Stream stream, YoloModel model, IReadOnlyList<string> classNames)
    {
        var anchors = Enumerable.Range(0, AnchorSet.Levels)
            .SelectMany(level => Enumerable.Range(0, AnchorSet.PerLevel).Select(anchor => model.Anchors.Pixels(level, anchor)))
            .SelectMany(size => new[] { size.Width, size.Height });
        Safetensors.Write(
            stream,
            model.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Value)),
            [
                KeyValuePair.Create("format", "cawb-yolov5/1"),
                KeyValuePair.Create("size", model.Size.Name),
                KeyValuePair.Create("classes", JsonSerializer.Serialize(classNames)),
                KeyValuePair.Create("anchors", string.Join(' ', anchors.Select(side => side.ToString(CultureInfo.InvariantCulture)))),
            ]);
    }
}
