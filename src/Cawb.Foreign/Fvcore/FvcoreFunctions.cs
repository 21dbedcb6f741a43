using System.Text.Json;

namespace Cawb.Foreign.Fvcore;

/// <summary>fvcore's <c>param_scheduler</c>. Time is <c>where</c>: 0 at the start, 1 at the end of the run. Values are absolute: base rates are not looked at.</summary>
internal static class FvcoreFunctions
{
    private static readonly (string Function, Signature Parameters, string Sentence, Func<Arguments, ForeignOnlySchedule> Make)[] Table =
    [
        ("ConstantParamScheduler", new Signature("value"),
            "One value; asking at the end of the run, where = 1, raises.",
            arguments => new FvcoreConstant(arguments.Number("value"))),
        ("CosineParamScheduler", new Signature("start_value, end_value"),
            "The end value is reached at the end of the run, and past it the value rises again along the same cosine.",
            arguments => new FvcoreCosine(arguments.Number("start_value"), arguments.Number("end_value"))),
        ("ExponentialParamScheduler", new Signature("start_value, decay"),
            "The value is start_value times decay at the end of the run and decays on past it.",
            arguments => new FvcoreExponential(arguments.Number("start_value"), arguments.Number("decay"))),
        ("LinearParamScheduler", new Signature("start_value, end_value"),
            "The end value is reached at the end of the run, and past it the line goes on.",
            arguments => new FvcoreLinear(arguments.Number("start_value"), arguments.Number("end_value"))),
        ("PolynomialDecayParamScheduler", new Signature("base_value, power"),
            "The value is 0 at the end of the run; past it the formula goes on and has no real value for powers that are not whole.",
            arguments => new FvcorePolynomial(arguments.Number("base_value"), arguments.Number("power"))),
        ("StepParamScheduler", new Signature("num_updates, values"),
            "Each value holds from its share of the run itself on (a millionth earlier); asking at the end of the run, where = 1, raises.",
            Steps),
        ("MultiStepParamScheduler", new Signature("values, num_updates=null, milestones=null"),
            "Each value holds from its milestone itself on (a millionth of the run earlier), and past the end the last value stays.",
            FvcoreMultiStep.Read),
        ("StepWithFixedGammaParamScheduler", new Signature("base_value, num_decays, gamma, num_updates"),
            "The run is cut into num_decays + 1 equal parts of whole updates, rounded up, and past the end the last value stays.",
            FixedGamma),
        ("CompositeParamScheduler", new Signature("schedulers, lengths, interval_scaling"),
            "A part begins a millionth of the run before its boundary, and past the end the last part does what it does alone.",
            Composite),
    ];

    private static IReadOnlyList<double> ShareTimes { get; } = [.. Enumerable.Range(0, 1537).Select(i => i / 1024.0)];

    public static IEnumerable<ForeignFunction> All => Table.Select(entry => new ForeignFunction($"fvcore.{entry.Function}", entry.Parameters, entry.Sentence, request =>
    {
        var schedule = entry.Make(request.Arguments);
        return ForeignOnlySchedule.Recipe(request, _ => schedule) with { CheckTimes = ShareTimes, Length = 1 };
    }));

    private static FvcoreSteps Steps(Arguments arguments)
    {
        arguments.Number("num_updates", count => count > 0, "above 0");
        return arguments.Numbers("values") is { Length: > 0 } values ? new FvcoreSteps(values) : throw arguments.Fault("values", "must have at least one number");
    }

    private static FvcoreMultiStep FixedGamma(Arguments arguments)
    {
        var (start, gamma, decays) = (arguments.Number("base_value"), arguments.Number("gamma"), arguments.Integer("num_decays", atLeast: 0));
        var updates = arguments.Number("num_updates", count => count > 0, "above 0");
        double[] values = [.. Enumerable.Range(0, decays + 1).Select(i => start * Math.Pow(gamma, i))];
        var width = Math.Ceiling(updates / values.Length);
        double[] milestones = [.. Enumerable.Range(1, decays).Select(i => width * i)];
        return milestones.All(milestone => milestone < updates)
            ? new FvcoreMultiStep(values, milestones, updates)
            : throw arguments.Fault("num_decays", $"leaves parts of {Text.Of(width)} updates, too long for {Text.Of(updates)} updates");
    }

    private static FvcoreComposite Composite(Arguments arguments)
    {
        var schedules = arguments.Elements("schedulers").Select((item, i) => Member(arguments, $"schedulers[{i}]", item)).ToList();
        var shares = arguments.Numbers("lengths");
        var scalings = arguments.Elements("interval_scaling").Select((item, i) => item.ValueEqualsText("rescaled") || (item.ValueEqualsText("fixed")
            ? false
            : throw arguments.Fault($"interval_scaling[{i}]", $"must be \"rescaled\" or \"fixed\"; got {Arguments.Describe(item)}"))).ToList();
        if (schedules.Count == 0 || shares.Length != schedules.Count || scalings.Count != schedules.Count)
            throw arguments.Fault("lengths", $"must be as many as there are schedulers and interval scalings, at least one; got {shares.Length}, {schedules.Count} and {scalings.Count}");
        return Math.Abs(shares.Sum() - 1) <= 1e-12
            ? new FvcoreComposite([.. schedules.Select((schedule, i) => (schedule, shares[i], scalings[i]))])
            : throw arguments.Fault("lengths", $"must add up to 1; got {Text.List(shares)}");
    }

    private static ForeignOnlySchedule Member(Arguments owner, string place, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw owner.Fault(place, $"must be an object with a \"type\" such as \"LinearParamScheduler\"; got {Arguments.Describe(item)}");
        var name = type.GetString() ?? "";
        return Table.FirstOrDefault(entry => entry.Function == name) is { Function: not null } found
            ? found.Make(Arguments.Read($"{owner.Owner}: {place} ({name})", found.Parameters, item, tag: "type"))
            : throw owner.Fault(place, $"names no scheduler: '{name}'.{NearestName.Suggestion(name, Table.Select(entry => entry.Function))}");
    }

    private static bool ValueEqualsText(this JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);
}
