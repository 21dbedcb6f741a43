using System.Globalization;

namespace Cawb.Tests.OtherAssemblies;

public sealed class OutsideScheduleTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(100, batchesPerEpoch: 10);

    [Fact]
    public void A_fingerprint_sees_the_parameters_of_a_type_of_another_assembly_also_inside_a_composition()
    {
        Assert.NotEqual(new OutsideRamp(100).Fingerprint, new OutsideRamp(50).Fingerprint);
        Assert.Equal(new OutsideRamp(50).Fingerprint, new OutsideRamp(50).Fingerprint);
        Assert.NotEqual(new ScaleSchedule(new OutsideRamp(100), 2).Fingerprint, new ScaleSchedule(new OutsideRamp(50), 2).Fingerprint);
        Assert.Contains("Length = 50", new OutsideRamp(50).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_does_not_depend_on_the_culture()
    {
        var expected = new OutsideRamp(0.5).Fingerprint;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, new OutsideRamp(0.5).Fingerprint);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_type_whose_parameters_print_as_a_type_s_name_is_asked_for_an_identity_of_its_own()
    {
        var fault = Assert.Throws<NotSupportedException>(() => new Listed([1, 2]).Fingerprint);
        Assert.Contains("Override Identity in it.", fault.Message, StringComparison.Ordinal);
        Assert.NotEqual(new Named([1, 2]).Fingerprint, new Named([1, 3]).Fingerprint);
    }

    [Fact]
    public void A_run_is_not_extended_over_a_type_that_does_not_say_how_it_ends()
    {
        var fault = Assert.Throws<NotSupportedException>(() => PlanChange.Extend(Plan, new OutsideRamp(100), atEpochs: 50, totalEpochs: 200));
        Assert.Equal(
            $"{typeof(OutsideRamp).FullName} ends at 100 epochs and does not say how it would end at 200. Override WithEnd in it, or start a new scheduler with a new schedule.", fault.Message);
        Assert.Throws<NotSupportedException>(() => PlanChange.Shorten(Plan, new ScaleSchedule(new OutsideRamp(100), 0.5), atEpochs: 50, totalEpochs: 80));
        Assert.Throws<NotSupportedException>(() => PlanChange.Restart(Plan, new OutsideRamp(100), atEpochs: 50));
    }

    [Fact]
    public void A_run_is_extended_over_a_type_that_says_how_it_ends_or_never_does()
    {
        Assert.Equal(200, PlanChange.Extend(Plan, new StretchedRamp(100), atEpochs: 50, totalEpochs: 200).After.EndEpochs);
        Assert.Equal(new Forever(), PlanChange.Extend(Plan, new Forever(), atEpochs: 50, totalEpochs: 200).After);
    }

    private sealed record StretchedRamp(double Length) : OutsideRamp(Length)
    {
        protected internal override Schedule WithEnd(double endEpochs) => new StretchedRamp(endEpochs);
    }

    private sealed record Forever : Schedule
    {
        public override double ValueAt(double epochs, double baseValue) => baseValue / (1 + epochs);
    }

    private record Listed(IReadOnlyList<double> Heights) : Schedule
    {
        public override double ValueAt(double epochs, double baseValue) => baseValue * Heights[0];
    }

    private sealed record Named(IReadOnlyList<double> Heights) : Listed(Heights)
    {
        protected internal override string Identity => $"heights {string.Join(' ', Heights)}";
    }
}
