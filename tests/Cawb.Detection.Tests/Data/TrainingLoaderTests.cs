using Cawb.Detection.Data;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Data.Loading;

namespace Cawb.Detection.Tests.Data;

public class TrainingLoaderTests
{
    private const int Size = 64;

    private static readonly AugmentationOptions Everything = new()
    {
        Degrees = 10,
        Shear = 5,
        Perspective = 0.0003,
        Mixup = 0.4,
        Mosaic = 0.7,
        FlipUpDown = 0.5,
    };

    [Theory]
    [InlineData(1, 2, 1L << 30)]
    [InlineData(3, 2, 1L << 30)]
    [InlineData(3, 5, 0)]
    [InlineData(0, 2, 20_000)]
    public void Batches_depend_neither_on_workers_nor_on_the_cache(int workers, int batchesAhead, long cacheBytes)
    {
        using var painted = PaintedDataset.CreateSeven();
        var dataset = painted.Open().Training;
        var expected = Collect(dataset, Options(Everything) with { Workers = 0, CacheBytes = 1L << 30 }, epoch: 2, firstBatch: 0);
        var actual = Collect(dataset, Options(Everything) with { Workers = workers, BatchesAhead = batchesAhead, CacheBytes = cacheBytes }, epoch: 2, firstBatch: 0);
        AssertEqual(expected, actual);
    }

    [Fact]
    public void Reading_can_start_at_any_batch_of_any_epoch()
    {
        using var painted = PaintedDataset.CreateSeven();
        var dataset = painted.Open().Training;
        for (var firstBatch = 0; firstBatch <= 3; firstBatch++)
        {
            var whole = Collect(dataset, Options(Everything), epoch: 5, firstBatch: 0);
            AssertEqual(whole[firstBatch..], Collect(dataset, Options(Everything), epoch: 5, firstBatch));
        }
    }

    [Fact]
    public void Every_picture_comes_once_in_an_epoch_in_an_order_of_its_own_and_the_last_batch_is_short()
    {
        using var painted = PaintedDataset.CreateSeven();
        using var loader = new TrainingLoader(painted.Open().Training, Options(AugmentationOptions.None));
        Assert.Equal(3, loader.BatchesPerEpoch);
        var orders = new HashSet<string>();
        for (var epoch = 0; epoch < 8; epoch++)
        {
            var counts = new List<int>();
            var indices = new List<int>();
            foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
            {
                counts.Add(batch.Count);
                indices.AddRange(batch.ImageIndices);
            }

            Assert.Equal([3, 3, 1], counts);
            Assert.Equal(Enumerable.Range(0, 7), indices.Order());
            Assert.True(orders.Add(string.Join(' ', indices)));
        }
    }

    [Fact]
    public void Another_seed_gives_other_batches()
    {
        using var painted = PaintedDataset.CreateSeven();
        var dataset = painted.Open().Training;
        var first = Collect(dataset, Options(Everything) with { Seed = 1 }, 0, 0);
        var second = Collect(dataset, Options(Everything) with { Seed = 2 }, 0, 0);
        Assert.NotEqual(first[0].Pixels, second[0].Pixels);
    }

    [Fact]
    public void Without_variation_a_picture_of_the_right_size_comes_as_it_is()
    {
        using var painted = PaintedDataset.Create((64, 64, 10, 20, 40, 50));
        var batch = Assert.Single(Collect(painted.Open().Training, Options(AugmentationOptions.None), 0, 0));
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var expected = x is >= 10 and < 40 && y is >= 20 and < 50 ? PaintedDataset.Bright : PaintedDataset.Dark;
                Assert.Equal(expected, batch.Pixels[y * Size + x]);
            }
        }

        Assert.Equal([new LabelRow(0, 0, 25f / 64, 35f / 64, 30f / 64, 30f / 64)], batch.Labels.ToArray());
    }

    public static TheoryData<string> Variations => ["flips", "scale and shift", "rotation and shear", "perspective", "mosaic"];

    [Theory]
    [MemberData(nameof(Variations))]
    public void Labels_stay_around_what_they_label(string variation)
    {
        var options = variation switch
        {
            "flips" => AugmentationOptions.None with { FlipUpDown = 0.5, FlipLeftRight = 0.5 },
            "scale and shift" => AugmentationOptions.None with { Scale = 0.5, Translate = 0.1 },
            "rotation and shear" => AugmentationOptions.None with { Degrees = 1.5, Shear = 1 },
            "perspective" => AugmentationOptions.None with { Perspective = 0.0003 },
            _ => AugmentationOptions.None with { Mosaic = 1, Scale = 0.5, Translate = 0.1 },
        };
        // One image, so that in a mosaic too every rectangle is one of the labelled kind.
        using var painted = PaintedDataset.Create((64, 48, 12, 10, 50, 40));
        using var loader = new TrainingLoader(painted.Open().Training, Options(options));
        var boxes = 0;
        for (var epoch = 0; epoch < 40; epoch++)
        {
            foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
            {
                boxes += batch.LabelCount;
                AssertBrightWhereLabelled(batch.Pixels, batch.Labels, edge: variation is "rotation and shear" or "perspective" ? 3.0 : 1.6);
            }
        }

        Assert.True(boxes >= 20);
    }

    [Fact]
    public void Rectangular_batches_have_the_least_shapes_that_hold_their_pictures_in_the_same_order_every_epoch()
    {
        // Height / width: 1, 0.75, 1.6, 1, 0.667, 0.547, 1. Sorted and by three: 0.547 to 0.75; 1 to 1; 1.6. Each side of the shape is a multiple of 32.
        using var painted = PaintedDataset.CreateSeven();
        using var loader = new TrainingLoader(painted.Open().Training, Options(new AugmentationOptions()) with { Rectangular = true });
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var batches = loader.Read(epoch, 0, CancellationToken.None).Select(batch => (batch.Width, batch.Height, batch.Pixels.Length, string.Join(' ', batch.ImageIndices.ToArray()))).ToArray();
            Assert.Equal([(64, 64, 3 * 3 * 64 * 64, "5 4 1"), (64, 64, 3 * 3 * 64 * 64, "0 3 6"), (64, 64, 3 * 64 * 64, "2")], batches);
        }

        using var larger = new TrainingLoader(painted.Open().Training, Options(new AugmentationOptions()) with { Rectangular = true, ImageSize = 128, Workers = 0 });
        Assert.Equal([(128, 96), (128, 128), (96, 128)], larger.Read(0, 0, CancellationToken.None).Select(batch => (batch.Width, batch.Height)));
    }

    [Fact]
    public void Labels_of_rectangular_batches_stay_around_what_they_label()
    {
        using var painted = PaintedDataset.Create((96, 48, 12, 10, 70, 40));
        var options = AugmentationOptions.None with { Mosaic = 1, Scale = 0.3, Translate = 0.1, FlipLeftRight = 0.5, FlipUpDown = 0.5 };
        using var loader = new TrainingLoader(painted.Open().Training, Options(options) with { Rectangular = true });
        for (var epoch = 0; epoch < 30; epoch++)
        {
            foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
            {
                Assert.Equal((64, 32, 1), (batch.Width, batch.Height, batch.LabelCount));
                var (x, y, width, height) = (batch.Labels[0].CenterX * 64, batch.Labels[0].CenterY * 32, batch.Labels[0].Width * 64, batch.Labels[0].Height * 32);
                Assert.True(At(batch, x, y) > 200);
                foreach (var (dx, dy) in new[] { (-1, 0), (1, 0), (0, -1), (0, 1) })
                {
                    var (edgeX, edgeY) = (x + dx * width / 2, y + dy * height / 2);
                    Assert.True(At(batch, edgeX - 2.5 * dx, edgeY - 2.5 * dy) > 150);
                    if (edgeX + 2.5 * dx is > 0 and < 63 && edgeY + 2.5 * dy is > 0 and < 31)
                    {
                        Assert.True(At(batch, edgeX + 2.5 * dx, edgeY + 2.5 * dy) < 150);
                    }
                }
            }
        }

        static byte At(TrainingBatch batch, double x, double y) => batch.Pixels[(int)y * batch.Width + (int)x];
    }

    [Fact]
    public void A_picture_that_vanished_is_reported_at_its_batch_whatever_the_workers()
    {
        using var painted = PaintedDataset.CreateSeven();
        var dataset = painted.Open().Training;
        File.Delete(painted.File("images", "train", "4.png"));
        foreach (var workers in new[] { 0, 1, 3 })
        {
            using var loader = new TrainingLoader(dataset, Options(AugmentationOptions.None) with { Workers = workers });
            var indices = new List<int>();
            var error = Assert.Throws<DatasetException>(() =>
            {
                foreach (var batch in loader.Read(1, 0, CancellationToken.None))
                {
                    indices.AddRange(batch.ImageIndices);
                }
            });
            Assert.EndsWith("4.png", error.Path, StringComparison.Ordinal);
            var order = Draws.For(7, DrawPurpose.SampleOrder, 1, 0).Permutation(7);
            Assert.Equal(order[..(Array.IndexOf(order, 4) / 3 * 3)], indices);
        }
    }

    [Fact]
    public void Cancelling_ends_the_reading_and_the_loader_can_go_on_after_it()
    {
        using var painted = PaintedDataset.CreateSeven();
        using var loader = new TrainingLoader(painted.Open().Training, Options(Everything) with { Workers = 2 });
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in loader.Read(0, 0, cancellation.Token))
            {
                cancellation.Cancel();
            }
        });
        Assert.Equal(3, loader.Read(0, 0, CancellationToken.None).Count());
    }

    [Fact]
    public void What_the_warp_cannot_show_need_not_be_there()
    {
        const int side = 2 * Size;
        var draws = new Draws(5, 5);
        var whole = new byte[side * side * 3];
        var expected = new byte[Size * Size * 3];
        var actual = new byte[Size * Size * 3];
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] = (byte)draws.Below((ulong)i, 256);
        }

        for (var number = 0; number < 200; number++)
        {
            var units = Enumerable.Range(0, 8).Select(i => new Draws(6, (ulong)number).Unit((ulong)i)).ToArray();
            var warp = AffineWarp.From(Everything with { Perspective = 0, Degrees = number % 2 * 45, Scale = 0.9, Translate = 0.3 }, units, side, side, -Size / 2);
            var (left, top, right, bottom) = warp.VisibleInput(side, side);
            var part = new byte[whole.Length];
            for (var y = top; y < bottom; y++)
            {
                whole.AsSpan((y * side + left) * 3, (right - left) * 3).CopyTo(part.AsSpan((y * side + left) * 3));
            }

            Cawb.Detection.Images.Resampling.Warp(whole, side, side, expected, Size, Size, warp.Matrix);
            Cawb.Detection.Images.Resampling.Warp(part, side, side, actual, Size, Size, warp.Matrix);
            Assert.Equal(expected, actual);
        }
    }

    private static TrainingLoaderOptions Options(AugmentationOptions augmentation) =>
        new() { ImageSize = Size, BatchSize = 3, Seed = 7, Augmentation = augmentation, Workers = 2 };

    private static List<(byte[] Pixels, LabelRow[] Labels, int[] Indices)> Collect(DetectionDataset dataset, TrainingLoaderOptions options, int epoch, int firstBatch)
    {
        using var loader = new TrainingLoader(dataset, options);
        var batches = new List<(byte[], LabelRow[], int[])>();
        foreach (var batch in loader.Read(epoch, firstBatch, CancellationToken.None))
        {
            Assert.Equal(firstBatch + batches.Count, batch.Index);
            Assert.Equal(batch.LabelCount, batch.Labels.Length);
            batches.Add((batch.Pixels.ToArray(), batch.Labels.ToArray(), batch.ImageIndices.ToArray()));
        }

        return batches;
    }

    private static void AssertEqual(List<(byte[] Pixels, LabelRow[] Labels, int[] Indices)> expected, List<(byte[] Pixels, LabelRow[] Labels, int[] Indices)> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Indices, actual[i].Indices);
            Assert.Equal(expected[i].Labels, actual[i].Labels);
            Assert.Equal(expected[i].Pixels, actual[i].Pixels);
        }
    }

    // Pixels well inside a labelled box are bright, except where several boxes of a mosaic meet; just outside its edges, if nothing else is there, they are not.
    private static void AssertBrightWhereLabelled(ReadOnlySpan<byte> pixels, ReadOnlySpan<LabelRow> labels, double edge)
    {
        foreach (var label in labels)
        {
            var image = label.Image * 3 * Size * Size;
            var (x, y, width, height) = (label.CenterX * Size, label.CenterY * Size, label.Width * Size, label.Height * Size);
            Assert.True(pixels[image + (int)y * Size + (int)x] > 200, "the centre is dark");
            AssertEdge(pixels, image, x - width / 2, y, -1, 0, edge);
            AssertEdge(pixels, image, x + width / 2, y, 1, 0, edge);
            AssertEdge(pixels, image, x, y - height / 2, 0, -1, edge);
            AssertEdge(pixels, image, x, y + height / 2, 0, 1, edge);
        }
    }

    private static void AssertEdge(ReadOnlySpan<byte> pixels, int image, double x, double y, int stepX, int stepY, double edge)
    {
        var (insideX, insideY) = (x - stepX * edge - 0.5, y - stepY * edge - 0.5);
        var (outsideX, outsideY) = (x + stepX * edge - 0.5, y + stepY * edge - 0.5);
        if (outsideX is > 0 and < Size - 1 && outsideY is > 0 and < Size - 1)
        {
            Assert.True(pixels[image + (int)Math.Round(insideY) * Size + (int)Math.Round(insideX)] > 150, "dark inside an edge");
            Assert.True(pixels[image + (int)Math.Round(outsideY) * Size + (int)Math.Round(outsideX)] < 150, "bright outside an edge");
        }
    }
}
