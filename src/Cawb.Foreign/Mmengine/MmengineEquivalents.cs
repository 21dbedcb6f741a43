namespace Cawb.Foreign.Mmengine;

/// <summary>Cawb's own schedules for mmengine's: a curve that waits for its window and stops where the window does.</summary>
internal static class MmengineEquivalents
{
    /// <summary>The schedule of a group; none where the library's curve is none of ours.</summary>
    public static Schedule? Of(string function, Arguments arguments)
    {
        var epochLength = arguments.IntegerOrNone("epoch_length") ?? 1;
        var begin = arguments.Number("begin") * epochLength;
        var end = arguments.Number("end") is var last && last < MmengineScheduler.NoEnd ? last * epochLength : double.PositiveInfinity;
        return function switch
        {
            "ConstantLR" => Constant(Level.Factor(arguments.Number("factor")), begin, end - 1),
            "LinearLR" => Line(arguments, begin, end - begin - 1),
            "PolyLR" => Equivalent.Delayed(new PolynomialSchedule(end - begin - 1, arguments.Number("power"), Level.Base, Level.Absolute(arguments.Number("eta_min"))), begin),
            "ExponentialLR" => InWindow(new ExponentialSchedule(arguments.Number("gamma")), begin, end),
            "StepLR" => InWindow(new StepSchedule((double)arguments.Integer("step_size") * epochLength, arguments.Number("gamma")), begin, end),
            "MultiStepLR" => InWindow(Equivalent.Milestones(arguments.Numbers("milestones").Select(step => step * epochLength), arguments.Number("gamma")), begin, end),
            "CosineAnnealingLR" => InWindow(
                Equivalent.EndlessCosine(arguments.Has("T_max") ? arguments.Number("T_max") * epochLength : end - begin, Level.Base, Floor(arguments)), begin, end),
            "CosineRestartLR" => Restarts(arguments, epochLength, begin, end),
            _ => null,
        };
    }

    private static PiecewiseConstantSchedule Constant(Level factor, double begin, double end)
    {
        double[] boundaries = [.. new[] { begin, end }.Where(boundary => boundary > 0 && double.IsFinite(boundary))];
        Level[] levels = [.. begin > 0 ? [Level.Base] : Array.Empty<Level>(), factor, .. double.IsFinite(end) ? [Level.Base] : Array.Empty<Level>()];
        return new PiecewiseConstantSchedule(boundaries, levels);
    }

    private static Schedule Line(Arguments arguments, double begin, double steps)
    {
        var line = new LinearSchedule(steps, Level.Factor(arguments.Number("start_factor")), Level.Factor(arguments.Number("end_factor")));
        return begin > 0 ? new SequenceSchedule([new ConstantSchedule(), line], [begin]) : line;
    }

    private static Schedule? Restarts(Arguments arguments, int epochLength, double begin, double end)
    {
        double[] periods = [.. arguments.Numbers("periods").Select(period => period * epochLength)];
        var weights = arguments.Numbers("restart_weights");
        if (begin > 0 && weights[0] != 1)
            return null;
        var (ends, start) = (new List<double>(), 0.0);
        foreach (var period in periods)
            ends.Add(start += period);
        var curve = new SequenceSchedule(periods.Select((period, i) => new CosineSchedule(period, Level.Factor(weights[i]), Floor(arguments))), ends.SkipLast(1));
        return InWindow(curve, begin, Math.Min(end, begin + start));
    }

    private static Level Floor(Arguments arguments) =>
        MmengineFloor.Read(arguments) is { IsShare: true } share ? Level.Factor(share.Amount) : Level.Absolute(MmengineFloor.Read(arguments).Amount);

    // The last step of a window is the one before its end, and what it left stays: one repetition of that length does just that.
    private static Schedule InWindow(Schedule curve, double begin, double end) =>
        Equivalent.Delayed(double.IsFinite(end) ? new RepeatSchedule(curve, end - begin - 1, times: 1) : curve, begin);
}
