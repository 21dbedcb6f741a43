using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>Reads a result file: a list of objects with <c>image_id</c>, <c>category_id</c>, <c>bbox</c> and <c>score</c>.</summary>
internal static class ResultReader
{
    private const string Shape = "a list of objects with \"image_id\", \"category_id\", \"bbox\" and \"score\"";

    public static CocoDetections Read(Stream stream, string path)
    {
        var cursor = new JsonCursor(stream, path);
        try
        {
            return Read(ref cursor);
        }
        finally
        {
            cursor.Dispose();
        }
    }

    private static CocoDetections Read(ref JsonCursor cursor)
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
            detections.Add(ReadDetection(ref cursor, place), place);
        }

        cursor.Read();
        return detections;
    }

    private static CocoDetection ReadDetection(ref JsonCursor cursor, CocoPlace place)
    {
        Keys found = 0;
        long imageId = 0, categoryId = 0;
        CocoBox box = default;
        double score = 0;
        while (cursor.NextProperty())
        {
            if (cursor.Is("image_id"u8, "image_id"))
            {
                imageId = cursor.Int64();
                found |= Keys.ImageId;
            }
            else if (cursor.Is("category_id"u8, "category_id"))
            {
                categoryId = cursor.Int64();
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
