using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Data;

/// <summary>A COCO data set in a temporary folder: on each dark image one bright rectangle, labelled with its own class. Images of the two parts differ in one corner.</summary>
internal sealed class PaintedDataset : IDisposable
{
    internal const byte Dark = 20;
    internal const byte Bright = 250;

    private PaintedDataset(string folder) => Folder = folder;

    internal string Folder { get; }

    internal static PaintedDataset Create(params (int Width, int Height, int Left, int Top, int Right, int Bottom)[] pictures)
    {
        var folder = Directory.CreateTempSubdirectory("cawb-data-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "annotations"));
        foreach (var part in new[] { "train", "val" })
        {
            Directory.CreateDirectory(Path.Combine(folder, "images", part));
            var images = new List<CocoImage>();
            var annotations = new List<CocoAnnotation>();
            for (var i = 0; i < pictures.Length; i++)
            {
                var p = pictures[i];
                var image = new Image(p.Width, p.Height);
                image.Pixels.Fill(Dark);
                for (var y = p.Top; y < p.Bottom; y++)
                {
                    image.Row(y)[(p.Left * Image.Channels)..(p.Right * Image.Channels)].Fill(Bright);
                }

                image.Pixels[^1] = (byte)(Dark + i + (part == "val" ? 100 : 0));
                ImageFile.Write(Path.Combine(folder, "images", part, $"{i}.png"), image);
                images.Add(new CocoImage(10 + i, p.Width, p.Height, $"{i}.png"));
                var box = new CocoBox(p.Left, p.Top, p.Right - p.Left, p.Bottom - p.Top);
                annotations.Add(new CocoAnnotation(i + 1, 10 + i, 3 * i + 5, box, box.Area));
            }

            var categories = Enumerable.Range(0, pictures.Length).Select(i => new CocoCategory(3 * i + 5, $"thing {i}"));
            new CocoDataset(images, annotations, categories).Write(Path.Combine(folder, "annotations", $"instances_{part}.json"));
        }

        return new PaintedDataset(folder);
    }

    /// <summary>Seven images of different shapes.</summary>
    internal static PaintedDataset CreateSeven() => Create(
        (64, 64, 10, 20, 40, 50), (64, 48, 8, 8, 56, 40), (40, 64, 10, 12, 30, 52), (96, 96, 20, 20, 70, 60),
        (30, 20, 5, 5, 25, 15), (128, 70, 30, 10, 100, 60), (64, 64, 16, 16, 48, 48));

    internal DetectionData Open() => DetectionData.Open(Folder, CancellationToken.None);

    internal string File(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
