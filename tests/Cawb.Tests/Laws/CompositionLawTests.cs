using FsCheck;
using FsCheck.Fluent;

namespace Cawb.Tests.Laws;

/// <summary>A composition of compositions is the composition written flat, and both are what a naive reading of the nested one gives.</summary>
public sealed class CompositionLawTests
{
    [Fact]
    public void A_sequence_of_sequences_is_the_flat_sequence() => ForAll(NestedIsFlat);

    /// <summary>A draw with a sequence three deep, of which the law was said too widely.</summary>
    [Fact]
    public void A_sequence_three_deep_is_the_flat_sequence() => NestedIsFlat(new Draws(1573533501));

    private static void NestedIsFlat(Draws draws)
    {
        Schedule[] parts = [.. draws.Parts(4, depth: 2).Select(OnQuarters)];
        var nested = new SequenceSchedule([parts[0], new SequenceSchedule([parts[1], parts[2]], [2.5]), parts[3]], [3, 7]);
        var flat = new SequenceSchedule(parts, [3, 5.5, 7]);
        Assert.Equal(flat, nested);
        foreach (var time in Times(draws).Where(time => time < 7))
        {
            // Quarters, so that the differences of times are exact in both readings.
            var naive = time < 3 ? parts[0].ValueAt(time, 0.1) : time - 3 < 2.5 ? parts[1].ValueAt(time - 3, 0.1) : parts[2].ValueAt(time - 3 - 2.5, 0.1);
            Assert.Equal(naive, nested.ValueAt(time, 0.1), 1e-9);
        }
    }

    [Fact]
    public void An_inner_sequence_is_cut_off_by_its_outer_boundary()
    {
        Schedule[] parts = [new ConstantSchedule(Level.Factor(0.1)), new ConstantSchedule(Level.Factor(0.2)), new ConstantSchedule(Level.Factor(0.3))];
        var nested = new SequenceSchedule([new SequenceSchedule([parts[0], parts[1]], [5]), parts[2]], [4]);
        Assert.Equal(new SequenceSchedule([parts[0], parts[2]], [4]), nested);
    }

    [Fact]
    public void Products_and_sums_may_be_grouped_in_any_way() => ForAll(draws =>
    {
        var parts = draws.Parts(3, depth: 2);
        Assert.Equal(new ProductSchedule(parts), new ProductSchedule(new ProductSchedule(parts[0], parts[1]), parts[2]));
        Assert.Equal(new ProductSchedule(parts), new ProductSchedule(parts[0], new ProductSchedule(parts[1], parts[2])));
        Assert.Equal(new SumSchedule(parts), new SumSchedule(new SumSchedule(parts[0], parts[1]), parts[2]));
        Assert.Equal(new SumSchedule(parts), new SumSchedule(parts[0], new SumSchedule(parts[1], parts[2])));
        foreach (var time in Times(draws))
        {
            var chained = parts[2].ValueAt(time, parts[1].ValueAt(time, parts[0].ValueAt(time, 0.1)));
            Assert.Equal(chained, new ProductSchedule(parts).ValueAt(time, 0.1), 1e-12);
            Assert.Equal(parts.Sum(part => part.ValueAt(time, 0.1)), new SumSchedule(parts).ValueAt(time, 0.1), 1e-12);
        }
    });

    [Fact]
    public void Scaling_shifting_holding_and_repeating_twice_is_doing_it_once() => ForAll(draws =>
    {
        var inner = draws.Inner(depth: 1);
        Assert.Equal(new ScaleSchedule(inner, 0.5).Factor * 3, new ScaleSchedule(new ScaleSchedule(inner, 0.5), 3).Factor);
        Assert.Equal(new HoldPerEpochSchedule(inner), new HoldPerEpochSchedule(new HoldPerEpochSchedule(inner)));
        foreach (var (first, second) in new (double, double)[] { (2, 3), (-2, -3), (5, -2), (2, -5), (-2, 5) })
        {
            var shifted = new ShiftSchedule(new ShiftSchedule(inner, first), second);
            foreach (var time in Times(draws))
                Assert.Equal(inner.ValueAt(Math.Max(0, Math.Max(0, time - second) - first), 0.1), shifted.ValueAt(time, 0.1), 1e-12);
        }

        var repeated = new RepeatSchedule(new RepeatSchedule(inner, 2, 3), 6, 2);
        foreach (var time in Times(draws).Where(time => time < 12))
            Assert.Equal(inner.ValueAt(time % 6 % 2, 0.1), repeated.ValueAt(time, 0.1), 1e-12);
    });

    [Fact]
    public void A_plateau_stands_outermost_and_says_so()
    {
        var plateau = new PlateauSchedule(new CosineSchedule(10), new PlateauRule());
        Assert.Contains("outermost", Assert.Throws<ArgumentException>(() => new ProductSchedule(plateau)).Message, StringComparison.Ordinal);
        Assert.Contains("outermost", Assert.Throws<ArgumentException>(() => new WarmupSchedule(plateau, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("outermost", Assert.Throws<ArgumentException>(() => new PlateauSchedule(plateau, new PlateauRule())).Message, StringComparison.Ordinal);
    }

    // Sums of quarters are exact. Of other moments the last bit depends on which two are added first, so that a sequence in a sequence in a sequence has no one flat form.
    private static Schedule OnQuarters(Schedule part) => part is SequenceSchedule sequence ? new SequenceSchedule(sequence.Parts, sequence.BoundaryEpochs.Select((_, i) => (i + 1) * 0.75)) : part;

    private static IEnumerable<double> Times(Draws draws) => Enumerable.Range(0, 40).Select(_ => draws.Whole(0, 60) / 4.0);

    private static void ForAll(Action<Draws> law) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => law(new Draws(seed)))
            .Check(Config.QuickThrowOnFailure.WithReplay(20261129, 1).WithMaxTest(200));
}
