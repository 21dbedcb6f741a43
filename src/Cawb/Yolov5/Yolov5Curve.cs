namespace Cawb.Yolov5;

/// <summary>The decay of YOLOv5's learning rate.</summary>
public enum Yolov5Curve
{
    /// <summary><c>(1 - e / E)(1 - r) + r</c>; the default from version 6.1 on.</summary>
    Linear,

    /// <summary><c>1 + (r - 1)(1 - cos(pi e / E)) / 2</c>, called "one-cycle" there; the default up to version 6.0.</summary>
    Cosine,
}
