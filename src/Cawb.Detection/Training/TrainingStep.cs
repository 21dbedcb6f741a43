using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>What one batch does to a model: gradients by <see cref="Accumulate"/>, then weights and their average by <see cref="Apply"/>.</summary>
/// <remarks>Gradients of several batches add up until they are applied; the loss is a sum over pictures, so they are not divided by the number of batches.</remarks>
/// <param name="model">The network that is trained, its tensors marked for autograd by <see cref="ParameterGroups"/>; outlives this object.</param>
/// <param name="optimizer">Over the model's trained tensors.</param>
/// <param name="average">Follows the weights.</param>
/// <param name="loss">What is made small.</param>
/// <param name="maxGradientNorm">Gradients longer than this, over all tensors together, are shortened to it.</param>
public sealed class TrainingStep(YoloModel model, SgdOptimizer optimizer, WeightAverage average, DetectionLoss loss, double maxGradientNorm)
{
    private readonly Tensor[] trained = [.. model.Tensors.Select(tensor => tensor.Value).Where(tensor => tensor.RequiresGrad)];

    /// <summary>Forward, loss and backward of one batch; leaves no tensor behind but the gradients.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1.</param>
    /// <param name="labels">The labelled boxes of the batch.</param>
    public LossTerms Accumulate(Tensor images, ReadOnlySpan<LabelRow> labels)
    {
        using var scope = TensorScope.Begin();
        var result = Forward(images, labels);
        result.Total.Backward();
        return new LossTerms(result.Box, result.Objectness, result.Class, result.Total.Detach().ToDouble());
    }

    /// <summary>Clips the gradients, changes the weights, clears the gradients, updates the average.</summary>
    /// <returns>The norm of all gradients together, before clipping. If it is not finite, nothing was changed.</returns>
    public double Apply()
    {
        using var scope = TensorScope.Begin();
        using var noGrad = Autograd.NoGrad();
        var norm = SgdOptimizer.ClipGradientNorm(trained, maxGradientNorm);
        if (!double.IsFinite(norm))
        {
            return norm;
        }

        optimizer.Step();
        optimizer.ZeroGradients();
        average.Update();
        return norm;
    }

    // The maps and all that leads to them are freed before backward: autograd keeps what it needs, and less memory is touched.
    private LossResult Forward(Tensor images, ReadOnlySpan<LabelRow> labels)
    {
        using var scope = TensorScope.Begin();
        var result = loss.Compute(model.Forward(images, training: true), labels);
        scope.Keep(result.Total);
        return result;
    }
}
