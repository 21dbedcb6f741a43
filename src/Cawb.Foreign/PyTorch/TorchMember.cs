using System.Text.Json;

namespace Cawb.Foreign.PyTorch;

/// <summary>A scheduler that is named in the arguments of another one.</summary>
internal sealed record TorchMember(TorchFunction Function, Arguments Arguments)
{
    /// <summary>Reads an element such as <c>{"type": "StepLR", "step_size": 3}</c>.</summary>
    public static TorchMember Read(Arguments owner, string place, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw owner.Fault(place, $"must be an object with a \"type\" such as \"StepLR\"; got {Arguments.Describe(element)}");
        var name = type.GetString() ?? "";
        var known = TorchFunctions.Table.Where(function => function.Function != "ChainedScheduler").ToList();
        return known.FirstOrDefault(function => function.Function == name) is { } found
            ? found.Nested(owner, place, element, tag: "type")
            : throw owner.Fault(place, $"names no scheduler that can stand here: '{name}'.{NearestName.Suggestion(name, known.Select(function => function.Function))} Known: {Text.List(known.Select(function => function.Function))}");
    }

    public static IReadOnlyList<TorchMember> ReadList(Arguments owner)
    {
        var members = owner.Elements("schedulers").Select((element, i) => Read(owner, $"schedulers[{i}]", element)).ToList();
        return members.Count > 0 ? members : throw owner.Fault("schedulers", "must have at least one scheduler");
    }

    /// <summary>Makes it on an optimizer that others may share.</summary>
    public TorchScheduler Start(ParameterGroups groups) => Construct(() => Function.Make($"torch.{Function.Function}", groups, Arguments).Begin());

    /// <summary>What the library raises in a constructor is a fault of the arguments.</summary>
    public static TorchScheduler Construct(Func<TorchScheduler> make)
    {
        try
        {
            return make();
        }
        catch (InvalidOperationException fault)
        {
            throw new ForeignScheduleException(fault.Message, fault);
        }
    }
}
