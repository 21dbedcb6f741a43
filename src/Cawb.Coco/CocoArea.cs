namespace Cawb.Coco;

/// <summary>Which things count, by their area in square pixels; both ends of each range are inclusive.</summary>
public enum CocoArea
{
    /// <summary>0 to 10,000,000,000.</summary>
    All,

    /// <summary>0 to 1,024 (32 x 32).</summary>
    Small,

    /// <summary>1,024 to 9,216 (96 x 96).</summary>
    Medium,

    /// <summary>9,216 to 10,000,000,000.</summary>
    Large,
}
