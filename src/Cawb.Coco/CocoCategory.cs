namespace Cawb.Coco;

/// <summary>One class of things, by the number and name that the files give it.</summary>
/// <remarks>Ids are not class indices: COCO's 80 ids lie in 1 to 90. The class index is the position by ascending id, see <see cref="CocoDataset.ClassIndexOf"/>.</remarks>
public sealed record CocoCategory
{
    /// <summary>Describes a class.</summary>
    /// <param name="id">What annotations and results refer to; any 64-bit number.</param>
    /// <param name="name">For people, for instance <c>traffic light</c>.</param>
    /// <param name="supercategory">The group it belongs to; empty where unknown.</param>
    public CocoCategory(long id, string name, string supercategory = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(supercategory);
        Id = id;
        Name = name;
        Supercategory = supercategory;
    }

    /// <summary>What annotations and results refer to.</summary>
    public long Id { get; }

    /// <summary>For people; <c>category 17</c> where the file does not say, which only <see cref="CocoReading.ForEvaluation"/> lets through.</summary>
    public string Name { get; }

    /// <summary>The group it belongs to; empty where the file does not say.</summary>
    public string Supercategory { get; }
}
