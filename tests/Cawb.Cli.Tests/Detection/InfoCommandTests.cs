using System.Security.Cryptography;
using Cawb.Cli.Tests.Training;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Cli.Tests.Detection;

public sealed class InfoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Says_size_classes_parameters_hash_and_tensors()
    {
        var path = KnownNetwork.Write(folder.Path("w.safetensors"), ["thing"], found: 0);
        var json = CommandRun.Of("info", path, "--json").Json();

        // The release's own counts for n with one class.
        Assert.Equal(1_765_270, json.GetProperty("parameters").GetInt64());
        Assert.Equal(1_760_518, json.GetProperty("parametersFolded").GetInt64());
        Assert.Equal(("n", 1, 64), (json.GetProperty("size").GetString(), json.GetProperty("classes").GetInt32(), json.GetProperty("imageSize").GetInt32()));
        Assert.Equal(new FileInfo(path).Length, json.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), json.GetProperty("sha256").GetString());
        Assert.Equal(1_765_270, json.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("parameters").GetInt64()));
        Assert.Equal([60, 57, 60, 114], json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("tensors").GetInt32()));
        Assert.Equal(177 + 114 + 1, json.GetProperty("tensors").GetArrayLength());

        var text = CommandRun.Of("info", path).Output;
        Assert.Contains("YOLOv5n, 1 class, trained at 64 pixels", text, StringComparison.Ordinal);
        Assert.Contains("1,765,270 parameters; 1,760,518 once normalisation is folded", text, StringComparison.Ordinal);
        Assert.Contains("   24  Detect        6       8,118           0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_sound_weights_file_is_refused_in_a_paragraph()
    {
        var path = KnownNetwork.Write(folder.Path("w.safetensors"), ["thing"], found: 0);
        var cut = folder.Path("cut.safetensors");
        File.WriteAllBytes(cut, File.ReadAllBytes(path)[..100_000]);
        Refusal.Says(Refusal.Of("info", cut), cut, "cut off or damaged");

        var other = folder.Path("other.safetensors");
        using (var scope = NewDisposeScope())
        {
            Safetensors.Write(other, [new("encoder.weight", ones(3))], []);
        }

        Refusal.Says(
            Refusal.Of("info", other), other, "does not fit YOLOv5n", "291 tensors are missing, the first is 'model.0.conv.weight'", "1 tensor is surplus, the first is 'encoder.weight'");
        Refusal.Says(Refusal.Of("info", folder.Path("none.safetensors")), "there is no such file");
    }
}
