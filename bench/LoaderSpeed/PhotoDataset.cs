using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Images;

namespace LoaderSpeed;

/// <summary>JPEG files of the sizes and the weight of photographs: smooth noise of several scales, grain, and labelled shapes. The same bytes every time.</summary>
internal static class PhotoDataset
{
    // As in COCO, where the long side has 640 pixels, plus one larger format.
    private static readonly (int Width, int Height)[] Sizes = [(640, 480), (640, 480), (640, 427), (480, 640), (640, 480), (500, 375), (640, 426), (1280, 960)];

    public static void Write(string folder, int count)
    {
        Directory.CreateDirectory(Path.Combine(folder, "annotations"));
        WritePart(folder, "train", count, firstStream: 0);
        WritePart(folder, "val", 1, firstStream: (ulong)count);
    }

    private static void WritePart(string folder, string part, int count, ulong firstStream)
    {
        var pictures = Path.Combine(folder, "images", part);
        Directory.CreateDirectory(pictures);
        var images = new CocoImage[count];
        var annotations = new List<CocoAnnotation>[count];
        Parallel.For(0, count, i =>
        {
            var (width, height) = Sizes[i % Sizes.Length];
            var name = FormattableString.Invariant($"{i + 1:D12}.jpg");
            var painter = new PhotoPainter(new Draws(1, firstStream + (ulong)i), width, height);
            var boxes = painter.Paint();
            File.WriteAllBytes(Path.Combine(pictures, name), ImageFile.EncodeJpeg(painter.Picture, quality: 95));
            images[i] = new CocoImage(i + 1, width, height, name);
            annotations[i] = [.. boxes.Select((box, j) => new CocoAnnotation((i * 100L) + j + 1, i + 1, j % 3 + 1, box, box.Area))];
        });
        new CocoDataset(images, annotations.SelectMany(list => list), [new CocoCategory(1, "plate"), new CocoCategory(2, "disc"), new CocoCategory(3, "stripes")])
            .Write(Path.Combine(folder, "annotations", $"instances_{part}.json"));
    }
}
