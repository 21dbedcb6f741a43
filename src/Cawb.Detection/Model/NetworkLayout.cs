namespace Cawb.Detection.Model;

/// <summary>Which layers the network has, and in which order. Both have 25, alike from layer 10 on.</summary>
public enum NetworkLayout
{
    /// <summary>YOLOv5 6.0 to 7.0: the pyramid of pools is layer 9, the last stage of the backbone layer 8.</summary>
    Release6,

    /// <summary>
    /// YOLOv5 5.0: the pyramid of pools is layer 8, and the last stage of the backbone, layer 9, has no shortcuts. Its first layer, Focus, is computed as the 6 x 6 convolution that gives the same.
    /// </summary>
    Release5,
}
