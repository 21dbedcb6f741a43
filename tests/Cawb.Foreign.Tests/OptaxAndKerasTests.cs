namespace Cawb.Foreign.Tests;

public sealed class OptaxAndKerasTests
{
    public static TheoryData<GoldenCase> Optax => [.. GoldenCase.Of("optax")];

    public static TheoryData<GoldenCase> Keras => [.. GoldenCase.Of("keras")];

    [Theory]
    [MemberData(nameof(Optax), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_optax_value_comes_out(GoldenCase golden) => PositionTrace.Check(golden);

    [Theory]
    [MemberData(nameof(Keras), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_Keras_value_comes_out(GoldenCase golden) => PositionTrace.Check(golden);
}
