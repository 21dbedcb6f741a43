namespace Cawb.Detection.Inference;

/// <summary>One found box, by its corners, in pixels.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge.</param>
/// <param name="Score">Objectness times class probability, 0 to 1.</param>
/// <param name="Class">0-based class index.</param>
public readonly record struct DetectedBox(float Left, float Top, float Right, float Bottom, float Score, int Class);
