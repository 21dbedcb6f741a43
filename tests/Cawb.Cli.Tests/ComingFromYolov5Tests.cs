using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Tests.Training;
using Cawb.Detection.Images;

namespace Cawb.Cli.Tests;

/// <summary>The page for people who come from YOLOv5.</summary>
public sealed class ComingFromYolov5Tests : IDisposable
{
    private const string Page = "docs/coming-from-yolov5.md";

    // The keys and numbers of the set that YOLOv5 trains with unless told otherwise.
    private const string ScratchLow = """
        lr0: 0.01
        lrf: 0.01
        momentum: 0.937
        weight_decay: 0.0005
        warmup_epochs: 3.0
        warmup_momentum: 0.8
        warmup_bias_lr: 0.1
        box: 0.05
        cls: 0.5
        cls_pw: 1.0
        obj: 1.0
        obj_pw: 1.0
        iou_t: 0.20
        anchor_t: 4.0
        fl_gamma: 0.0
        hsv_h: 0.015
        hsv_s: 0.7
        hsv_v: 0.4
        degrees: 0.0
        translate: 0.1
        scale: 0.5
        shear: 0.0
        perspective: 0.0
        flipud: 0.0
        fliplr: 0.5
        mosaic: 1.0
        mixup: 0.0
        copy_paste: 0.0

        """;

    private readonly TemporaryFolder folder = new();

    public ComingFromYolov5Tests()
    {
        folder.Write("hyp.scratch-low.yaml", ScratchLow);
        folder.Write("data.yaml", "train: images/train\nval: images/val\nnames: [thing]\n");
        Paint("train", 6, seed: 0);
        Paint("val", 3, seed: 7);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>In their order and in one folder, each as a process: paths and names are those that a user has.</summary>
    [Fact]
    public void Every_command_of_the_page_works_as_typed()
    {
        var errors = "";
        foreach (var words in PageCommands.Of(Page))
        {
            var run = ProgramProcess.Run(folder.Path(), [], words);
            Assert.True(run.ExitCode == 0, $"cawb {string.Join(' ', words)} ended with {run.ExitCode}: {run.Error}{run.Output}");
            errors += run.Error;
        }

        Assert.Equal(
            ["results/adamw", "runs/train/exp", "runs/train/exp2"],
            Directory.EnumerateFiles(folder.Path(), "run.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path(), Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal));
        Assert.Equal(("n", "", 96, 16, 3), Options("runs/train/exp", "model", "weights", "imageSize", "batchSize", "epochs"));
        Assert.Equal((folder.Path("runs", "train", "exp", "best.safetensors"), 10, 2, "ram", 1), Options("runs/train/exp2", "weights", "freeze", "workers", "cache", "epochs"));
        Assert.Equal(("AdamW", 50, "cpu", 96, 1), Options("results/adamw", "optimizer", "patience", "device", "imageSize", "epochs"));
        var adam = Record("results/adamw");
        Assert.Equal((0.001, 0.1, "cosine"), ((double?)adam["options"]!["hyperParameters"]!["lr0"], (double?)adam["options"]!["hyperParameters"]!["label_smoothing"], (string?)adam["schedule"]!["curve"]));
        Assert.True(File.Exists(folder.Path("runs", "val", "exp", "val.json")));
        Assert.True(File.Exists(folder.Path("runs", "train", "exp", "best.onnx")));
        Assert.True(File.Exists(folder.Path("runs", "detect", "found", "detections.json")));
        Assert.True(Directory.Exists(folder.Path("runs", "detect", "found", "labels")) || !File.ReadAllText(folder.Path("runs", "detect", "found", "detections.json")).Contains("bbox", StringComparison.Ordinal));
        Assert.Contains("Note: runs/train/exp/weights/best.pt is runs/train/exp/best.safetensors here, which is taken.", errors, StringComparison.Ordinal);
    }

    private JsonNode Record(string run) => JsonNode.Parse(File.ReadAllText(folder.Path(run, "run.json"))) ?? throw new InvalidOperationException();

    private (object?, object?, object?, object?, object?) Options(string run, params string[] keys)
    {
        var values = keys.Select(key => Record(run)["options"]![key]!.AsValue()).Select(value => value.TryGetValue<int>(out var number) ? number : (object?)value.GetValue<string>()).ToArray();
        return (values[0], values[1], values[2], values[3], values[4]);
    }

    // A bright rectangle on a dark image, no two alike.
    private void Paint(string part, int count, int seed)
    {
        Directory.CreateDirectory(folder.Path("images", part));
        Directory.CreateDirectory(folder.Path("labels", part));
        for (var i = 0; i < count; i++)
        {
            var image = new Image(96, 96);
            image.Pixels.Fill(20);
            var (left, top) = (8 + (5 * (i + seed) % 40), 6 + (11 * (i + seed) % 44));
            for (var y = top; y < top + 40; y++)
            {
                image.Row(y)[(left * Image.Channels)..((left + 32) * Image.Channels)].Fill((byte)(250 - (8 * (i + seed))));
            }

            ImageFile.Write(folder.Path("images", part, $"{i}.png"), image);
            folder.Write(Path.Combine("labels", part, $"{i}.txt"), string.Create(CultureInfo.InvariantCulture, $"0 {(left + 16) / 96.0} {(top + 20) / 96.0} {32 / 96.0} {40 / 96.0}\n"));
        }
    }
}
