using Cawb.Detection;

using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>The Euclidean norm of gradients, and a limit on it.</summary>
internal static class GradientNorm
{
    // PyTorch adds it to the norm; a norm just above the limit is therefore scaled to just below it.
    private const double Margin = 1e-6;

    // The engine adds up squares one after another: over a million of them, single precision is off by two in ten thousand. Over rows it is not.
    private const long RowLength = 4096;

    /// <summary>
    /// Scales all gradients by one factor so that the norm of all of them together is at most a limit: <c>g *= min(1, limit / (norm + 1e-6))</c>, as PyTorch's
    /// <c>clip_grad_norm_</c>.
    /// </summary>
    /// <param name="gradients">One dimension each; changed in place.</param>
    /// <param name="limit">Finite and above 0.</param>
    /// <returns>The norm before scaling, in the gradients' precision. If it is not finite, the gradients are of no use.</returns>
    public static double Limit(IReadOnlyList<Tensor> gradients, double limit)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var norm = cat([.. gradients.Select(RowNorms)]).norm();

        // In the gradients' precision, as PyTorch does it: one rounding more or less would show in the last bits.
        var factor = norm.Plus(Margin).reciprocal().Times(limit).to(ScalarType.Float64).item<double>();

        // Written so that NaN scales as well; a factor of 1 changes no bit.
        if (!(factor >= 1))
        {
            foreach (var gradient in gradients)
            {
                gradient.Scale_(factor);
            }
        }

        return norm.to(ScalarType.Float64).item<double>();
    }

    private static Tensor RowNorms(Tensor gradient)
    {
        var rows = gradient.numel() / RowLength;
        var rest = gradient.numel() - (rows * RowLength);
        return cat([gradient.narrow(0, 0, rows * RowLength).view(rows, RowLength).norm(1), gradient.narrow(0, rows * RowLength, rest).norm().view(1)]);
    }
}
