using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>Gives a block of the network a tensor of its own; asked in the order of YOLOv5's weight files.</summary>
/// <param name="name">As in YOLOv5's weight files.</param>
/// <param name="role">What it is for.</param>
/// <param name="shape">1 or more for each dimension.</param>
internal delegate Tensor TensorSource(string name, ParameterRole role, params long[] shape);
