using System.Diagnostics;
using System.IO.Compression;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Tests.Reference;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Weights;

/// <summary><c>docs/weights/convert_yolov5.py</c> on files that carry the release's class names, made by PyTorch itself.</summary>
public sealed class ReleaseFileTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Converter = Path.Combine(ReferenceFolder.Repository, "docs", "weights", "convert_yolov5.py");
    private static readonly string Imitation = Path.Combine(ReferenceFolder.Repository, "tests", "Cawb.Detection.Tests", "Weights", "imitate_release.py");
    private static readonly Lazy<bool> HasTorch = new(() => File.Exists(Python) && Start("-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)").ExitCode == 0);

    private readonly string folder = Directory.CreateTempSubdirectory("cawb-release-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_release_file_becomes_weights_with_the_same_bits_and_other_weights_become_a_file_of_its_classes()
    {
        RequireTorch();
        var official = Write("official.safetensors", seed: 5, "cat", "dög \"7\"");
        Succeed(Imitation, "make", official, At("official.pt"), "half");
        Succeed(Converter, At("official.pt"), At("converted.safetensors"));
        AssertRoundedOnce(official, At("converted.safetensors"), ["cat", "dög \"7\""], imageSize: 640);

        var trained = Write("trained.safetensors", seed: 6, "a", "b", "c");
        Succeed(Converter, trained, At("trained.pt"), "--like", At("official.pt"));
        Succeed(Imitation, "read", At("trained.pt"), At("read.safetensors"));
        AssertRoundedOnce(trained, At("read.safetensors"), ["a", "b", "c"], imageSize: null);
    }

    [Fact]
    public void Weights_of_the_network_of_5_become_a_file_of_5_and_no_other()
    {
        RequireTorch();
        using var saved = new SavedNetworks();
        var trained = Write("trained.safetensors", seed: 6, ModelSize.FromName("s-5.0"), "a", "b", "c");

        // In one process, since PyTorch takes its time to start.
        const string Conversions = """
            import runpy, sys
            converter, *conversions = sys.argv[1:]
            for words in conversions:
                sys.argv = [converter, *words.split("|")]
                try:
                    runpy.run_path(converter, run_name="__main__")
                    print("done")
                except SystemExit as refusal:
                    print(refusal.code)
            """;
        var (code, output) = Start(
            "-c", Conversions, Converter,
            $"{trained}|{At("trained.pt")}|--like|{saved["release-5"]}", $"{trained}|{At("other.pt")}|--like|{saved["finished"]}", $"{saved["release-5"]}|{At("other.safetensors")}");
        Assert.True(code == 0, output);
        Assert.Collection(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Equal("done", line),
            line => Assert.EndsWith("Give an official file of the same size and network.", line, StringComparison.Ordinal),
            line => Assert.Contains("is of YOLOv5 5.0", line, StringComparison.Ordinal));
        Assert.Equal([At("trained.pt"), trained], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        AssertRoundedOnce(trained, At("trained.pt"), ["a", "b", "c"], imageSize: null, "s-5.0");
    }

    [Fact]
    public void A_pickle_that_would_start_a_program_is_refused_and_nothing_is_written()
    {
        RequireTorch();
        using (var archive = ZipFile.Open(At("evil.pt"), ZipArchiveMode.Create))
        using (var pickle = new StreamWriter(archive.CreateEntry("evil/data.pkl").Open()))
        {
            pickle.Write("cposix\nsystem\n(S'touch evil-was-here'\ntR.");
        }

        var (code, error) = Start(folder, [Converter, At("evil.pt"), At("evil.safetensors")]);
        Assert.NotEqual(0, code);
        Assert.Contains("posix.system, which no weights need", error, StringComparison.Ordinal);
        Assert.Equal([At("evil.pt")], Directory.GetFiles(folder));
    }

    private static void RequireTorch() => Assert.SkipUnless(HasTorch.Value, "This machine has no /usr/bin/python3 with PyTorch.");

    private string At(string name) => Path.Combine(folder, name);

    private string Write(string name, ulong seed, params string[] classes) => Write(name, seed, ModelSize.N, classes);

    private string Write(string name, ulong seed, ModelSize size, params string[] classes)
    {
        using var model = new YoloModel(size, classes.Length, AnchorSet.Coco);
        WeightInitializer.Initialize(model, seed);
        using var stream = File.Create(At(name));
        WeightFile.Write(stream, model, classes, imageSize: 96);
        return At(name);
    }

    private static void AssertRoundedOnce(string expected, string actual, string[] names, int? imageSize, string size = "n")
    {
        using var scope = NewDisposeScope();
        var (want, _) = WeightFile.Read(expected, CPU);
        using (want)
        {
            var (got, description) = WeightFile.Read(actual, CPU);
            using (got)
            {
                Assert.Equal((size, names.Length, imageSize), (description.Size.Name, description.ClassCount, description.ImageSize));
                Assert.Equal(names, description.ClassNames);
                Assert.Equal(AnchorSet.Coco.Pixels(2, 1), got.Anchors.Pixels(2, 1));
                foreach (var (one, other) in want.Tensors.Zip(got.Tensors))
                {
                    Assert.True(Array.ConvertAll(one.Value.data<float>().ToArray(), value => (float)(Half)value).AsSpan().SequenceEqual(other.Value.data<float>().ToArray()), one.Name);
                }
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
