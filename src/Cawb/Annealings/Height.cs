namespace Cawb;

/// <summary>The check that annealings with a height and a floor share.</summary>
internal static class Height
{
    public static (double Scale, double Offset) Checked(double scale, double offset)
    {
        Require.Finite(scale);
        Require.NotNegative(offset);
        // Not `scale + offset < 0`, which an overflow to infinity would pass.
        if (double.IsFinite(scale + offset) && scale + offset >= 0)
            return (scale, offset);
        throw new ArgumentOutOfRangeException(
            nameof(scale), $"scale + offset, the start of the curve, must be finite and 0 or above; got {Require.Text(scale)} + {Require.Text(offset)}.");
    }
}
