namespace Cawb.Foreign.Tests;

public sealed class SmallLibraryTests
{
    public static TheoryData<GoldenCase> Katsura => [.. GoldenCase.Of("katsura")];

    public static TheoryData<GoldenCase> Fvcore => [.. GoldenCase.Of("fvcore")];

    [Theory]
    [MemberData(nameof(Katsura), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_katsura_trace_comes_out_walked_and_as_a_function(GoldenCase golden) => StepTrace.Check(golden);

    [Theory]
    [MemberData(nameof(Fvcore), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_fvcore_value_comes_out(GoldenCase golden) => PositionTrace.Check(golden, without: "wheres");
}
