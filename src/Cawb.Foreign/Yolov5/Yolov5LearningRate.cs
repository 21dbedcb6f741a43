namespace Cawb.Foreign.Yolov5;

/// <summary>The rate of one group at a batch; time is in epochs.</summary>
internal sealed record Yolov5LearningRate(Yolov5Run Run, bool IsBias) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => Run.RateAt(Run.BatchAt(epochs), baseValue, IsBias);
}
