using System.Globalization;
using System.Text.Json;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>
/// Weights as safetensors under YOLOv5's tensor names, anchors in grid units (<c>model.24.anchors</c>) included; as notes the size, the class names, the anchors in pixels and
/// the image size. Files of PyTorch (.pt) are read too: checkpoints and networks of YOLOv5 5.0 to 7.0, and state dicts.
/// </summary>
/// <remarks>
/// Files without these notes are read as well: the shapes tell the size and the number of classes. Elements may be float16, bfloat16, float32 or float64. Of a file of PyTorch nothing is run.
/// </remarks>
public static class WeightFile
{
    internal const string AnchorTensor = "model.24.anchors";
    internal const string FormatNote = "format";
    internal const string Format = "cawb-yolov5/1";
    internal const string SizeNote = "size";
    internal const string ClassesNote = "classes";
    internal const string AnchorsNote = "anchors";
    internal const string ImageSizeNote = "imageSize";

    /// <summary>Writes a network.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="model">The network.</param>
    /// <param name="classNames">By class index.</param>
    /// <param name="imageSize">Side of the images that it was trained with, in pixels.</param>
    public static void Write(Stream stream, YoloModel model, IReadOnlyList<string> classNames, int imageSize)
    {
        using var scope = NewDisposeScope();
        double[] pixels = [.. Anchors(model.Anchors.Pixels)];
        float[] cells = [.. Anchors(model.Anchors.Cells).Select(side => (float)side)];
        Safetensors.Write(
            stream,
            model.Tensors.Select(named => KeyValuePair.Create(named.Name, named.Value))
                .Append(KeyValuePair.Create(AnchorTensor, tensor(cells, [AnchorSet.Levels, AnchorSet.PerLevel, 2]))),
            [
                KeyValuePair.Create(FormatNote, Format),
                KeyValuePair.Create(SizeNote, model.Size.Name),
                KeyValuePair.Create(ClassesNote, JsonSerializer.Serialize(classNames)),
                KeyValuePair.Create(AnchorsNote, string.Join(' ', pixels.Select(side => side.ToString(CultureInfo.InvariantCulture)))),
                KeyValuePair.Create(ImageSizeNote, imageSize.ToString(CultureInfo.InvariantCulture)),
            ]);
    }

    /// <summary>Reads the header of a file and holds its tensors against those of the network.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">No sound safetensors file.</exception>
    /// <exception cref="WeightFileException">No sound file of PyTorch, or the tensors are not those of a YOLOv5 (5.0 to 7.0), or the notes contradict them. The message names the first that is missing and the first that is too many.</exception>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static WeightDescription Describe(string path)
    {
        using var source = WeightSource.Open(path);
        return WeightHeader.Describe(path, source);
    }

    /// <summary>Makes the network that a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the tensors shall lie.</param>
    /// <returns>A network in single precision, which the caller disposes, and what the file says about it.</returns>
    /// <exception cref="SafetensorsException">No sound safetensors file.</exception>
    /// <exception cref="WeightFileException">No sound file of PyTorch, or the tensors are not those of a YOLOv5 (5.0 to 7.0), or the notes contradict them.</exception>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static (YoloModel Model, WeightDescription Description) Read(string path, Device device)
    {
        using var source = WeightSource.Open(path);
        var description = WeightHeader.Describe(path, source);
        var model = new YoloModel(description.Size, description.ClassCount, description.Anchors, ScalarType.Float32, device);
        try
        {
            Copy(source, model);
            return (model, description);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Fills a network of the same size and number of classes; its anchors stay.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The network.</param>
    /// <exception cref="SafetensorsException">No sound safetensors file.</exception>
    /// <exception cref="WeightFileException">No sound file of PyTorch, or it does not fit the network. The message names the first tensor that is missing and the first that is too many; nothing was copied.</exception>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static void ReadInto(string path, YoloModel model)
    {
        using var source = WeightSource.Open(path);
        WeightHeader.RequireFit(path, source.Tensors, YoloModel.Declare(model.Size, model.ClassCount), model.Size, model.ClassCount);
        Copy(source, model);
    }

    /// <summary>Fills a network of the same size to train it; a head for another number of classes is left out, and the network keeps its own.</summary>
    /// <param name="path">The file. Of a YOLOv5 training that has not ended, the weights that the optimizer moved are taken, as YOLOv5 does, not their average.</param>
    /// <param name="model">The network; its anchors stay.</param>
    /// <exception cref="SafetensorsException">No sound safetensors file.</exception>
    /// <exception cref="WeightFileException">No sound file of PyTorch, or it does not fit the network. The message names the first tensor that is missing and the first that is too many; nothing was copied.</exception>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static WeightTransfer TransferInto(string path, YoloModel model)
    {
        using var source = WeightSource.Open(path, WeightUse.Training);
        var classCount = WeightHeader.ClassCount(source.Tensors) ?? model.ClassCount;
        WeightHeader.RequireFit(path, source.Tensors, YoloModel.Declare(model.Size, classCount), model.Size, classCount);
        Copy(source, model, withHead: classCount == model.ClassCount);
        return new WeightTransfer(classCount == model.ClassCount ? null : classCount, source.LeavesAverage, WeightHeader.Anchors(path, source));
    }

    private static void Copy(WeightSource source, YoloModel model, bool withHead = true)
    {
        using var noGrad = no_grad();
        var targets = model.Tensors.Where(tensor => withHead || tensor.Role is not (ParameterRole.HeadWeight or ParameterRole.HeadBias)).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        source.Read(targets.Keys, (name, tensor) => targets[name].Value.copy_(tensor));
    }

    private static IEnumerable<double> Anchors(Func<int, int, (double Width, double Height)> of) =>
        from level in Enumerable.Range(0, AnchorSet.Levels)
        from anchor in Enumerable.Range(0, AnchorSet.PerLevel)
        let size = of(level, anchor)
        from side in new[] { size.Width, size.Height }
        select side;
}
