using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>fvcore's <c>param_scheduler</c>. Time is <c>where</c>: 0 at the start, 1 at the end of the run. Values are absolute: base rates are not looked at.</summary>
internal static class Fvcore
{
    /// <summary>What fvcore adds to <c>where</c> against rounding.</summary>
    private const double Slack = 1e-6;

    private static readonly (string Function, Signature Parameters, string Sentence, Func<Arguments, ForeignRequest, Clock, Schedule> Make)[] Table =
    [
        ("ConstantParamScheduler", new("value"),
            "One value; asking at the end of the run, where = 1, raises.",
            (a, _, _) => new ConstantSchedule(Level.Absolute(a.Number("value")))),
        ("CosineParamScheduler", new("start_value, end_value"),
            "The end value is reached at the end of the run, and past it the value rises again along the same cosine.",
            (a, _, clock) => Shapes.Wave(clock, 1, Start(a), End(a))),
        ("ExponentialParamScheduler", new("start_value, decay"),
            "The value is start_value times decay at the end of the run and decays on past it.",
            (a, request, clock) => Shapes.OnBase(a.Number("start_value"), Shapes.Powers(request, a.Number("decay"), 1, isStaircase: false, clock))),
        ("LinearParamScheduler", new("start_value, end_value"),
            "The end value is reached at the end of the run, and past it the line goes on.",
            (a, request, clock) => Ending(
                request, clock, new LinearSchedule(clock.At(1), Start(a), End(a)), where => a.Number("end_value") * where + a.Number("start_value") * (1 - where))),
        ("PolynomialDecayParamScheduler", new("base_value, power"),
            "The value is 0 at the end of the run; past it the formula goes on and has no real value for powers that are not whole.",
            (a, request, clock) => Ending(
                request,
                clock,
                Shapes.Line(clock, 1, a.Number("power"), Level.Absolute(a.Number("base_value")), Level.Absolute(0)),
                where => Math.Pow(1 - where, a.Number("power")) is var factor && double.IsNaN(factor) ? 0 : a.Number("base_value") * factor)),
        ("StepParamScheduler", new("num_updates, values"),
            "Each value holds from its share of the run itself on (a millionth earlier); asking at the end of the run, where = 1, raises.",
            (a, _, clock) => Updates(clock, Values(a), Enumerable.Range(1, Values(a).Length - 1).Select(i => (double)i), Values(a).Length)),
        ("MultiStepParamScheduler", new("values, num_updates=null, milestones=null"),
            "Each value holds from its milestone itself on (a millionth of the run earlier), and past the end the last value stays.",
            (a, _, clock) => MultiStep(a, clock)),
        ("StepWithFixedGammaParamScheduler", new("base_value, num_decays, gamma, num_updates"),
            "The run is cut into num_decays + 1 equal parts of whole updates, rounded up, and past the end the last value stays.",
            (a, _, clock) => FixedGamma(a, clock)),
        ("CompositeParamScheduler", new("schedulers, lengths, interval_scaling"),
            "A part begins a millionth of the run before its boundary, and past the end the last part does what it does alone.",
            Composite),
    ];

    public static IEnumerable<ForeignFunction> Rows => Table.Select(row => new ForeignFunction(
        $"fvcore.{row.Function}",
        row.Parameters,
        ForeignTimeUnit.Run,
        row.Sentence,
        request => request.Recipe(row.Make(request.Arguments, request, request.Clock)) with { Run = 1, FaultAt = FaultOf(row.Function, request.Arguments) })
    {
        HasOwnRates = true,
    });

    private static Level Start(Arguments arguments) => Level.Absolute(arguments.Number("start_value"));

    private static Level End(Arguments arguments) => Level.Absolute(arguments.Number("end_value"));

    private static double[] Values(Arguments arguments)
    {
        arguments.Number("num_updates", count => count > 0, "above 0");
        return arguments.Numbers("values") is { Length: > 0 } values ? values : throw arguments.Fault("values", "must have at least one number");
    }

    private static Func<double, string> FaultOf(string function, Arguments arguments) => function switch
    {
        "ConstantParamScheduler" => where => where >= 1 ? "the library accepts a 'where' below 1 only." : "",
        "StepParamScheduler" => where => Math.Truncate((where + Slack) * Values(arguments).Length) >= Values(arguments).Length ? "the library's list of values has none for this 'where'." : "",
        "CompositeParamScheduler" => where => FaultInPart(arguments, where),
        _ => _ => "",
    };

    /// <summary>Ours up to the end of the run; a formula where what comes after it counts.</summary>
    private static Schedule Ending(ForeignRequest request, Clock clock, Schedule ours, Func<double, double> formula) => clock.RunSteps <= 1
        ? ours
        : request.Formula("goes on past the end of the run, where ours stay: for a run of known length ours have its numbers", (where, _) => formula(where / clock.Stretch), Text.Of(clock.Offset));

    private static Schedule Updates(Clock clock, IEnumerable<double> values, IEnumerable<double> milestones, double updateCount) =>
        Shapes.Levels(clock, [.. milestones.Select(milestone => milestone / updateCount - Slack)], [.. values.Select(Level.Absolute)]);

    private static Schedule MultiStep(Arguments arguments, Clock clock)
    {
        var values = arguments.Numbers("values");
        if (!arguments.Has("num_updates") && !arguments.Has("milestones"))
            throw arguments.Fault("num_updates", "is missing, and so is 'milestones': give at least one of them");
        var milestones = arguments.Has("milestones") ? arguments.Numbers("milestones") : Even(values.Length, arguments.Number("num_updates"));
        var updateCount = arguments.NumberOrNone("num_updates") ?? 0;
        if (!arguments.Has("num_updates"))
        {
            if (milestones.Length == 0)
                throw arguments.Fault("milestones", "is empty, and without 'num_updates' its last entry is the number of updates");
            (updateCount, milestones) = (milestones[^1], milestones[..^1]);
        }
        if (values.Length != milestones.Length + 1)
            throw arguments.Fault("values", $"must have one number more than there are milestones; got {values.Length} for {milestones.Length}");
        if (milestones.Any(milestone => milestone >= updateCount))
            throw arguments.Fault("milestones", $"must lie below the number of updates, {Text.Of(updateCount)}; got {Text.List(milestones)}");
        return milestones.Zip(milestones.Skip(1)).All(pair => pair.First < pair.Second)
            ? Updates(clock, values, milestones, updateCount)
            : throw arguments.Fault("milestones", $"must increase; got {Text.List(milestones)}");
    }

    private static double[] Even(int valueCount, double updateCount) =>
        [.. Enumerable.Range(1, Math.Max(valueCount - 1, 0)).Select(i => Math.Ceiling(updateCount / valueCount) * i)];

    private static Schedule FixedGamma(Arguments arguments, Clock clock)
    {
        var (start, gamma, decays) = (arguments.Number("base_value"), arguments.Number("gamma"), arguments.Integer("num_decays", atLeast: 0));
        var updates = arguments.Number("num_updates", count => count > 0, "above 0");
        var milestones = Even(decays + 1, updates);
        return milestones.All(milestone => milestone < updates)
            ? Updates(clock, Enumerable.Range(0, decays + 1).Select(i => start * Math.Pow(gamma, i)), milestones, updates)
            : throw arguments.Fault("num_decays", $"leaves parts of {Text.Of(Math.Ceiling(updates / (decays + 1)))} updates, too long for {Text.Of(updates)} updates");
    }

    private static Schedule Composite(Arguments arguments, ForeignRequest request, Clock clock)
    {
        var parts = Parts(arguments);
        var (schedules, starts) = (new List<Schedule>(), new List<double>());
        for (var (i, start) = (0, 0.0); i < parts.Count; start += parts[i].Share, i++)
        {
            var (share, isRescaled) = (parts[i].Share, parts[i].IsRescaled);
            // A part that another one follows is never asked past its own end.
            var run = i < parts.Count - 1 ? 1 : isRescaled ? (clock.RunSteps - start) / share : clock.RunSteps;
            var part = parts[i].Make(request, clock with { RunSteps = run, Stretch = isRescaled ? clock.Stretch * share : clock.Stretch, Offset = start });
            // Entered a millionth early, it has its own moment 0 at the boundary; one that is not rescaled sees the whole run's time.
            var entry = i == 0 ? 0 : start - Slack;
            var shift = clock.At(isRescaled ? (i == 0 ? 0 : Slack) : -entry);
            schedules.Add(shift == 0 ? part : new ShiftSchedule(part, shift));
            if (i > 0)
                starts.Add(clock.At(entry));
        }
        return schedules.Count == 1 ? schedules[0] : new SequenceSchedule(schedules, starts);
    }

    private static string FaultInPart(Arguments arguments, double where)
    {
        var parts = Parts(arguments);
        var (i, end) = (0, parts[0].Share);
        for (; i < parts.Count - 1 && where + Slack > end; end += parts[i].Share)
            i++;
        return parts[i].FaultAt(parts[i].IsRescaled ? (where - (end - parts[i].Share)) / parts[i].Share : where);
    }

    private static List<(Func<ForeignRequest, Clock, Schedule> Make, Func<double, string> FaultAt, double Share, bool IsRescaled)> Parts(Arguments arguments)
    {
        var (schedulers, shares) = (arguments.Elements("schedulers"), arguments.Numbers("lengths"));
        var scalings = arguments.Elements("interval_scaling").Select((item, i) => item.ValueEqualsText("rescaled") || (item.ValueEqualsText("fixed")
            ? false
            : throw arguments.Fault($"interval_scaling[{i}]", $"must be \"rescaled\" or \"fixed\"; got {Arguments.Describe(item)}"))).ToList();
        if (schedulers.Count == 0 || shares.Length != schedulers.Count || scalings.Count != schedulers.Count)
            throw arguments.Fault("lengths", $"must be as many as there are schedulers and interval scalings, at least one; got {shares.Length}, {schedulers.Count} and {scalings.Count}");
        if (Math.Abs(shares.Sum() - 1) > 1e-12)
            throw arguments.Fault("lengths", $"must add up to 1; got {Text.List(shares)}");
        if (shares.Any(share => share <= 0))
            throw arguments.Fault("lengths", $"must be above 0; got {Text.List(shares)}");
        return [.. schedulers.Select((item, i) => Member(arguments, $"schedulers[{i}]", item) is var (make, faultAt) ? (make, faultAt, shares[i], scalings[i]) : default)];
    }

    private static (Func<ForeignRequest, Clock, Schedule> Make, Func<double, string> FaultAt) Member(Arguments owner, string place, JsonElement item)
    {
        var name = owner.NameIn(place, item, "type", "LinearParamScheduler");
        if (Table.FirstOrDefault(row => row.Function == name) is not { Function: not null } found)
            throw owner.Fault(place, $"names no scheduler: '{name}'.{NearestName.Suggestion(name, Table.Select(row => row.Function))}");
        var arguments = Arguments.Read($"{owner.Owner}: {place} ({name})", found.Parameters, item, tag: "type");
        return ((request, clock) => found.Make(arguments, request, clock), FaultOf(name, arguments));
    }

    private static bool ValueEqualsText(this JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);
}
