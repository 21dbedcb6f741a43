namespace Cawb.Detection.Model;

/// <summary>The four parts of a network's memory; the first three are the groups that YOLOv5 trains a model in.</summary>
public enum WeightSection
{
    /// <summary>Shifts of normalisations and biases of the head.</summary>
    Biases,

    /// <summary>Kernels of convolutions and of the head: the ones that decay.</summary>
    Kernels,

    /// <summary>Scales of normalisations.</summary>
    NormWeights,

    /// <summary>Running means and variances: not trained.</summary>
    Statistics,
}
