namespace Cawb.Coco.Tests;

/// <summary>Small data sets full of ties, crowds, duplicates and degenerate boxes; a pure function of the seed.</summary>
internal sealed class DrawnCase
{
    private ulong _state;

    private DrawnCase(int seed) => _state = (ulong)seed * 0x9E3779B97F4A7C15;

    public static (CocoDataset Truth, CocoDetections Found) Draw(int seed) => new DrawnCase(seed).Draw();

    private (CocoDataset Truth, CocoDetections Found) Draw()
    {
        var pictures = 1 + Below(6);
        var classes = 1 + Below(4);
        var imageIds = Enumerable.Range(0, pictures).Select(i => (i * 7919L % 13 * 1_000_000_007L) - 3).ToArray();
        var annotations = new List<CocoAnnotation>();
        for (var left = Below(60); left > 0; left--)
        {
            var box = Box(mayBeDegenerate: Below(12) == 0);
            var area = Below(4) == 0 ? 1024 : Below(4) == 0 ? 9216 : box.Width * box.Height * 0.7;
            annotations.Add(new CocoAnnotation(annotations.Count, imageIds[Below(pictures)], Below(classes + 1), box, area, Below(6) == 0));
        }

        var detections = new CocoDetections();
        var many = Below(5) == 0 ? 700 : 120;
        for (var left = Below(many); left > 0; left--)
        {
            var copied = annotations.Count > 0 && Below(3) > 0;
            var source = copied ? annotations[Below(annotations.Count)] : default;
            var box = copied
                ? new CocoBox(source.Box.X + Below(5), source.Box.Y + Below(5), source.Box.Width + Below(5), source.Box.Height)
                : Box(mayBeDegenerate: true);
            var image = copied && imageIds.Contains(source.ImageId) ? source.ImageId : imageIds[Below(pictures)];
            detections.Add(new CocoDetection(image, copied ? source.CategoryId : Below(classes + 2), box, Below(8) / 8.0));
        }

        return (
            new CocoDataset(
                imageIds.Select(id => new CocoImage(id, 200, 200, "")).Reverse(),
                annotations,
                Enumerable.Range(0, classes).Select(id => new CocoCategory(id, $"class {id}")).Reverse()),
            detections);
    }

    private CocoBox Box(bool mayBeDegenerate) =>
        new(Below(40) * 4, Below(40) * 4, ((mayBeDegenerate ? Below(12) - 2 : 1 + Below(30)) * 4) + (Below(2) / 8.0), (1 + Below(30)) * 4);

    private int Below(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(((z ^ (z >> 31)) >> 11) % (ulong)bound);
    }
}
