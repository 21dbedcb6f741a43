namespace Cawb.Coco.Tests;

/// <summary>
/// The performance case of the reference numbers: 1,000 images of 80 classes with 100 detections each, drawn with whole numbers only, so that the
/// same doubles come out as from the reference's <c>generate.py</c>.
/// </summary>
internal sealed class PerformanceCase
{
    private const int Pictures = 1000;
    private const int Classes = 80;
    private const int DetectionsPerPicture = 100;

    private static readonly int[] Jitters = [2, 5, 10, 20, 40];
    private static readonly (int Lowest, int Highest)[] Sizes = [(800, 3200), (3200, 9600), (9600, 30000)];

    private ulong _state;

    private PerformanceCase(ulong seed) => _state = seed;

    public static (CocoDataset Truth, CocoDetections Found) Generate(ulong seed = 20240607) => new PerformanceCase(seed).Draw();

    private (CocoDataset Truth, CocoDetections Found) Draw()
    {
        var annotations = new List<CocoAnnotation>();
        var detections = new CocoDetections();
        for (var picture = 1; picture <= Pictures; picture++)
        {
            var mine = new List<(int Class, Box Box)>();
            for (var left = 1 + Below(14); left > 0; left--)
            {
                var labelled = 1 + Below(Classes);
                var box = AnyBox();
                var isCrowd = Below(50) == 0;
                mine.Add((labelled, box));
                var pixels = box.ToPixels();
                annotations.Add(new CocoAnnotation(annotations.Count + 1, picture, labelled, pixels, pixels.Width * pixels.Height, isCrowd));
            }

            for (var left = DetectionsPerPicture; left > 0; left--)
            {
                detections.Add(Below(100) < 60 ? Near(picture, mine) : Anywhere(picture));
            }
        }

        var images = Enumerable.Range(1, Pictures).Select(id => new CocoImage(id, 640, 480, FormattableString.Invariant($"{id}.png")));
        var categories = Enumerable.Range(1, Classes).Select(id => new CocoCategory(id, FormattableString.Invariant($"class_{id}")));
        return (new CocoDataset(images, annotations, categories), detections);
    }

    private CocoDetection Near(int picture, List<(int Class, Box Box)> mine)
    {
        var (labelled, box) = mine[Below(mine.Count)];
        if (Below(10) == 0)
        {
            labelled = 1 + Below(Classes);
        }

        var jitter = Jitters[Below(5)];
        var dx = box.Width * jitter / 100;
        var dy = box.Height * jitter / 100;
        var x = box.X + Below((2 * dx) + 1) - dx;
        var y = box.Y + Below((2 * dy) + 1) - dy;
        var width = Math.Max(100, box.Width + Below((2 * dx) + 1) - dx);
        var height = Math.Max(100, box.Height + Below((2 * dy) + 1) - dy);
        var score = Math.Max(1, 10000 - (150 * jitter) - Below(4000));
        return new CocoDetection(picture, labelled, new Box(x, y, width, height).ToPixels(), score / 10000.0);
    }

    private CocoDetection Anywhere(int picture)
    {
        var labelled = 1 + Below(Classes);
        var box = AnyBox();
        return new CocoDetection(picture, labelled, box.ToPixels(), (1 + Below(5000)) / 10000.0);
    }

    private Box AnyBox()
    {
        var (lowest, highest) = Sizes[Below(3)];
        var width = lowest + Below(highest - lowest + 1);
        var height = lowest + Below(highest - lowest + 1);
        var x = Below(64000 - width + 1);
        var y = Below(48000 - height + 1);
        return new Box(x, y, width, height);
    }

    private int Below(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(((z ^ (z >> 31)) >> 11) % (ulong)bound);
    }

    /// <summary>In hundredths of a pixel.</summary>
    private readonly record struct Box(int X, int Y, int Width, int Height)
    {
        public CocoBox ToPixels() => new(X / 100.0, Y / 100.0, Width / 100.0, Height / 100.0);
    }
}
