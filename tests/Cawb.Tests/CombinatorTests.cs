namespace Cawb.Tests;

public sealed class CombinatorTests
{
    private static readonly CosineSchedule Cosine = new(durationEpochs: 20, minFactor: 0.1);
    private static readonly LinearSchedule Line = new(durationEpochs: 5);

    [Fact]
    public void Every_method_gives_what_the_constructor_gives()
    {
        Assert.Equal(new WarmupSchedule(Cosine, 3), Cosine.WithWarmup(3));
        Assert.Equal(new WarmupSchedule(Cosine, 3, Level.Factor(0.2)), Cosine.WithWarmup(3, Level.Factor(0.2)));
        Assert.Equal(new SequenceSchedule([Cosine, Line], [20]), Cosine.Then(Line));
        Assert.Equal(new SequenceSchedule([Cosine, Line], [7]), Cosine.Then(Line, atEpochs: 7));
        Assert.Equal(new ScaleSchedule(Cosine, 0.5), Cosine.Times(0.5));
        Assert.Equal(new ProductSchedule(Cosine, Line), Cosine.Times(Line));
        Assert.Equal(new SumSchedule(Cosine, Line), Cosine.Plus(Line));
        Assert.Equal(new ClampSchedule(Cosine, Level.Factor(0.2), Level.Factor(0.8)), Cosine.Clamped(Level.Factor(0.2), Level.Factor(0.8)));
        Assert.Equal(new RepeatSchedule(Cosine, 7), Cosine.Repeated(7));
        Assert.Equal(new RepeatSchedule(Cosine, 7, 3), Cosine.Repeated(7, times: 3));
        Assert.Equal(new ShiftSchedule(Cosine, -4), Cosine.Shifted(-4));
        Assert.Equal(new HoldPerEpochSchedule(Cosine), Cosine.HeldPerEpoch());
    }

    [Fact]
    public void A_chain_of_methods_is_the_composition_written_flat()
    {
        var constant = new ConstantSchedule();
        Assert.Equal(new SequenceSchedule([Cosine, Line, constant], [20, 25]), Cosine.Then(Line).Then(constant));
        Assert.Equal(new SequenceSchedule([Cosine, Line, constant], [20, 25]), Cosine.Then(Line.Then(constant)));
        Assert.Equal(new ProductSchedule(Cosine, Line, constant), Cosine.Times(Line).Times(constant));
        Assert.Equal(new ProductSchedule(Cosine, Line, constant), Cosine.Times(Line.Times(constant)));
        Assert.Equal(new SumSchedule(Cosine, Line, constant), Cosine.Plus(Line.Plus(constant)));
        Assert.Equal(new ScaleSchedule(Cosine, 1.5), Cosine.Times(0.5).Times(3));
        Assert.Equal(new ShiftSchedule(Cosine, 5), Cosine.Shifted(2).Shifted(3));
        Assert.Equal(new RepeatSchedule(Cosine, 7, 6), Cosine.Repeated(7, times: 3).Repeated(21, times: 2));
        Assert.Equal(new HoldPerEpochSchedule(Cosine), Cosine.HeldPerEpoch().HeldPerEpoch());
    }

    [Fact]
    public void A_repetition_is_counted_and_multiplied_by_the_same_word()
    {
        var repeated = Cosine.Repeated(7, times: 3);
        Assert.Equal(3, repeated.Times);
        Assert.Equal(new ScaleSchedule(repeated, 2), repeated.Times(2.0));
        Assert.Equal(new ProductSchedule(repeated, Line), repeated.Times(Line));
    }

    [Fact]
    public void A_schedule_without_an_end_is_asked_when_the_next_one_starts()
    {
        Assert.Equal("This schedule never ends; say when the next one starts: Then(next, atEpochs).", Assert.Throws<InvalidOperationException>(() => new ExponentialSchedule(0.9).Then(Line)).Message);
        Assert.Equal(
            "This schedule is the same from the start on; say when the next one starts: Then(next, atEpochs).", Assert.Throws<InvalidOperationException>(() => new ConstantSchedule().Then(Line)).Message);
        Assert.Equal(new SequenceSchedule([new ConstantSchedule(), Line], [3]), new ConstantSchedule().Then(Line, 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rejects_lengths_and_moments_that_are_not_above_0(double epochs)
    {
        Assert.Equal("epochs", Assert.Throws<ArgumentOutOfRangeException>(() => Cosine.WithWarmup(epochs)).ParamName);
        Assert.Equal("atEpochs", Assert.Throws<ArgumentOutOfRangeException>(() => Cosine.Then(Line, epochs)).ParamName);
        Assert.Equal("periodEpochs", Assert.Throws<ArgumentOutOfRangeException>(() => Cosine.Repeated(epochs)).ParamName);
    }

    [Fact]
    public void A_plateau_rule_is_put_around_the_whole_and_not_inside()
    {
        var plateau = new PlateauSchedule(Cosine, new PlateauRule());
        foreach (var combine in (Func<Schedule>[])
        [
            () => plateau.WithWarmup(1), () => plateau.Then(Line), () => Line.Then(plateau), () => plateau.Times(2.0), () => Line.Times(plateau), () => Line.Plus(plateau),
            () => plateau.Clamped(Level.Zero, Level.Base), () => plateau.Repeated(2), () => plateau.Shifted(2), plateau.HeldPerEpoch,
        ])
            Assert.Contains("outermost", Assert.Throws<ArgumentException>(combine).Message, StringComparison.Ordinal);
    }
}
