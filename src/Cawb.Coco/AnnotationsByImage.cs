namespace Cawb.Coco;

/// <summary>Annotations grouped by picture, each group in file order.</summary>
internal sealed class AnnotationsByImage
{
    private readonly CocoAnnotation[] _grouped;
    private readonly int[] _indices;
    private readonly Dictionary<long, (int Start, int Count)> _groups = [];

    public AnnotationsByImage(CocoAnnotation[] annotations)
    {
        foreach (var annotation in annotations)
        {
            _groups.TryGetValue(annotation.ImageId, out var group);
            _groups[annotation.ImageId] = (0, group.Count + 1);
        }

        var start = 0;
        foreach (var imageId in _groups.Keys.ToArray())
        {
            var count = _groups[imageId].Count;
            _groups[imageId] = (start, 0);
            start += count;
        }

        _grouped = new CocoAnnotation[annotations.Length];
        _indices = new int[annotations.Length];
        for (var i = 0; i < annotations.Length; i++)
        {
            var group = _groups[annotations[i].ImageId];
            _grouped[group.Start + group.Count] = annotations[i];
            _indices[group.Start + group.Count] = i;
            _groups[annotations[i].ImageId] = (group.Start, group.Count + 1);
        }
    }

    public ReadOnlySpan<CocoAnnotation> Of(long imageId) => _groups.TryGetValue(imageId, out var group) ? _grouped.AsSpan(group.Start, group.Count) : [];

    public ReadOnlySpan<int> IndicesOf(long imageId) => _groups.TryGetValue(imageId, out var group) ? _indices.AsSpan(group.Start, group.Count) : [];
}
