using System.Runtime.CompilerServices;

namespace Cawb;

/// <summary>The check that compositions make of their parts.</summary>
internal static class PartList
{
    public static ValueList<Schedule> Checked(IEnumerable<Schedule> parts, [CallerArgumentExpression(nameof(parts))] string name = "")
    {
        var list = new ValueList<Schedule>(Require.NotNull(parts, name).Select(part => Inner(part, name)));
        return list.Count > 0 ? list : throw new ArgumentException("There must be at least one part; got none.", name);
    }

    /// <summary>A schedule that may stand inside another one.</summary>
    public static Schedule Inner(Schedule schedule, [CallerArgumentExpression(nameof(schedule))] string name = "") =>
        Require.NotNull(schedule, name) is PlateauSchedule
            ? throw new ArgumentException("A plateau rule multiplies whatever stands inside it; put it outermost, around the whole composition.", name)
            : schedule;
}
