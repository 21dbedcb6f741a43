namespace Cawb.Reports.Charts;

/// <summary>A mark on an axis; without a label it is a minor one.</summary>
internal readonly record struct AxisTick(double Value, string Label)
{
    public bool IsMajor => Label.Length > 0;
}
