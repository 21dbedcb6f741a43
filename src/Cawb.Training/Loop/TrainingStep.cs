using Cawb.Detection.Data;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Detection;
using Cawb.Training.Ranks;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>What one batch does to a model: gradients by <see cref="Accumulate"/>, then weights and their average by <see cref="Apply"/>.</summary>
/// <remarks>
/// Gradients of several batches add up until they are applied; the loss is a sum over images, so they are not divided by the number of batches. For the same reason each of several ranks
/// gathers its own, and they are added up once, when they are applied.
/// </remarks>
/// <param name="model">The network that is trained; outlives this object.</param>
/// <param name="groups">Of the model.</param>
/// <param name="average">Follows the weights.</param>
/// <param name="loss">What is made small.</param>
/// <param name="maxGradientNorm">Gradients longer than this, over all tensors together, are shortened to it.</param>
/// <param name="exchange">With the other ranks.</param>
public sealed class TrainingStep(YoloModel model, ParameterGroups groups, WeightAverage average, DetectionLoss loss, double maxGradientNorm, StepExchange exchange)
{
    /// <summary>For a process that trains alone.</summary>
    /// <inheritdoc cref="TrainingStep(YoloModel, ParameterGroups, WeightAverage, DetectionLoss, double, StepExchange)" />
    public TrainingStep(YoloModel model, ParameterGroups groups, WeightAverage average, DetectionLoss loss, double maxGradientNorm)
        : this(model, groups, average, loss, maxGradientNorm, new StepExchange(OneRank.Only, model, sharesNorms: false, inAnyOrder: false))
    {
    }

    /// <summary>Whether gradients are gathered that are not applied. Setting it is for going on from a checkpoint.</summary>
    public bool IsGathering { get; set; }

    /// <summary>Forward, loss and backward of one batch; leaves no tensor behind but the gradients.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; this rank's part of the batch, which may be empty.</param>
    /// <param name="labels">The labelled boxes of the part.</param>
    /// <returns>The loss of the whole batch.</returns>
    public LossTerms Accumulate(Tensor images, ReadOnlySpan<LabelRow> labels)
    {
        using var scope = NewDisposeScope();
        IsGathering = true;
        try
        {
            var result = Forward(images, labels);
            result.Total.backward();
            return exchange.Sum(new LossTerms(result.Box, result.Objectness, result.Class, result.Total.detach().to(ScalarType.Float64).item<double>()), images.size(0));
        }
        catch (Exception fault) when (EngineException.Annotate(fault, "training step", images))
        {
            throw;
        }
    }

    /// <summary>Adds the gradients of all ranks up, clips them, changes the weights, clears the gradients, updates the average.</summary>
    /// <returns>The norm of all gradients together, before clipping. If it is not finite, the weights are as before.</returns>
    public double Apply()
    {
        using var scope = NewDisposeScope();
        exchange.SumGradients(groups.Gradients);
        var norm = groups.ClipGradients(maxGradientNorm);
        if (double.IsFinite(norm))
        {
            groups.Optimizer.step();
            Forget();
            average.Update();
        }

        return norm;
    }

    /// <summary>Drops the gradients that are gathered.</summary>
    public void Forget()
    {
        using var scope = NewDisposeScope();
        groups.Optimizer.zero_grad();
        IsGathering = false;
    }

    // The maps and all that leads to them are freed before backward: autograd keeps what it needs, and less memory is touched.
    private LossResult Forward(Tensor images, ReadOnlySpan<LabelRow> labels)
    {
        using var scope = NewDisposeScope();
        var targets = loss.Match(images.size(0), images.size(2), images.size(3), images.dtype, labels);
        var result = loss.Compute(model.Forward(images, training: true), targets);
        result.Total.MoveToOuterDisposeScope();
        return result;
    }
}
