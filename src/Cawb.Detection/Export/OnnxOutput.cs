namespace Cawb.Detection.Export;

/// <summary>What an exported network gives.</summary>
public enum OnnxOutput
{
    /// <summary>One output, <c>output0</c> (batch, rows, 5 + classes): centre x, centre y, width, height in pixels, objectness, classes, as YOLOv5 exports it.</summary>
    Boxes,

    /// <summary>The maps of the three levels, <c>output0</c> to <c>output2</c> (batch, 3, y, x, 5 + classes): logits, which the caller decodes with the anchors.</summary>
    RawMaps,

    /// <summary>
    /// One output, <c>output0</c> (batch, limit, 6), after non-maximum suppression: left, top, right, bottom in pixels, score, class; best first, rows of zeros behind the last.
    /// </summary>
    Detections,
}
