namespace Cawb.Detection.Model;

/// <summary>What a tensor of the network is for; decides how it starts, whether it decays and which group trains it.</summary>
public enum ParameterRole
{
    /// <summary>A convolution's kernel: decays.</summary>
    ConvolutionWeight,

    /// <summary>The scale of a batch normalisation: does not decay.</summary>
    NormWeight,

    /// <summary>The shift of a batch normalisation: a bias.</summary>
    NormBias,

    /// <summary>Running mean of a batch normalisation: not trained.</summary>
    RunningMean,

    /// <summary>Running variance of a batch normalisation: not trained.</summary>
    RunningVariance,

    /// <summary>The kernel of an output convolution: decays.</summary>
    HeadWeight,

    /// <summary>The bias of an output convolution.</summary>
    HeadBias,
}

/// <summary>Which section a tensor belongs to.</summary>
internal static class ParameterRoles
{
    public static WeightSection Section(this ParameterRole role) => role switch
    {
        ParameterRole.NormBias or ParameterRole.HeadBias => WeightSection.Biases,
        ParameterRole.ConvolutionWeight or ParameterRole.HeadWeight => WeightSection.Kernels,
        ParameterRole.NormWeight => WeightSection.NormWeights,
        _ => WeightSection.Statistics,
    };
}
