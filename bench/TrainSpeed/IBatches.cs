using Cawb.Detection.Data;
using static TorchSharp.torch;

namespace TrainSpeed;

/// <summary>Where the batches come from.</summary>
internal interface IBatches : IDisposable
{
    (Tensor Images, LabelRow[] Labels) Next();
}
