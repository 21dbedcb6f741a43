namespace Cawb.Detection.Model;

/// <summary>A tensor that a network of some size and number of classes has, without its elements.</summary>
/// <param name="Name">As in YOLOv5's weight files, for example <c>model.4.m.0.cv1.conv.weight</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Shape">1 or more for each dimension.</param>
public sealed record DeclaredTensor(string Name, ParameterRole Role, IReadOnlyList<long> Shape)
{
    /// <summary>The product of the shape.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>0 to 24, the number in the name.</summary>
    public int Layer => int.Parse(Name.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The part of the network's memory that it belongs to.</summary>
    public WeightSection Section => Role.Section();

    /// <summary>Whether the optimizer changes it.</summary>
    public bool IsTrained => Section != WeightSection.Statistics;
}
