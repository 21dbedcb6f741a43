namespace Cawb.Foreign.Yolov5;

/// <summary>The momentum at a batch; time is in epochs.</summary>
internal sealed record Yolov5Momentum(Yolov5Run Run) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => Run.MomentumAt(Run.BatchAt(epochs));

    public override Schedule Candidate() =>
        new LinearSchedule((double)Run.WarmupBatches / Run.BatchesPerEpoch, Level.Absolute(Run.WarmupMomentum), Level.Absolute(Run.Momentum));
}
