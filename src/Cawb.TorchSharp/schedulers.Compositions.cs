using System.Text.Json.Nodes;
using Cawb.Foreign;

namespace Cawb.TorchSharp;

public static partial class schedulers
{
    // PyTorch's schedulers name no length; as many steps as can be counted exactly.
    private static readonly TrainingPlan Endless = TrainingPlan.FromBatches(1L << 53, batchesPerEpoch: 1);

    /// <summary>Multiplies the base by a function of the step.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="lr_lambda">The factor at step 0, 1, 2, ...; a function of its argument alone, because it may be asked in any order. A state knows it by some of its values.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1) => LambdaLR(optimizer, ForEach(optimizer, lr_lambda), last_epoch);

    /// <summary>Multiplies the base of each group by a function of the step.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="lr_lambdas">The factors at step 0, 1, 2, ..., one function per group; each a function of its argument alone.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1) =>
        Make(optimizer, last_epoch, WithFunctions(nameof(LambdaLR), lr_lambdas));

    /// <summary>Multiplies the rate at each step by a function of the step.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="lr_lambda">What steps 1, 2, ... multiply by; a function of its argument alone.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1) =>
        MultiplicativeLR(optimizer, ForEach(optimizer, lr_lambda), last_epoch);

    /// <summary>Multiplies the rate of each group at each step by a function of the step.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="lr_lambdas">What steps 1, 2, ... multiply by, one function per group; each a function of its argument alone.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    public static ScheduledOptimizer MultiplicativeLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1) =>
        Make(optimizer, last_epoch, WithFunctions(nameof(MultiplicativeLR), lr_lambdas));

    /// <summary>One scheduler after the other, each counting its own steps from 0.</summary>
    /// <param name="optimizer">What is driven.</param>
    /// <param name="schedulers">Made by this class on the same optimizer; they become part of this one and are no longer stepped themselves.</param>
    /// <param name="milestones">The steps at which the second, third, ... take over; one fewer than schedulers.</param>
    /// <param name="last_epoch">As for <see cref="StepLR"/>.</param>
    /// <exception cref="ArgumentException">A scheduler was not made by this class, or on another optimizer.</exception>
    public static ScheduledOptimizer SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
    {
        var call = Joined("SequentialLR", schedulers);
        call.Arguments["milestones"] = List(milestones, step => step);
        return Make(optimizer, last_epoch, call);
    }

    /// <summary>All schedulers at every step: each changes the rate that the one before has left, as in PyTorch's <c>ChainedScheduler</c>.</summary>
    /// <param name="schedulers">Made by this class on the same optimizer; they become part of this one and are no longer stepped themselves.</param>
    /// <exception cref="ArgumentException">A scheduler was not made by this class, or on another optimizer.</exception>
    public static ScheduledOptimizer ChainedLR(IEnumerable<LRScheduler> schedulers)
    {
        var members = schedulers.ToList();
        return members.Count > 0 && members[0] is ScheduledOptimizer first
            ? Make(first.Optimizer, -1, Joined("ChainedScheduler", members))
            : throw new ArgumentException("There must be at least one scheduler, made by Cawb.TorchSharp.schedulers.", nameof(schedulers));
    }

    private static ScheduledOptimizer Make(Optimizer optimizer, int last_epoch, NamedCall call)
    {
        var groups = GroupSettings.Of(optimizer).ToList();
        var arguments = call.Arguments.DeepClone().AsObject();
        if (last_epoch != -1)
        {
            arguments["last_epoch"] = last_epoch;
            arguments["resume_groups"] = new JsonObject
            {
                ["initial_lr"] = List(groups, group => group.InitialLearningRate),
                ["lr"] = List(groups, group => group.LearningRate),
            };
        }

        var foreign = Create($"torch.{call.Name}", arguments, [.. groups.Select(group => group.InitialLearningRate)], call.Functions);
        var scheduled = new ScheduledOptimizer(optimizer, foreign.LearningRates, foreign.BaseRates, Endless, isAlone: false) { Origin = last_epoch == -1 ? call : null, FirstEpoch = last_epoch + 1L };
        return foreign.Momenta.Count > 0 ? scheduled.WithMomentum(foreign.Momenta, [.. foreign.Momenta.Select(_ => 1.0)]) : scheduled;
    }

    private static ForeignSchedule Create(string name, JsonObject arguments, IReadOnlyList<double> baseRates, IReadOnlyDictionary<string, Func<double, double>>? functions)
    {
        try
        {
            return ForeignSchedules.Create(name, arguments.ToJsonString(), baseRates, functions: functions);
        }
        catch (ForeignScheduleException fault)
        {
            throw new ArgumentException(fault.Message, fault);
        }
    }

    private static NamedCall Joined(string name, IEnumerable<LRScheduler> schedulers)
    {
        var members = new List<ScheduledOptimizer>();
        foreach (var scheduler in schedulers)
        {
            members.Add(scheduler is ScheduledOptimizer { Origin: not null } member
                ? member
                : throw new ArgumentException($"{name} joins schedulers that were made by Cawb.TorchSharp.schedulers; {scheduler.GetType().Name} was not. To join any schedules, follow a SequenceSchedule or a ProductSchedule."));
        }

        var functions = new Dictionary<string, Func<double, double>>();
        var list = new JsonArray();
        foreach (var (member, i) in members.Select((member, i) => (member, i)))
        {
            var arguments = member.Origin!.Arguments.DeepClone().AsObject();
            arguments["type"] = member.Origin.Name;
            foreach (var (key, function) in member.Origin.Functions ?? new Dictionary<string, Func<double, double>>())
            {
                functions[$"{i}.{key}"] = function;
                Renamed(arguments, key, $"{i}.{key}");
            }

            list.Add(arguments);
        }

        foreach (var member in members)
        {
            member.Detach();
        }

        return new NamedCall(name, new JsonObject { ["schedulers"] = list }, functions);
    }

    private static void Renamed(JsonNode? node, string from, string to)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } reference when reference.TryGetPropertyValue("function", out var name) && name?.GetValue<string>() == from:
                reference["function"] = to;
                break;
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    Renamed(value, from, to);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Renamed(item, from, to);
                }

                break;
        }
    }

    private static NamedCall WithFunctions(string name, IEnumerable<Func<int, double>> functions)
    {
        var all = functions.Select(function => (Func<double, double>)(step => function((int)step))).ToList();
        var names = all.Select((_, group) => FormattableString.Invariant($"lr_lambda{group}")).ToList();
        return new NamedCall(name, new JsonObject { ["lr_lambda"] = List(names, Function) }, names.Zip(all).ToDictionary());
    }

    private static JsonObject Function(string name) => new() { ["function"] = name };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> node) => [.. items.Select(node)];

    private static T[] ForEach<T>(Optimizer optimizer, T value) => [.. GroupSettings.Of(optimizer).Select(_ => value)];

    private static void RequireMomentum(Optimizer optimizer, string name)
    {
        if (!GroupSettings.Of(optimizer).All(group => group.HasMomentum))
        {
            throw new NotSupportedException($"{name} is to cycle the momentum, and {optimizer.GetType().Name} has neither a momentum nor betas. Give cycle_momentum: false.");
        }
    }
}
