using Cawb.Yolov5;

namespace Cawb.Foreign.Yolov5;

/// <summary>The rate of one group at a batch; time is in epochs.</summary>
internal sealed record Yolov5LearningRate(Yolov5Run Run, bool IsBias) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => Run.RateAt(Run.BatchAt(epochs), baseValue, IsBias);

    // Past the end, where nothing is trained, ours stays; the original's formula would go on.
    public override Schedule Candidate() => new Yolov5Schedule(
        Run.Epochs,
        (double)Run.WarmupBatches / Run.BatchesPerEpoch,
        IsBias ? Level.Absolute(Run.WarmupBiasRate) : Level.Zero,
        Run.FinalFactor,
        Run.IsCosine ? Yolov5Curve.Cosine : Yolov5Curve.Linear);
}
