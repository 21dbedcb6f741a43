using Cawb.Cli.Tests.Detection;
using Cawb.Detection.Export;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Samples.Tests;

public sealed class OnnxSampleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cawb-sample-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_exported_network_runs_with_ONNX_Runtime_alone_and_prints_its_boxes_in_pixels_of_the_image()
    {
        var (network, picture) = (Path.Combine(folder.FullName, "network.onnx"), Path.Combine(folder.FullName, "picture.png"));
        var (model, _) = WeightFile.Read(KnownNetwork.Write(Path.Combine(folder.FullName, "w.safetensors"), ["cat", "dog"], found: 1), CPU);
        using (model)
        {
            using var stream = File.Create(network);
            OnnxFile.Write(stream, model, new OnnxOptions
            {
                ClassNames = ["cat", "dog"],
                ImageSize = 64,
                Output = OnnxOutput.Detections,
                Suppression = SuppressionOptions.Display with { MaxDetections = 10 },
            });
        }

        ImageFile.Write(picture, new Image(128, 64));
        var lines = await SampleProgram.Run("OnnxDetect", network, picture);

        // Halved for the network: the tenth cell of 8 x 8 is the second of the second row, whose box of 10 x 13 pixels lies around (12, 12).
        Assert.Equal(10, lines.Length);
        Assert.Equal("dog 0.96 at 14, 11 to 34, 37", lines[9]);
    }
}
