namespace Cawb.Foreign;

/// <summary>The steps [begin, end) in which one of mmengine's schedulers changes the rate, and what a step is.</summary>
/// <param name="Begin">The first step.</param>
/// <param name="End">The step after the last one; <see cref="NoEnd"/> where there is none.</param>
/// <param name="StepsPerUnit">How many steps a number of the arguments is: the iterations of an epoch where epochs are turned into them (<c>convert_to_iter_based</c>), else 1.</param>
/// <param name="CountsEpochs">Whether a step is an epoch (<c>by_epoch</c>); otherwise it is an iteration.</param>
/// <param name="IsGiven">Whether the arguments say so.</param>
internal readonly record struct MmengineWindow(double Begin, double End, int StepsPerUnit, bool CountsEpochs, bool IsGiven)
{
    /// <summary>mmengine's stand-in for "no end".</summary>
    public const int NoEnd = 1_000_000_000;

    public const string Parameters = "begin=0, end=1000000000, last_step=-1, by_epoch=true, verbose=false";

    public double Steps => End - Begin;

    public static MmengineWindow Read(Arguments arguments, ForeignRequest request)
    {
        var isConverted = arguments.Knows("epoch_length") && (arguments.Has("epoch_length") || arguments.Flag("convert_to_iter_based"));
        var perUnit = !isConverted ? 1 : arguments.Has("epoch_length") ? arguments.Integer("epoch_length", atLeast: 1) : request.BatchesPerEpoch
            ?? throw arguments.Fault("convert_to_iter_based", "turns epochs into iterations: say how many an epoch has, with epoch_length or --batches");
        var begin = arguments.Number("begin", value => value >= 0, "0 or more") * perUnit;
        var end = arguments.Number("end") is var last && last < NoEnd ? last * perUnit : NoEnd;
        if (begin >= end)
            throw arguments.Fault("end", $"must lie after 'begin', {Text.Of(begin)}; got {Text.Of(end)}");
        if (arguments.Integer("last_step") != -1)
            throw arguments.Fault("last_step", "must be -1: resuming is not offered, because mmengine needs the state of its optimizer for it; step to the place instead");
        arguments.Flag("verbose");
        var byEpoch = arguments.Flag("by_epoch");
        return isConverted && !byEpoch
            ? throw arguments.Fault("by_epoch", "must be true where epochs are turned into iterations")
            : new MmengineWindow(begin, end, perUnit, byEpoch && !isConverted, isConverted || arguments.IsGiven("by_epoch"));
    }

    public bool Holds(double step) => Begin <= step && step < End;

    /// <summary>A curve that waits for the window and stops where it does: its last step is the one before its end, and what that left stays.</summary>
    /// <param name="clock">Of the steps.</param>
    /// <param name="curve">On the clock from the window's start on. It stops by itself where the second argument is true.</param>
    /// <param name="stops">Whether the curve stays where it is after the last step of the window, told so by its clock.</param>
    public Schedule Place(Clock clock, Func<Clock, Schedule> curve, bool stops = false)
    {
        var (inner, steps) = (clock.After(Begin), Steps);
        var endsInside = steps < inner.RunSteps;
        var schedule = curve(endsInside ? inner with { RunSteps = steps } : inner);
        if (endsInside && !stops && End < NoEnd)
            schedule = steps > 1 ? new RepeatSchedule(schedule, clock.At(steps - 1), times: 1) : new ConstantSchedule();
        return Begin > 0 ? new ShiftSchedule(schedule, clock.At(Begin)) : schedule;
    }
}
