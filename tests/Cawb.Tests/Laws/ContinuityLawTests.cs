using FsCheck;
using FsCheck.Fluent;

namespace Cawb.Tests.Laws;

/// <summary>Boundaries are continuous from the side they should be: from the right everywhere, from the left wherever the definition has no jump.</summary>
public sealed class ContinuityLawTests
{
    private const double BaseValue = 0.1;
    private const double End = 25;

    // Relative to the moment. What is continuous shrinks from the far distance to the near one, even the steepest root that is drawn; a jump stays as wide as it is.
    private const double Far = 1e-7;
    private const double Near = 1e-10;
    private const double Rounding = 1e-13;

    [Fact]
    public void Every_boundary_takes_effect_at_its_moment_so_that_the_value_there_is_the_one_that_follows() => ForAll((schedule, moments, jumps) =>
    {
        foreach (var moment in moments.Concat(jumps).Where(moment => !Between(jumps, moment * (1 + 10 * Rounding), moment * (1 + 2 * Far))))
            Continuous(schedule, moment * (1 + Rounding), moment, towards: 1, "right after");
    });

    [Fact]
    public void Nothing_jumps_that_the_definition_does_not_let_jump() => ForAll((schedule, moments, jumps) =>
    {
        foreach (var moment in moments.Where(moment => !Between(jumps, moment * (1 - 2 * Far), moment * (1 + 10 * Rounding))))
            Continuous(schedule, moment, moment, towards: -1, "right before");
    });

    [Fact]
    public void What_leads_up_to_a_jump_is_continuous_until_the_last_moment() => ForAll((schedule, _, jumps) =>
    {
        foreach (var moment in jumps.Where(moment => !Between(jumps, moment * (1 - 2 * Far), moment * (1 - 10 * Rounding))))
            Continuous(schedule, moment * (1 - 20 * Rounding), moment, towards: -1, "some time before");
    });

    private static void Continuous(Schedule schedule, double at, double moment, int towards, string side)
    {
        var value = schedule.ValueAt(at, BaseValue);
        var far = Math.Abs(schedule.ValueAt(moment * (1 + towards * Far), BaseValue) - value);
        var near = Math.Abs(schedule.ValueAt(moment * (1 + towards * Near), BaseValue) - value);
        Assert.True(near <= 1e-6 || near <= far / 2, $"{schedule} jumps by {near:R} {side} {moment:R}");
    }

    private static bool Between(double[] jumps, double from, double to)
    {
        var found = Array.BinarySearch(jumps, from);
        var next = found >= 0 ? found : ~found;
        return next < jumps.Length && jumps[next] <= to;
    }

    /// <summary>Events, whole epochs and moments drawn at random; and where the definition has jumps, rising.</summary>
    private static void ForAll(Action<Schedule, double[], double[]> law) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var draws = new Draws(seed);
            var schedule = draws.Any();
            double[] moments = [.. schedule.Events(End).Select(scheduleEvent => scheduleEvent.Epochs), .. Enumerable.Range(1, 12), .. Enumerable.Range(0, 8).Select(_ => draws.Real(0.1, End - 1))];
            law(schedule, moments, [.. Jumps.Of(schedule, End).Distinct().Order()]);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261129, 1).WithMaxTest(1500));
}
