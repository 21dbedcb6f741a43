namespace Cawb.Detection.Data;

/// <summary>One labelled box of a batch; centre and size as fractions of the image.</summary>
/// <param name="Image">0-based index of the image in the batch.</param>
/// <param name="Class">0-based class index.</param>
/// <param name="CenterX">0 to 1.</param>
/// <param name="CenterY">0 to 1.</param>
/// <param name="Width">0 to 1.</param>
/// <param name="Height">0 to 1.</param>
public readonly record struct LabelRow(int Image, int Class, double CenterX, double CenterY, double Width, double Height);
