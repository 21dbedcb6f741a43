using System.Text.Json.Nodes;
using Cawb.Detection.Data;
using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Data;

/// <summary>A temporary folder for data sets of a few images, as tools export them.</summary>
internal sealed class TinyFolder : IDisposable
{
    /// <summary>Two boxes of an image of 64 x 48 pixels, for <see cref="Text"/>.</summary>
    internal const string Labels = "0 0.3125 0.375 0.375 0.416667\n1 0.71875 0.541667 0.3125 0.583333\n";

    private readonly string root = Directory.CreateTempSubdirectory("cawb-tiny-").FullName;
    private byte painted;

    internal string Root => root;

    public void Dispose() => Directory.Delete(root, recursive: true);

    internal string At(string path = "") => Path.Combine(root, path);

    /// <summary>An image of its own pixels in PNG or JPEG.</summary>
    internal string Picture(string path, int width = 64, int height = 48)
    {
        var image = new Image(width, height);
        image.Pixels.Fill(painted += 7);
        return Bytes(path, Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase) ? ImageFile.EncodePng(image) : ImageFile.EncodeJpeg(image));
    }

    internal string Bytes(string path, byte[] bytes)
    {
        File.WriteAllBytes(Made(path), bytes);
        return At(path);
    }

    internal string Text(string path, string text)
    {
        File.WriteAllText(Made(path), text);
        return At(path);
    }

    /// <summary>An instances file of images of 64 x 48 pixels with two boxes each, ids from a number on, as most tools write it.</summary>
    internal string Coco(string path, IReadOnlyList<string> files, int firstId = 1, Action<JsonObject>? change = null)
    {
        var root = new JsonObject
        {
            ["info"] = new JsonObject { ["description"] = "" },
            ["licenses"] = new JsonArray(),
            ["images"] = new JsonArray([.. files.Select((file, i) => (JsonNode)new JsonObject { ["id"] = firstId + i, ["file_name"] = file, ["width"] = 64, ["height"] = 48, ["license"] = 0 })]),
            ["annotations"] = new JsonArray([.. files.SelectMany((_, i) => new[] { (0, new[] { 8.0, 8, 24, 20 }), (1, [36, 12, 20, 28]) }.Select((box, k) => (JsonNode)new JsonObject
            {
                ["id"] = firstId + 2 * i + k,
                ["image_id"] = firstId + i,
                ["category_id"] = firstId + box.Item1,
                ["bbox"] = new JsonArray([.. box.Item2.Select(number => (JsonNode)number)]),
                ["area"] = box.Item2[2] * box.Item2[3],
                ["segmentation"] = new JsonArray(),
                ["iscrowd"] = 0,
            }))]),
            ["categories"] = new JsonArray(
                new JsonObject { ["id"] = firstId, ["name"] = "car", ["supercategory"] = "none" }, new JsonObject { ["id"] = firstId + 1, ["name"] = "dog", ["supercategory"] = "none" }),
        };
        change?.Invoke(root);
        return Text(path, root.ToJsonString());
    }

    /// <summary>A YOLO data set of one image in each part, in Roboflow's folders.</summary>
    internal void Yolo(string description = "train: train/images\nval: valid/images\nnc: 2\nnames: [car, dog]\n", string train = Labels, string valid = Labels)
    {
        Text("data.yaml", description);
        Picture("train/images/a.jpg");
        Picture("valid/images/b.jpg");
        Text("train/labels/a.txt", train);
        Text("valid/labels/b.txt", valid);
    }

    internal DetectionData Open(string path = "") => DetectionData.Open(At(path), CancellationToken.None);

    internal DatasetReport Check(string path = "") => DatasetCheck.Run(At(path), null, CancellationToken.None);

    /// <summary>What a check finds of one kind; fails where it finds nothing of it.</summary>
    internal ProblemGroup Found(ProblemKind kind, string path = "") => Check(path).Problems.Single(group => group.Kind == kind);

    /// <summary>Demands two images of two boxes, one in each part, and these findings and no others.</summary>
    internal void RequireWhole(string path, params ProblemKind[] findings)
    {
        var data = Open(path);
        Assert.Equal(["car", "dog"], data.ClassNames);
        foreach (var part in new[] { data.Training, data.Validation })
        {
            var boxes = Assert.Single(part.Images).Boxes;
            Assert.Equal([0, 1], boxes.Select(box => box.ClassIndex));
            Assert.Equal((0.3125, 0.71875), (boxes[0].CenterX, boxes[1].CenterX));
        }

        Assert.Equal(findings.Order(), Check(path).Problems.Select(group => group.Kind).Order());
    }

    private string Made(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path)) ?? root);
        return At(path);
    }
}
