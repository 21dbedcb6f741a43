using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>See <see cref="SgdOptimizer.ClipGradientNorm"/>.</summary>
internal static class GradientClipping
{
    // PyTorch adds it to the norm; a norm just above the limit is therefore scaled to just below it.
    private const double Margin = 1e-6;

    private static readonly Operator NormOperator = new("aten::_foreach_norm", "Scalar");
    private static readonly Operator MulInPlaceOperator = new("aten::_foreach_mul_", "Scalar");

    public static double Clip(IEnumerable<Tensor> parameters, double maxNorm)
    {
        if (!double.IsFinite(maxNorm) || maxNorm <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "The largest allowed norm must be finite and above 0.");
        }

        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        var gradients = new TensorList();
        foreach (var parameter in parameters)
        {
            if (parameter.Gradient is { } gradient)
            {
                gradients.Add(gradient);
            }
        }

        if (gradients.Count == 0)
        {
            return 0;
        }

        var norm = Tensor.Stack(NormOperator.InvokeList(gradients.Argument, 2.0)).Norm();
        // In the gradients' precision, as PyTorch does it: one rounding more or less would show in the last bits.
        var factor = (norm + Margin).Reciprocal().Mul(maxNorm).ToDouble();
        // Written so that NaN scales as well; a factor of 1 changes no bit.
        if (!(factor >= 1))
        {
            MulInPlaceOperator.Run(gradients.Argument, factor);
        }

        return norm.ToDouble();
    }
}
