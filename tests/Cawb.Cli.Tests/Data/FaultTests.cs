using System.Diagnostics;
using System.Globalization;
using Cawb.Detection.Images;
using Cawb.Detection.Tests.Data;
using Cawb.Detection.Tests.Images;

namespace Cawb.Cli.Tests.Data;

/// <summary>Damaged descriptions, labels and images: never a crash or a hang, and what is refused is refused in a paragraph that names the file.</summary>
public sealed class FaultTests : IDisposable
{
    private const long MostMemory = 1_000_000_000;

    // A hang, not a slow machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TinyFolder data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData(40)]
    public async Task A_damaged_description_or_label_is_refused_or_read(int count) => await Texts(count);

    [Theory]
    [InlineData(40)]
    public async Task A_damaged_image_is_refused_or_read(int count) => await Images(count);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(1000)]
    public async Task A_thousand_damaged_descriptions_and_labels_are_refused_or_read(int count) => await Texts(count);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(500)]
    public async Task Five_hundred_damaged_images_are_refused_or_read(int count) => await Images(count);

    private async Task Texts(int count)
    {
        foreach (var part in new[] { "train", "val" })
        {
            data.Coco($"coco/annotations/instances_{part}.json", ["a.png"], change: root => root["images"]![0]!["height"] = 64);
            data.Picture($"coco/images/{part}/a.png", 64, 64);
            data.Picture($"yolo/images/{part}/a.png");
            data.Text($"yolo/labels/{part}/a.txt", TinyFolder.Labels + "0 0.1 0.2 0.5 0.2 0.3 0.9\n");
            data.Text($"yolo/{part}.txt", $"./images/{part}/a.png\n");
        }

        data.Text("yolo/data.yaml", "path: .\ntrain: train.txt\nval:\n  - images/val\nnc: 2\nnames:\n  0: car\n  1: dog\n");
        data.Text("yolo/obj.data", "classes = 2\ntrain = train.txt\nvalid = val.txt\nnames = obj.names\n");
        data.Text("yolo/obj.names", "car\ndog\n");
        (string File, string Data)[] targets =
        [
            ("coco/annotations/instances_train.json", "coco"), ("coco/annotations/instances_val.json", "coco"), ("yolo/data.yaml", "yolo/data.yaml"), ("yolo/labels/train/a.txt", "yolo/data.yaml"),
            ("yolo/train.txt", "yolo/data.yaml"), ("yolo/obj.data", "yolo/obj.data"), ("yolo/obj.names", "yolo/obj.data"), ("yolo/data.yaml", "yolo/data.yaml"),
        ];
        await Campaign(count, targets, Mutations.Text);
    }

    private async Task Images(int count)
    {
        var image = new Image(48, 36);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i * 7 + i / 144 * 5);
        }

        data.Yolo();
        using var view = OpenCvSharp.Mat.FromPixelData(36, 48, OpenCvSharp.MatType.CV_8UC3, image.Pixels.ToArray());
        using var deep = new OpenCvSharp.Mat(36, 48, OpenCvSharp.MatType.CV_16UC3, new OpenCvSharp.Scalar(9000, 300, 60000));
        byte[] Encoded(string ending, OpenCvSharp.Mat pixels, params int[] settings) => OpenCvSharp.Cv2.ImEncode(ending, pixels, out var bytes, settings) ? bytes : throw new InvalidOperationException();
        (string Name, byte[] Bytes)[] files =
        [
            ("plain.jpg", ImageFile.EncodeJpeg(image)), ("turned.jpg", JpegFiles.WithOrientation(ImageFile.EncodeJpeg(image), 6)),
            ("progressive.jpg", Encoded(".jpg", view, (int)OpenCvSharp.ImwriteFlags.JpegProgressive, 1)), ("plain.png", ImageFile.EncodePng(image)), ("deep.png", Encoded(".png", deep)),
            ("plain.tif", TiffFiles.Of(48, 36, image.Pixels.ToArray())), ("big.tif", TiffFiles.Of(48, 36, image.Pixels.ToArray(), 6, isLittleEndian: false, isBig: true)),
            ("lzw.tif", Encoded(".tiff", view, (int)OpenCvSharp.ImwriteFlags.TiffCompression, 5)), ("deflate.tif", Encoded(".tiff", deep, (int)OpenCvSharp.ImwriteFlags.TiffCompression, 8)),
            ("packbits.tif", Encoded(".tiff", view, (int)OpenCvSharp.ImwriteFlags.TiffCompression, 32773)),
        ];
        Array.ForEach(files, file => data.Bytes($"train/images/{file.Name}", file.Bytes));
        await Campaign(count, [.. files.Select(file => ($"train/images/{file.Name}", "data.yaml"))], Mutations.Bytes);
    }

    private async Task Campaign(int count, (string File, string Data)[] targets, Func<byte[], Random, byte[]> damage)
    {
        foreach (var dataset in targets.Select(target => target.Data).Distinct())
        {
            var whole = CommandRun.OfProgram("data", "check", data.At(dataset));
            Assert.True(whole.ExitCode < 2, $"{dataset}, undamaged: {whole.Error}{whole.Output}");
        }

        var (refused, slowest, before) = (0, TimeSpan.Zero, Peak());
        for (var i = 0; i < count; i++)
        {
            var (file, dataset) = targets[i % targets.Length];
            var sound = File.ReadAllBytes(data.At(file));
            File.WriteAllBytes(data.At(file), damage(sound, new Random(i)));
            var start = Stopwatch.GetTimestamp();
            var run = await Task.Run(() => CommandRun.OfProgram("data", "check", data.At(dataset)), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            slowest = Stopwatch.GetElapsedTime(start) is var time && time > slowest ? time : slowest;
            refused += run.ExitCode == 2 ? 1 : 0;
            Judge(run, $"case {i}, {file}, {Convert.ToBase64String(File.ReadAllBytes(data.At(file)).AsSpan()[..Math.Min(400, (int)new FileInfo(data.At(file)).Length)])}");
            File.WriteAllBytes(data.At(file), sound);
        }

        var memory = Peak() - before;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{count} damaged files: {refused} refused, {count - refused} read; the slowest took {slowest.TotalSeconds:0.00} s; the peak of the memory rose by {memory / 1e6:0} MB"));
        Assert.True(memory < MostMemory, $"The peak of the memory rose by {memory} bytes.");
    }

    private void Judge(CommandRun run, string name)
    {
        Assert.True(run.ExitCode is 0 or 1 or 2, $"{name}: exit code {run.ExitCode}: {run.Error}");
        Assert.False(run.Error.Contains("should not have happened", StringComparison.Ordinal) || run.Error.Contains("   at ", StringComparison.Ordinal), $"{name}: {run.Error}");
        if (run.Error.Length > 0)
        {
            Assert.True(run.Error.TrimEnd('\n').Split('\n').Length == 1, $"{name}: {run.Error}");
        }

        if (run.ExitCode == 2)
        {
            // The file, or what the damage made of its name.
            var said = run.Error + run.Output;
            Assert.True(said.Contains(data.Root, StringComparison.Ordinal) || said.Contains("/dev/", StringComparison.Ordinal), $"{name}: {said}");
        }
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
