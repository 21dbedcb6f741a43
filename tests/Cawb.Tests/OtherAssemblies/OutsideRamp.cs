namespace Cawb.Tests.OtherAssemblies;

/// <summary>A type as a user would write it: it has no text form, ends, and does not say how it would end elsewhere.</summary>
internal record OutsideRamp(double Length) : Schedule
{
    public override double EndEpochs => Length;

    public override double ValueAt(double epochs, double baseValue) => baseValue * Math.Clamp(epochs / Length, 0, 1);
}
