using Cawb.Detection.Data;
using Cawb.Detection.Model;

namespace Cawb.Training.Loop;

/// <summary>The sides of batches in pixels where they vary.</summary>
public static class VaryingSize
{
    /// <summary>Uniform over the multiples of 32 from half the side to one and a half of it; a pure function of seed and position.</summary>
    /// <param name="seed">Of the run.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="batch">From 0 in the epoch.</param>
    /// <param name="imageSize">The usual side, 32 or more.</param>
    public static int Of(ulong seed, int epoch, int batch, int imageSize)
    {
        var step = AnchorSet.Strides[^1];
        var (least, most) = ((imageSize + (2 * step) - 1) / (2 * step), imageSize * 3 / (2 * step));
        return step * (least + Draws.For(seed, DrawPurpose.BatchSize, epoch, batch).Below(0, most - least + 1));
    }

    /// <summary>The sides of a batch that may be rectangular: the longer one becomes <see cref="Of(ulong, int, int, int)"/>'s, the shorter one the next multiple of 32 in proportion.</summary>
    /// <param name="seed">Of the run.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="batch">From 0 in the epoch.</param>
    /// <param name="height">Pixels, a multiple of 32.</param>
    /// <param name="width">Pixels, a multiple of 32.</param>
    public static (int Height, int Width) Of(ulong seed, int epoch, int batch, int height, int width)
    {
        var (usual, longer) = (Math.Max(height, width), Of(seed, epoch, batch, Math.Max(height, width)));
        var step = AnchorSet.Strides[^1];
        int Side(int side) => ((side * longer) + (usual * step) - 1) / (usual * step) * step;
        return (Side(height), Side(width));
    }
}
