namespace Cawb.Coco;

/// <summary>Annotations grouped by image, each group in file order.</summary>
internal sealed class AnnotationsByImage
{
    private readonly CocoAnnotation[] grouped;
    private readonly int[] indices;
    private readonly Dictionary<long, (int Start, int Count)> groups = [];

    public AnnotationsByImage(CocoAnnotation[] annotations)
    {
        foreach (var annotation in annotations)
        {
            groups.TryGetValue(annotation.ImageId, out var group);
            groups[annotation.ImageId] = (0, group.Count + 1);
        }

        var start = 0;
        foreach (var imageId in groups.Keys.ToArray())
        {
            var count = groups[imageId].Count;
            groups[imageId] = (start, 0);
            start += count;
        }

        grouped = new CocoAnnotation[annotations.Length];
        indices = new int[annotations.Length];
        for (var i = 0; i < annotations.Length; i++)
        {
            var group = groups[annotations[i].ImageId];
            grouped[group.Start + group.Count] = annotations[i];
            indices[group.Start + group.Count] = i;
            groups[annotations[i].ImageId] = (group.Start, group.Count + 1);
        }
    }

    public ReadOnlySpan<CocoAnnotation> Of(long imageId) => groups.TryGetValue(imageId, out var group) ? grouped.AsSpan(group.Start, group.Count) : [];

    public ReadOnlySpan<int> IndicesOf(long imageId) => groups.TryGetValue(imageId, out var group) ? indices.AsSpan(group.Start, group.Count) : [];
}
