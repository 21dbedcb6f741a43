namespace Cawb.Foreign.Tests;

public sealed class HuggingFaceTests
{
    public static TheoryData<GoldenCase> Cases => [.. GoldenCase.Of("hf")];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_Hugging_Face_trace_comes_out_walked_and_as_a_function(GoldenCase golden) => StepTrace.Check(golden);
}
