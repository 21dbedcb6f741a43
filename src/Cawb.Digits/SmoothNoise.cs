using Cawb.Detection.Data;
using Cawb.Detection.Images;

namespace Cawb.Digits;

/// <summary>The background: a colour that drifts slowly over the image.</summary>
internal static class SmoothNoise
{
    private const double CoarseAmplitude = 38;
    private const double FineAmplitude = 12;
    private const int CoarseCells = 3;
    private const int FineCells = 9;

    internal static void Fill(Canvas canvas, ref DrawSequence draws)
    {
        for (var channel = 0; channel < Image.Channels; channel++)
        {
            var mean = draws.Between(40, 215);
            var coarse = Lattice(CoarseCells, CoarseAmplitude, ref draws);
            var fine = Lattice(FineCells, FineAmplitude, ref draws);
            for (var y = 0; y < canvas.Side; y++)
            {
                for (var x = 0; x < canvas.Side; x++)
                {
                    var value = mean + At(coarse, CoarseCells, x, y, canvas.Side) + At(fine, FineCells, x, y, canvas.Side);
                    canvas[x, y][channel] = Math.Clamp(value, 0, 255);
                }
            }
        }
    }

    /// <summary>Independent noise on every value, so that no two pixels of a flat area are quite alike.</summary>
    internal static void AddGrain(Canvas canvas, double amplitude, ref DrawSequence draws)
    {
        for (var y = 0; y < canvas.Side; y++)
        {
            for (var x = 0; x < canvas.Side; x++)
            {
                var pixel = canvas[x, y];
                for (var channel = 0; channel < Image.Channels; channel++)
                {
                    pixel[channel] += draws.Between(-amplitude, amplitude);
                }
            }
        }
    }

    private static double[] Lattice(int cells, double amplitude, ref DrawSequence draws)
    {
        var values = new double[(cells + 1) * (cells + 1)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = draws.Between(-amplitude, amplitude);
        }

        return values;
    }

    private static double At(double[] lattice, int cells, int x, int y, int side)
    {
        var u = (x + 0.5) * cells / side;
        var v = (y + 0.5) * cells / side;
        var column = (int)u;
        var row = (int)v;
        var a = Ease(u - column);
        var b = Ease(v - row);
        var stride = cells + 1;
        var corner = row * stride + column;
        var upper = lattice[corner] + (lattice[corner + 1] - lattice[corner]) * a;
        var lower = lattice[corner + stride] + (lattice[corner + stride + 1] - lattice[corner + stride]) * a;
        return upper + (lower - upper) * b;
    }

    private static double Ease(double t) => t * t * (3 - 2 * t);
}
