using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>Reads a result file: a list of objects with <c>image_id</c>, <c>category_id</c>, <c>bbox</c> and <c>score</c>.</summary>
internal static class ResultReader
{
    private const string Shape = "a list of objects with \"image_id\", \"category_id\", \"bbox\" and \"score\"";

    /// <param name="stream">The file.</param>
    /// <param name="path">For messages.</param>
    /// <param name="imageIds">What stands for the texts that name images; null where numbers do.</param>
    /// <param name="categoryIds">The same for classes.</param>
    public static CocoDetections Read(Stream stream, string path, IReadOnlyDictionary<string, long>? imageIds, IReadOnlyDictionary<string, long>? categoryIds)
    {
        var cursor = new JsonCursor(stream, path);
        try
        {
            return Read(ref cursor, new KnownIds(imageIds, categoryIds));
        }
        finally
        {
            cursor.Dispose();
        }
    }

    private static CocoDetections Read(ref JsonCursor cursor, KnownIds ids)
    {
        cursor.ReadInside();
        if (cursor.Token != JsonTokenType.StartArray)
        {
            throw cursor.Expected(cursor.Token == JsonTokenType.StartObject ? Shape + " (an object is what an instances file is)" : Shape);
        }

        var detections = new CocoDetections(cursor.Path);
        while (true)
        {
            cursor.EnterElement(detections.Count);
            cursor.ReadInside();
            if (cursor.Token == JsonTokenType.EndArray)
            {
                break;
            }

            if (cursor.Token != JsonTokenType.StartObject)
            {
                throw cursor.Expected("an object");
            }

            var place = cursor.Place();
            detections.Add(ReadDetection(ref cursor, ids, place), place);
        }

        cursor.Read();
        return detections;
    }

    private static CocoDetection ReadDetection(ref JsonCursor cursor, KnownIds ids, CocoPlace place)
    {
        Keys found = 0;
        long imageId = 0, categoryId = 0;
        CocoBox box = default;
        double score = 0;
        while (cursor.NextProperty())
        {
            if (cursor.Is("image_id"u8, "image_id"))
            {
                imageId = ids.Image(ref cursor);
                found |= Keys.ImageId;
            }
            else if (cursor.Is("category_id"u8, "category_id"))
            {
                categoryId = ids.Category(ref cursor);
                found |= Keys.CategoryId;
            }
            else if (cursor.Is("bbox"u8, "bbox"))
            {
                box = cursor.Box();
                found |= Keys.Box;
            }
            else if (cursor.Is("score"u8, "score"))
            {
                score = cursor.Finite();
                found |= Keys.Score;
            }
            else
            {
                cursor.SkipProperty();
            }
        }

        var missing = Keys.All & ~found;
        if (missing != 0)
        {
            throw cursor.Missing(
                place,
                missing.HasFlag(Keys.ImageId) ? "image_id" : missing.HasFlag(Keys.CategoryId) ? "category_id" : missing.HasFlag(Keys.Box) ? "bbox" : "score");
        }

        return new CocoDetection(imageId, categoryId, box, score);
    }

    /// <summary>The ids of a ground truth.</summary>
    private sealed class KnownIds(IReadOnlyDictionary<string, long>? images, IReadOnlyDictionary<string, long>? categories)
    {
        // COCO's tool leaves detections of unknown classes out; these numbers are those of no class.
        private readonly Dictionary<string, long> unknownCategories = [];

        public long Image(ref JsonCursor cursor)
        {
            if (images is null)
            {
                return cursor.Int64();
            }

            var text = TextOf(ref cursor);
            return images.TryGetValue(text, out var id) ? id : throw cursor.Expected("the id of an image of the ground truth");
        }

        public long Category(ref JsonCursor cursor)
        {
            if (categories is null)
            {
                return cursor.Int64();
            }

            var text = TextOf(ref cursor);
            if (!categories.TryGetValue(text, out var id) && !unknownCategories.TryGetValue(text, out id))
            {
                unknownCategories[text] = id = -1 - unknownCategories.Count;
            }

            return id;
        }

        private static string TextOf(ref JsonCursor cursor) =>
            cursor.Token == JsonTokenType.String ? cursor.Text() : throw cursor.Expected("a text, because such are the ids of the ground truth");
    }

    [Flags]
    private enum Keys
    {
        ImageId = 1,
        CategoryId = 2,
        Box = 4,
        Score = 8,
        All = ImageId | CategoryId | Box | Score,
    }
}
