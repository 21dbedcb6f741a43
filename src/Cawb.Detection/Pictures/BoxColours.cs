namespace Cawb.Detection.Pictures;

/// <summary>The colours of classes in pictures.</summary>
public static class BoxColours
{
    private static readonly (byte Red, byte Green, byte Blue)[] Colours =
    [
        (31, 119, 180), (255, 127, 14), (44, 160, 44), (214, 39, 40), (148, 103, 189), (140, 86, 75), (227, 119, 194), (188, 189, 34), (23, 190, 207), (255, 215, 0),
    ];

    /// <summary>The colour of a class; ten repeat.</summary>
    /// <param name="classIndex">0 or more.</param>
    public static (byte Red, byte Green, byte Blue) Of(int classIndex) => Colours[classIndex % Colours.Length];
}
