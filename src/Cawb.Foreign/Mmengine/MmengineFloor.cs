namespace Cawb.Foreign.Mmengine;

/// <summary>mmengine's lowest rate: absolute (<c>eta_min</c>) or a share of the group's initial rate (<c>eta_min_ratio</c>).</summary>
internal readonly record struct MmengineFloor(double Amount, bool IsShare)
{
    public static MmengineFloor Read(Arguments arguments) => (arguments.NumberOrNone("eta_min"), arguments.NumberOrNone("eta_min_ratio")) switch
    {
        ({ }, { }) => throw arguments.Fault("eta_min", "and 'eta_min_ratio' are both given: give one of them"),
        (_, { } share) => new MmengineFloor(share, IsShare: true),
        ({ } rate, null) => new MmengineFloor(rate, IsShare: false),
        _ => default,
    };

    public double Of(double initialRate) => IsShare ? Amount * initialRate : Amount;
}
