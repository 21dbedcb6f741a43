namespace Cawb.Coco.Files;

/// <summary>Where the parts of a data set stand in the file it came from; empty lists for one that came from no file.</summary>
internal sealed class CocoDatasetPlaces(string path)
{
    public string Path { get; } = path;

    public List<CocoPlace> Images { get; } = [];

    public List<CocoPlace> Annotations { get; } = [];

    public List<CocoPlace> Categories { get; } = [];

    /// <summary>Which annotations stated no area, ascending.</summary>
    public List<int> WithoutArea { get; } = [];

    /// <summary>What stands for the texts that name images; null where numbers do.</summary>
    public IReadOnlyDictionary<string, long>? ImageIds { get; set; }

    /// <summary>What stands for the texts that name classes; null where numbers do.</summary>
    public IReadOnlyDictionary<string, long>? CategoryIds { get; set; }

    public static CocoPlace At(List<CocoPlace> places, int index) => index < places.Count ? places[index] : default;
}
