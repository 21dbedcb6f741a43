namespace Cawb.Foreign;

/// <summary>The schedulers that are made of others.</summary>
internal static partial class Torch
{
    private static List<TorchCurve> Members(Arguments arguments)
    {
        var members = arguments.Elements("schedulers").Select((element, i) => Member(arguments, $"schedulers[{i}]", element)).ToList();
        return members.Count > 0 ? members : throw arguments.Fault("schedulers", "must have at least one scheduler");
    }

    /// <summary>The initial rate that the constructors of several schedulers on one optimizer leave, made one after the other.</summary>
    private static double InitialOf(List<TorchCurve> members, int group, double baseRate)
    {
        var initial = baseRate;
        for (var i = 0; i < members.Count; i++)
            initial = members[i].InitialRate(group, initial, i > 0);
        return initial;
    }

    private static TorchCurve Sequence(Arguments arguments)
    {
        var members = Members(arguments);
        var milestones = arguments.Numbers("milestones");
        if (milestones.Length != members.Count - 1)
            throw arguments.Fault("milestones", $"must have one number fewer than there are schedulers; got {milestones.Length} for {members.Count} schedulers");
        if (milestones.Prepend(0).Zip(milestones).Any(pair => pair.Second <= pair.First))
            throw arguments.Fault("milestones", $"must rise, the first one above 0: otherwise a scheduler is passed over; got {Text.List(milestones)}");
        if (members.Skip(1).FirstOrDefault(member => member.WhyNotLater.Length > 0) is { } misplaced)
            throw arguments.Fault("schedulers", $"has a scheduler behind another one that {misplaced.WhyNotLater} there: put it first");
        return new TorchCurve((request, clock, group, _) => Shapes.InRow(clock, milestones, (i, part) =>
        {
            var initial = InitialOf(members, group, request.BaseRates[group]);
            var schedule = i > 0 && members[i].Later is { } later ? later : members[i].Of(request, part, group, initial);
            return members[i].Multiplies ? OnInitial(request, group, initial, schedule) : schedule;
        }))
        {
            FaultAt = step => milestones.Count(milestone => milestone <= step) is var i ? members[i].FaultAt(step - (i == 0 ? 0 : milestones[i - 1])) : "",
            TakesPosition = false,
            WhyNotLater = "takes no epoch, and has to start over",
            Momentum = members.Exists(member => member.Momentum is not null) ? (request, clock, group) => MomentumOf(members, milestones, request, clock, group) : null,
        };
    }

    // A scheduler that leaves momentum alone keeps what the one before it left; before the first one that is what the last constructor set.
    private static Schedule MomentumOf(List<TorchCurve> members, double[] milestones, ForeignRequest request, Clock clock, int group)
    {
        var left = members.FindLast(member => member.Momentum is not null)?.Momentum?.Invoke(request, Clock.OwnSteps, group).ValueAt(0, 1) ?? 0;
        return Shapes.InRow(clock, milestones, (i, part) =>
        {
            var momentum = members[i].Momentum?.Invoke(request, part, group) ?? new ConstantSchedule(Level.Absolute(left));
            left = momentum.ValueAt(part.At(double.IsFinite(part.RunSteps) ? part.RunSteps - 1 : 0), 1);
            return momentum;
        });
    }

    private static TorchCurve Chain(Arguments arguments)
    {
        var members = Members(arguments);
        return new TorchCurve((request, clock, group, initial) =>
        {
            if (members.TrueForAll(member => member.Multiplies))
                return new ProductSchedule(members.Select(member => member.Of(request, clock, group, initial)));
            // The library's own recursion: each scheduler changes the rate that the others left, and one with a floor or a rate of its own is no factor.
            initial = InitialOf(members, group, request.BaseRates[group]);
            var first = members.Aggregate(request.BaseRates[group], (rate, member) => member.First(request, group, initial, rate));
            var updates = members.Select(member => member.Recursive(request, group, initial)).ToList();
            var values = new Recursion(first, (step, before) => updates.Aggregate(before, (rate, update) => update(step, rate)));
            return request.Formula("chains a scheduler that is no factor of the rate with others, step by step; nearest is a product of our schedules", (step, _) => values.At(step), request.Part(group));
        })
        {
            FaultAt = step => members.Select(member => member.FaultAt(step)).FirstOrDefault(fault => fault.Length > 0) ?? "",
            TakesPosition = false,
            Momentum = members.FindLast(member => member.Momentum is not null)?.Momentum,
        };
    }
}
