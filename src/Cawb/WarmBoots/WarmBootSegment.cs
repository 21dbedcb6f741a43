namespace Cawb;

/// <summary>A stretch of a <see cref="CawbSchedule"/> between two boots.</summary>
/// <param name="StartEpochs">b(i): the warm-up's end or the boot that starts it; belongs to the segment.</param>
/// <param name="EndEpochs">b(i+1): the next boot or the end of the run; does not belong to it.</param>
/// <param name="CurveEpochs">y(i): the length of the annealing curve, stretched in all but the last segment.</param>
/// <param name="Scale">StepScale^i: what multiplies the curve.</param>
public readonly record struct WarmBootSegment(double StartEpochs, double EndEpochs, double CurveEpochs, double Scale);
