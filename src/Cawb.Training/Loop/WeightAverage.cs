using Cawb.Detection;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>A moving average of a model's weights and running statistics, which evaluation uses.</summary>
/// <remarks>
/// After each optimizer step number u: <c>average = d average + (1 - d) current</c> with <c>d = 0.9999 (1 - exp(-u / 2000))</c>, so that the average follows closely at the
/// start. Source: YOLOv5 7.0.
/// </remarks>
public sealed class WeightAverage : IDisposable
{
    private const double DefaultDecay = 0.9999;
    private const double DefaultRampSteps = 2000;
    private readonly YoloModel source;
    private readonly Tensor[] current;
    private readonly Tensor[] average;

    /// <summary>An average that starts as a copy.</summary>
    /// <param name="source">The model that is trained; outlives this object.</param>
    /// <param name="frozenLayers">The trained tensors of this many layers from the start on keep their bits; a blend of two equal numbers could round to a third.</param>
    public WeightAverage(YoloModel source, int frozenLayers = 0)
    {
        this.source = source;
        Model = new YoloModel(source.Size, source.ClassCount, source.Anchors, source.Type, source.Device);
        current = Blended(source);
        average = Blended(Model);
        Reset();

        Tensor[] Blended(YoloModel model) => Array.ConvertAll(
            Enum.GetValues<WeightSection>(),
            section => model.Memory.From(section, section == WeightSection.Statistics ? 0 : frozenLayers).DetachFromDisposeScope());
    }

    /// <summary>The network with the averaged weights; owned by this object.</summary>
    public YoloModel Model { get; }

    /// <summary>Updates so far. Setting it is for going on from a checkpoint.</summary>
    public long Updates { get; set; }

    /// <summary>The share of the old average that stays at update number <paramref name="updates"/>.</summary>
    public static double DecayAt(long updates, double decay = DefaultDecay, double rampSteps = DefaultRampSteps) =>
        decay * (1 - Math.Exp(-updates / rampSteps));

    /// <summary>Makes the average a copy of the current weights again.</summary>
    public void Reset()
    {
        Model.CopyFrom(source);
        Updates = 0;
    }

    /// <summary>Takes the current weights into the average.</summary>
    public void Update()
    {
        Updates++;
        Blend(average, current, DecayAt(Updates));
    }

    /// <summary><c>average = decay average + (1 - decay) current</c>, tensor by tensor.</summary>
    internal static void Blend(ReadOnlySpan<Tensor> average, ReadOnlySpan<Tensor> current, double decay)
    {
        using var noGrad = no_grad();
        for (var i = 0; i < average.Length; i++)
        {
            average[i].Scale_(decay).Add_(current[i], 1 - decay);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Array.ForEach([.. current, .. average], view => view.Dispose());
        Model.Dispose();
    }
}
