using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Makes one training sample: mosaic or letterbox, affine warp, colour, flips; every draw a function of seed, epoch and sample.</summary>
internal sealed class TrainingSampler(DetectionDataset dataset, ImageStore store, TrainingLoaderOptions options)
{
    private readonly AugmentationOptions augmentation = options.Augmentation;
    private readonly int size = options.ImageSize;

    /// <param name="epoch">From 0.</param>
    /// <param name="index">Of the image in the data set.</param>
    /// <param name="width">Of the sample, pixels.</param>
    /// <param name="height">Of the sample, pixels.</param>
    /// <param name="planes">Gets 3 x height x width bytes.</param>
    /// <param name="boxes">Gets the labels, normalised.</param>
    /// <param name="scratch">Of the calling thread.</param>
    internal void Make(int epoch, int index, int width, int height, Span<byte> planes, List<LabelBox> boxes, SampleScratch scratch)
    {
        var draws = new DrawSequence(Draws.For(options.Seed, DrawPurpose.Augmentation, epoch, index));
        scratch.Labels.Clear();
        ReadOnlySpan<byte> pixels;
        if (draws.Unit() < augmentation.Mosaic && !options.Rectangular)
        {
            var warped = scratch.Warped(size, size);
            WriteMosaic(index, warped, scratch, ref draws);
            if (draws.Unit() < augmentation.Mixup)
            {
                var second = scratch.Second(size, size);
                WriteMosaic(draws.Below(dataset.Images.Count), second, scratch, ref draws);
                Blend(warped, second, Beta32(ref draws));
            }

            pixels = warped;
        }
        else
        {
            pixels = Letterboxed(index, width, height, scratch, ref draws);
        }

        ReadOnlySpan<byte> tables = [];
        if (!augmentation.KeepsColours)
        {
            scratch.Hsv.Set(
                1 + draws.Between(-1, 1) * augmentation.HsvH, 1 + draws.Between(-1, 1) * augmentation.HsvS, 1 + draws.Between(-1, 1) * augmentation.HsvV);
            tables = scratch.Hsv.Bytes;
        }

        var upsideDown = draws.Unit() < augmentation.FlipUpDown;
        var mirrored = draws.Unit() < augmentation.FlipLeftRight;
        ColourPlanes.Write(pixels, width, height, tables, upsideDown, mirrored, planes);
        foreach (var label in scratch.Labels)
        {
            boxes.Add(Normalised(label, width, height, upsideDown, mirrored));
        }
    }

    private void WriteMosaic(int index, Span<byte> warped, SampleScratch scratch, scoped ref DrawSequence draws)
    {
        var centerY = (int)draws.Between(size / 2.0, size * 1.5);
        var centerX = (int)draws.Between(size / 2.0, size * 1.5);
        Span<int> tiles = [index, draws.Below(dataset.Images.Count), draws.Below(dataset.Images.Count), draws.Below(dataset.Images.Count)];
        for (var i = tiles.Length - 1; i > 0; i--)
        {
            var other = draws.Below(i + 1);
            (tiles[i], tiles[other]) = (tiles[other], tiles[i]);
        }

        var side = 2 * size;
        var warp = DrawWarp(side, side, -size / 2, ref draws);
        var canvas = scratch.Canvas(side, side);
        var visible = warp.VisibleInput(side, side);
        PixelRectangles.FillGrey(canvas, side, visible);
        for (var i = 0; i < tiles.Length; i++)
        {
            var (width, height) = store.SizeOf(tiles[i]);
            var tile = MosaicTile.Place(i, size, centerX, centerY, width, height);

            // Only what the warp can show is copied, and an image that it cannot show is not even decoded.
            var (left, right) = (Math.Max(tile.Left, visible.Left), Math.Min(tile.Right, visible.Right));
            var (top, bottom) = (Math.Max(tile.Top, visible.Top), Math.Min(tile.Bottom, visible.Bottom));
            if (left < right && top < bottom)
            {
                var image = store.Get(tiles[i], scratch);
                PixelRectangles.Copy(image, width, left - tile.OffsetX, top - tile.OffsetY, canvas, side, left, top, right - left, bottom - top);
            }

            foreach (var box in dataset.Images[tiles[i]].Boxes)
            {
                Add(scratch.Labels, PixelLabel.From(box, width, height, tile.OffsetX, tile.OffsetY).Clipped(side, side), warp);
            }
        }

        Resampling.Warp(canvas, side, side, warped, size, size, warp.Matrix);
    }

    private ReadOnlySpan<byte> Letterboxed(int index, int newWidth, int newHeight, SampleScratch scratch, scoped ref DrawSequence draws)
    {
        var (width, height) = store.SizeOf(index);
        var box = Letterbox.Fit(width, height, newWidth, newHeight, enlarge: true);
        var warp = DrawWarp(newWidth, newHeight, border: 0, ref draws);
        var pixels = PixelRectangles.Letterboxed(store.Get(index, scratch), width, height, box, newWidth, newHeight, scratch);
        foreach (var label in dataset.Images[index].Boxes)
        {
            Add(scratch.Labels, PixelLabel.From(label, width * box.Ratio, height * box.Ratio, box.Left, box.Top), warp);
        }

        if (warp.IsIdentity)
        {
            return pixels;
        }

        var warped = scratch.Warped(newWidth, newHeight);
        Resampling.Warp(pixels, newWidth, newHeight, warped, newWidth, newHeight, warp.Matrix);
        return warped;
    }

    private AffineWarp DrawWarp(int width, int height, int border, scoped ref DrawSequence draws)
    {
        Span<double> units = stackalloc double[8];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = draws.Unit();
        }

        return AffineWarp.From(augmentation, units, width, height, border);
    }

    private static void Add(List<PixelLabel> labels, PixelLabel label, AffineWarp warp)
    {
        var moved = warp.Move(label);
        if (warp.Keeps(label, moved))
        {
            labels.Add(moved);
        }
    }

    // Clipped to 1e-3 pixels inside the frame, as YOLOv5 does before it normalises.
    private static LabelBox Normalised(PixelLabel label, int width, int height, bool upsideDown, bool mirrored)
    {
        var inside = label.Clipped(width - 1e-3, height - 1e-3);
        var box = LabelBox.FromCorners(inside.ClassIndex, inside.Left, inside.Top, inside.Right, inside.Bottom, width, height);
        return box with { CenterX = mirrored ? 1 - box.CenterX : box.CenterX, CenterY = upsideDown ? 1 - box.CenterY : box.CenterY };
    }

    private static void Blend(Span<byte> first, ReadOnlySpan<byte> second, double share)
    {
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = (byte)(first[i] * share + second[i] * (1 - share));
        }
    }

    /// <summary>A draw from Beta(32, 32): the middle one of 63 sorted uniform numbers has exactly this distribution.</summary>
    private static double Beta32(scoped ref DrawSequence draws)
    {
        Span<double> units = stackalloc double[63];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = draws.Unit();
        }

        units.Sort();
        return units[31];
    }
}
