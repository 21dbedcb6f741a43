using Cawb.Detection.Model;

namespace Cawb.Detection.Weights;

/// <summary>What a network got of a file that it starts from, and what not.</summary>
/// <param name="LeftOutClasses">The number of classes of a head that was left out; null when every tensor was taken.</param>
/// <param name="LeavesAverage">Whether the file is of a YOLOv5 training that has not ended, and has averaged weights besides those that were taken.</param>
/// <param name="Anchors">Those of the file, which the network does not take over.</param>
public sealed record WeightTransfer(int? LeftOutClasses, bool LeavesAverage, AnchorSet Anchors);
