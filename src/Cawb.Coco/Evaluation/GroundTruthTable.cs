namespace Cawb.Coco.Evaluation;

/// <summary>The annotations that take part in an evaluation, ordered by category, then image, then file.</summary>
internal sealed class GroundTruthTable
{
    private GroundTruthTable(IdIndex images, IdIndex categories, int count)
    {
        Images = images;
        Categories = categories;
        Image = new int[count];
        Box = new CocoBox[count];
        IgnoredIn = new byte[count];
        IsCrowd = new bool[count];
        CanCount = new bool[count];
    }

    public IdIndex Images { get; }

    public IdIndex Categories { get; }

    /// <summary>Category k has the rows from element k to before element k + 1.</summary>
    public int[] CategoryStarts { get; private set; } = [];

    public int[] Image { get; }

    public CocoBox[] Box { get; }

    /// <summary>Bit a: neither for nor against in area range a.</summary>
    public byte[] IgnoredIn { get; }

    public bool[] IsCrowd { get; }

    /// <summary>False for id 0, which the reference takes for "no match".</summary>
    public bool[] CanCount { get; }

    public static GroundTruthTable From(CocoDataset dataset)
    {
        var images = new IdIndex(Array.ConvertAll(dataset.ImageArray, image => image.Id));
        var categories = new IdIndex(Array.ConvertAll(dataset.CategoryArray, category => category.Id));
        var annotations = Effective(dataset.AnnotationArray, images, categories, out var imageOf, out var categoryOf);

        var byImage = new int[annotations.Count];
        var all = new int[annotations.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        var order = new int[annotations.Count];
        CountingSort.Sort(all, imageOf, images.Count, byImage);
        var table = new GroundTruthTable(images, categories, annotations.Count)
        {
            CategoryStarts = CountingSort.Sort(byImage, categoryOf, categories.Count, order),
        };
        for (var row = 0; row < order.Length; row++)
        {
            var annotation = annotations[order[row]];
            table.Image[row] = imageOf[order[row]];
            table.Box[row] = annotation.Box;
            table.IsCrowd[row] = annotation.IsCrowd;
            table.CanCount[row] = annotation.Id != 0;
            table.IgnoredIn[row] = IgnoredAreas(annotation);
        }

        return table;
    }

    /// <summary>Those of known images and categories; where an id occurs twice, the last one stands in for each, as in the reference.</summary>
    private static List<CocoAnnotation> Effective(CocoAnnotation[] annotations, IdIndex images, IdIndex categories, out int[] imageOf, out int[] categoryOf)
    {
        var lastOfId = LastOfRepeatedIds(annotations);
        var effective = new List<CocoAnnotation>(annotations.Length);
        imageOf = new int[annotations.Length];
        categoryOf = new int[annotations.Length];
        foreach (var listed in annotations)
        {
            var annotation = listed;
            if (lastOfId.Count > 0 && lastOfId.TryGetValue(listed.Id, out var last))
            {
                if (images.Of(listed.ImageId) < 0 || categories.Of(listed.CategoryId) < 0)
                {
                    continue;
                }

                annotation = annotations[last];
            }

            var image = images.Of(annotation.ImageId);
            var category = categories.Of(annotation.CategoryId);
            if (image >= 0 && category >= 0)
            {
                imageOf[effective.Count] = image;
                categoryOf[effective.Count] = category;
                effective.Add(annotation);
            }
        }

        return effective;
    }

    private static Dictionary<long, int> LastOfRepeatedIds(CocoAnnotation[] annotations)
    {
        var ids = Array.ConvertAll(annotations, annotation => annotation.Id);
        Array.Sort(ids);
        var repeated = new Dictionary<long, int>();
        for (var i = 1; i < ids.Length; i++)
        {
            if (ids[i] == ids[i - 1])
            {
                repeated[ids[i]] = 0;
            }
        }

        for (var i = 0; repeated.Count > 0 && i < annotations.Length; i++)
        {
            if (repeated.ContainsKey(annotations[i].Id))
            {
                repeated[annotations[i].Id] = i;
            }
        }

        return repeated;
    }

    private static byte IgnoredAreas(CocoAnnotation annotation)
    {
        var bits = 0;
        for (var area = 0; area < CocoRules.Areas.Length; area++)
        {
            var (lowest, highest) = CocoRules.Areas[area];
            if (annotation.IsCrowd || annotation.Area < lowest || annotation.Area > highest)
            {
                bits |= 1 << area;
            }
        }

        return (byte)bits;
    }
}
