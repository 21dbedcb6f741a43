namespace Cawb.Foreign.Tests;

public sealed class TorchTests
{
    public static TheoryData<GoldenCase> Cases => [.. GoldenCase.Of("torch")];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_PyTorch_trace_comes_out_walked_and_as_a_function(GoldenCase golden) => StepTrace.Check(golden);
}
