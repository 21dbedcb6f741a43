using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>Turns raw maps into boxes in pixels of the network's input.</summary>
public static class BoxDecoder
{
    /// <summary>Boxes and probabilities of every anchor of every cell.</summary>
    /// <param name="maps">Per level (B, anchor, y, x, 5 + classes), logits.</param>
    /// <param name="anchors">The reference boxes.</param>
    /// <returns>(B, rows, 5 + classes): centre x, centre y, width, height in pixels, objectness, classes; rows by level, then anchor, then y, then x. Belongs to the open scope.</returns>
    /// <remarks><c>centre = (2 sigmoid(t) - 0.5 + cell) stride</c>, <c>size = (2 sigmoid(t))2 anchor</c>.</remarks>
    public static Tensor Decode(ReadOnlySpan<Tensor> maps, AnchorSet anchors)
    {
        using var scope = NewDisposeScope();
        var levels = new Tensor[maps.Length];
        for (var level = 0; level < maps.Length; level++)
        {
            var map = maps[level];
            int stride = AnchorSet.Strides[level], height = (int)map.size(2), width = (int)map.size(3);
            var activated = map.sigmoid();
            var center = activated.narrow(4, 0, 2).Times(2).Plus(Grid(width, height, map)).Times(stride);
            var size = activated.narrow(4, 2, 2).Times(2).Squared() * Sizes(anchors, level, map);
            levels[level] = cat([center, size, activated.narrow(4, 4, map.size(4) - 4)], 4).reshape(map.size(0), -1, map.size(4));
        }

        return cat(levels, 1).MoveToOuterDisposeScope();
    }

    private static Tensor Grid(int width, int height, Tensor like)
    {
        var corners = new double[height * width * 2];
        for (var i = 0; i < height * width; i++)
        {
            (corners[2 * i], corners[(2 * i) + 1]) = ((i % width) - 0.5, (i / width) - 0.5);
        }

        return tensor(corners, [1, 1, height, width, 2], like.dtype, like.device);
    }

    private static Tensor Sizes(AnchorSet anchors, int level, Tensor like)
    {
        var sizes = Enumerable.Range(0, AnchorSet.PerLevel).Select(anchor => anchors.Pixels(level, anchor)).SelectMany(size => new[] { size.Width, size.Height }).ToArray();
        return tensor(sizes, [1, AnchorSet.PerLevel, 1, 1, 2], like.dtype, like.device);
    }
}
