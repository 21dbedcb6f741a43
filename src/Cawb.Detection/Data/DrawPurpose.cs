namespace Cawb.Detection.Data;

/// <summary>What a random draw is for; draws for different purposes are independent.</summary>
/// <remarks>The numbers are part of every result: changing one changes what all seeds mean.</remarks>
public enum DrawPurpose
{
    /// <summary>The order of the samples of an epoch.</summary>
    SampleOrder = 1,

    /// <summary>Mosaic, warp, colour and flips of a training sample.</summary>
    Augmentation = 2,

    /// <summary>The images of the built-in digits.</summary>
    Digits = 3,

    /// <summary>Which images belong to a subset.</summary>
    Subset = 4,

    /// <summary>The search for anchors.</summary>
    Anchors = 5,

    /// <summary>The size of a batch where sizes vary.</summary>
    BatchSize = 6,
}
