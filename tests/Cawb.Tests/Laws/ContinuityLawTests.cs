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

    private delegate void Law(Schedule schedule, double[] moments, double[] jumps);

    [Fact]
    public void Every_boundary_takes_effect_at_its_moment_so_that_the_value_there_is_the_one_that_follows() => ForAll(TakesEffectAtOnce);

    [Fact]
    public void Nothing_jumps_that_the_definition_does_not_let_jump() => ForAll(DoesNotJump);

    [Fact]
    public void What_leads_up_to_a_jump_is_continuous_until_the_last_moment() => ForAll(LeadsUp);

    /// <summary>A draw of a product whose first part touches 0 after a decay to an absolute end is over: the value fell to 0 for the one moment.</summary>
    [Fact]
    public void A_decay_that_is_over_keeps_its_absolute_end_where_its_base_touches_0() => Check(704629630, DoesNotJump);

    [Theory]
    [InlineData(DecayShape.Exponential)]
    [InlineData(DecayShape.InverseProportional)]
    public void A_group_with_base_0_runs_along_0_and_meets_an_absolute_end(DecayShape shape)
    {
        var schedule = new WarmupStableDecaySchedule(0, 5, 5, Level.Zero, Level.Base, Level.Absolute(0.01), shape);
        Assert.Equal([0, 0.01, 0.01], [schedule.ValueAt(4.9, 0), schedule.ValueAt(10, 0), schedule.ValueAt(99, 0)]);
        Assert.InRange(schedule.ValueAt(7.5, 0), 0, 1e-6);
        Assert.Equal(0.01, schedule.ValueAt(10 - 1e-12, 0), 1e-6);
    }

    [Theory]
    [Trait("Category", "Nightly")]
    [MemberData(nameof(MoreSeeds))]
    public void The_laws_hold_for_many_more_draws(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 4000; i++)
        {
            var draw = random.Next();
            foreach (var law in (Law[])[TakesEffectAtOnce, DoesNotJump, LeadsUp])
                Check(draw, law);
        }
    }

    public static TheoryData<int> MoreSeeds { get; } = [.. Enumerable.Range(1, 24)];

    private static void TakesEffectAtOnce(Schedule schedule, double[] moments, double[] jumps)
    {
        foreach (var moment in moments.Concat(jumps).Where(moment => !Between(jumps, moment * (1 + 10 * Rounding), moment * (1 + 2 * Far))))
            Continuous(schedule, moment * (1 + Rounding), moment, towards: 1, "right after");
    }

    private static void DoesNotJump(Schedule schedule, double[] moments, double[] jumps)
    {
        foreach (var moment in moments.Where(moment => !Between(jumps, moment * (1 - 2 * Far), moment * (1 + 10 * Rounding))))
            Continuous(schedule, moment, moment, towards: -1, "right before");
    }

    private static void LeadsUp(Schedule schedule, double[] moments, double[] jumps)
    {
        foreach (var moment in jumps.Where(moment => !Between(jumps, moment * (1 - 2 * Far), moment * (1 - 10 * Rounding))))
            Continuous(schedule, moment * (1 - 20 * Rounding), moment, towards: -1, "some time before");
    }

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

    private static void ForAll(Law law) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => Check(seed, law)).Check(Config.QuickThrowOnFailure.WithReplay(20261129, 1).WithMaxTest(1500));

    /// <summary>Gives a law events, whole epochs and moments drawn at random; and where the definition has jumps, rising.</summary>
    private static void Check(int seed, Law law)
    {
        var draws = new Draws(seed);
        var schedule = draws.Any();
        double[] moments = [.. schedule.Events(End).Select(scheduleEvent => scheduleEvent.Epochs), .. Enumerable.Range(1, 12), .. Enumerable.Range(0, 8).Select(_ => draws.Real(0.1, End - 1))];
        law(schedule, moments, [.. Jumps.Of(schedule, End).Distinct().Order()]);
    }
}
