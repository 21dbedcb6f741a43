using System.Diagnostics;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Tests.Reference;
using Cawb.Torch;

namespace Cawb.Detection.Tests.Weights;

/// <summary><c>docs/weights/convert_yolov5.py</c> on files that carry the release's class names, made by PyTorch itself.</summary>
public sealed class ReleaseFileTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Converter = Path.Combine(ReferenceFolder.Repository, "docs", "weights", "convert_yolov5.py");
    private static readonly string Imitation = Path.Combine(ReferenceFolder.Repository, "tests", "Cawb.Detection.Tests", "Weights", "imitate_release.py");
    private static readonly Lazy<bool> HasTorch = new(() => File.Exists(Python) && Start("-c", "import torch").ExitCode == 0);

    private readonly string folder = Directory.CreateTempSubdirectory("cawb-release-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("half")]
    [InlineData("float")]
    public void A_release_file_becomes_weights_with_the_same_bits_and_names(string precision)
    {
        RequireTorch();
        var ours = Write("ours.safetensors", seed: 5, "cat", "dög \"7\"");
        Succeed(Imitation, "make", ours, At("release.pt"), precision);
        Succeed(Converter, At("release.pt"), At("converted.safetensors"));

        var (model, description) = WeightFile.Read(At("converted.safetensors"), Device.Cpu);
        using (model)
        {
            Assert.Equal(("n", 2, 640), (description.Size.Name, description.ClassCount, description.ImageSize));
            Assert.Equal(["cat", "dög \"7\""], description.ClassNames);
            Assert.Equal(AnchorSet.Coco.Pixels(2, 1), model.Anchors.Pixels(2, 1));
            AssertEqual(ours, model, value => precision == "half" ? (float)(Half)value : value);
        }
    }

    [Theory]
    [InlineData("half", new[] { "a", "b" })]
    [InlineData("float", new[] { "a", "b", "c" })]
    public void Weights_become_a_file_of_the_release_s_classes_with_the_same_bits_even_with_another_number_of_classes(string precision, string[] classes)
    {
        RequireTorch();
        Succeed(Imitation, "make", Write("official.safetensors", seed: 5, "cat", "dog"), At("official.pt"), precision);
        var trained = Write("trained.safetensors", seed: 6, classes);
        Succeed(Converter, trained, At("trained.pt"), "--like", At("official.pt"));
        Succeed(Imitation, "read", At("trained.pt"), At("read.safetensors"));

        var (model, description) = WeightFile.Read(At("read.safetensors"), Device.Cpu);
        using (model)
        {
            Assert.Equal(classes, description.ClassNames);
            AssertEqual(trained, model, value => precision == "half" ? (float)(Half)value : value);
        }
    }

    [Fact]
    public void A_pickle_that_would_start_a_program_is_refused_and_nothing_is_written()
    {
        RequireTorch();
        Succeed(Imitation, "make-evil", At("evil.pt"));
        var (code, error) = Start(folder, [Converter, At("evil.pt"), At("evil.safetensors")]);
        Assert.NotEqual(0, code);
        Assert.Contains("system, which no weights need", error, StringComparison.Ordinal);
        Assert.Equal([At("evil.pt")], Directory.GetFiles(folder));
    }

    private static void RequireTorch() => Assert.SkipUnless(HasTorch.Value, "This machine has no /usr/bin/python3 with PyTorch.");

    private string At(string name) => Path.Combine(folder, name);

    private string Write(string name, ulong seed, params string[] classes)
    {
        using var model = new YoloModel(ModelSize.N, classes.Length, AnchorSet.Coco);
        WeightInitializer.Initialize(model, seed);
        using var stream = File.Create(At(name));
        WeightFile.Write(stream, model, classes, imageSize: 96);
        return At(name);
    }

    private static void AssertEqual(string expected, YoloModel actual, Func<float, float> rounding)
    {
        var (model, _) = WeightFile.Read(expected, Device.Cpu);
        using (model)
        {
            foreach (var (want, got) in model.Tensors.Zip(actual.Tensors))
            {
                Assert.True(Array.ConvertAll(want.Value.ToArray<float>(), value => rounding(value)).AsSpan().SequenceEqual(got.Value.ToArray<float>()), want.Name);
            }
        }
    }

    private void Succeed(params string[] words)
    {
        var (code, error) = Start(folder, words);
        Assert.True(code == 0, error);
    }

    private static (int ExitCode, string Error) Start(params string[] words) => Start(Path.GetTempPath(), words);

    private static (int ExitCode, string Error) Start(string workingFolder, string[] words)
    {
        var start = new ProcessStartInfo(Python, words) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = workingFolder };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Python did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error + output.GetAwaiter().GetResult());
    }
}
