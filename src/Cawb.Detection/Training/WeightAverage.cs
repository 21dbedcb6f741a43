using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>A moving average of a model's weights and running statistics, which evaluation uses.</summary>
/// <remarks>
/// After each optimizer step number u: <c>average = d average + (1 - d) current</c> with <c>d = 0.9999 (1 - exp(-u / 2000))</c>, so that the average follows closely at the
/// start. Source: YOLOv5 7.0.
/// </remarks>
public sealed class WeightAverage : IDisposable
{
    private const double DefaultDecay = 0.9999;
    private const double DefaultRampSteps = 2000;
    private readonly Tensor[] current;
    private readonly Tensor[] average;

    /// <summary>An average that starts as a copy.</summary>
    /// <param name="source">The model that is trained; outlives this object.</param>
    public WeightAverage(YoloModel source)
    {
        Model = new YoloModel(source.Size, source.ClassCount, source.Anchors, source.Type, source.Device);
        current = [.. source.Tensors.Select(tensor => tensor.Value)];
        average = [.. Model.Tensors.Select(tensor => tensor.Value)];
        using var noGrad = Autograd.NoGrad();
        for (var i = 0; i < current.Length; i++)
        {
            average[i].CopyFrom(current[i]);
        }
    }

    /// <summary>The network with the averaged weights; owned by this object.</summary>
    public YoloModel Model { get; }

    /// <summary>Updates so far. Setting it is for going on from a checkpoint.</summary>
    public long Updates { get; set; }

    /// <summary>The share of the old average that stays at update number <paramref name="updates"/>.</summary>
    public static double DecayAt(long updates, double decay = DefaultDecay, double rampSteps = DefaultRampSteps) =>
        decay * (1 - Math.Exp(-updates / rampSteps));

    /// <summary>Takes the current weights into the average.</summary>
    public void Update()
    {
        Updates++;
        Blend(average, current, DecayAt(Updates));
    }

    /// <summary><c>average = decay average + (1 - decay) current</c>, tensor by tensor.</summary>
    internal static void Blend(ReadOnlySpan<Tensor> average, ReadOnlySpan<Tensor> current, double decay)
    {
        using var noGrad = Autograd.NoGrad();
        for (var i = 0; i < average.Length; i++)
        {
            average[i].MulInPlace(decay).AddInPlace(current[i], 1 - decay);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Model.Dispose();
}
