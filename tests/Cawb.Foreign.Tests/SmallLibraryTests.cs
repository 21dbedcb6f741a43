namespace Cawb.Foreign.Tests;

public sealed class SmallLibraryTests
{
    public static TheoryData<GoldenCase> Katsura => [.. GoldenCase.Of("katsura")];

    public static TheoryData<GoldenCase> Fvcore => [.. GoldenCase.Of("fvcore")];

    public static TheoryData<GoldenCase> Composer => [.. GoldenCase.Of("composer")];

    public static TheoryData<GoldenCase> Mmengine => [.. GoldenCase.Of("mmengine")];

    public static TheoryData<GoldenCase> PytorchWarmup => [.. GoldenCase.Of("pytorch_warmup")];

    [Theory]
    [MemberData(nameof(Katsura), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_katsura_trace_comes_out_walked_and_as_a_function(GoldenCase golden) => StepTrace.Check(golden);

    [Theory]
    [MemberData(nameof(Fvcore), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_fvcore_value_comes_out(GoldenCase golden) => PositionTrace.Check(golden, without: "wheres");

    [Theory]
    [MemberData(nameof(Composer), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_Composer_multiplier_comes_out(GoldenCase golden) => PositionTrace.Check(golden);

    [Theory]
    [MemberData(nameof(Mmengine), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_mmengine_trace_comes_out_walked_and_as_a_function(GoldenCase golden) => StepTrace.Check(golden);

    [Theory]
    [MemberData(nameof(PytorchWarmup), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_pytorch_warmup_trace_comes_out_walked_and_as_a_function(GoldenCase golden) => StepTrace.Check(golden);
}
