using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>Reads an instances file: an object with <c>images</c>, <c>annotations</c> and <c>categories</c>, in any order, among other things.</summary>
internal static class InstancesReader
{
    private const string Shape = "an object with the lists \"images\", \"annotations\" and \"categories\"";

    public static CocoDataset Read(Stream stream, string path, CocoReading reading)
    {
        var cursor = new JsonCursor(stream, path);
        try
        {
            return Read(ref cursor, reading);
        }
        finally
        {
            cursor.Dispose();
        }
    }

    private static CocoDataset Read(ref JsonCursor cursor, CocoReading reading)
    {
        cursor.ReadInside();
        if (cursor.Token != JsonTokenType.StartObject)
        {
            throw cursor.Expected(cursor.Token == JsonTokenType.StartArray ? Shape + " (a list is what a result file is)" : Shape);
        }

        Sections found = 0;
        List<CocoImage> images = [];
        List<CocoAnnotation> annotations = [];
        List<CocoCategory> categories = [];
        var places = new CocoDatasetPlaces(cursor.Path);
        var ids = (Images: new IdTexts(), Annotations: new IdTexts(), Categories: new IdTexts());
        while (cursor.NextProperty())
        {
            if (cursor.Is("images"u8, "images"))
            {
                Enter(ref cursor, ref found, Sections.Images, "images");
                ReadImages(ref cursor, reading, ids.Images, images, places.Images);
            }
            else if (cursor.Is("annotations"u8, "annotations"))
            {
                Enter(ref cursor, ref found, Sections.Annotations, "annotations");
                ReadAnnotations(ref cursor, ids.Images, ids.Annotations, ids.Categories, annotations, places);
            }
            else if (cursor.Is("categories"u8, "categories"))
            {
                Enter(ref cursor, ref found, Sections.Categories, "categories");
                ReadCategories(ref cursor, reading, ids.Categories, categories, places.Categories);
            }
            else
            {
                cursor.SkipProperty();
            }

            cursor.EnterSection("");
        }

        if (found != Sections.All)
        {
            var first = !found.HasFlag(Sections.Images) ? "images" : !found.HasFlag(Sections.Annotations) ? "annotations" : "categories";
            throw cursor.Fault($"Expected {Shape}; \"{first}\" is missing.");
        }

        // Anything but white space behind the object is a fault, which reading on reports.
        cursor.Read();
        places.ImageIds = ids.Images.Numbers();
        places.CategoryIds = ids.Categories.Numbers();
        _ = ids.Annotations.Numbers();
        return new CocoDataset(
            ids.Images.AreTexts ? [.. images.Select(image => new CocoImage(ids.Images.Number(image.Id), image.Width, image.Height, image.FileName))] : [.. images],
            ids.Images.AreTexts || ids.Annotations.AreTexts || ids.Categories.AreTexts ? [.. annotations.Select(Numbered)] : [.. annotations],
            ids.Categories.AreTexts ? [.. categories.Select(category => new CocoCategory(ids.Categories.Number(category.Id), category.Name, category.Supercategory))] : [.. categories],
            places);

        CocoAnnotation Numbered(CocoAnnotation annotation) => new(
            ids.Annotations.Number(annotation.Id), ids.Images.Number(annotation.ImageId), ids.Categories.Number(annotation.CategoryId), annotation.Box, annotation.Area, annotation.IsCrowd);
    }

    private static void Enter(ref JsonCursor cursor, ref Sections found, Sections section, string name)
    {
        if (found.HasFlag(section))
        {
            throw cursor.Fault($"Expected the key \"{name}\" once; this is the second.");
        }

        found |= section;
        if (cursor.Token != JsonTokenType.StartArray)
        {
            throw cursor.Expected("a list");
        }

        cursor.EnterSection(name);
    }

    /// <summary>Goes to the next element of a list of objects; false at its end.</summary>
    private static bool NextElement(ref JsonCursor cursor, int index, List<CocoPlace> places)
    {
        cursor.EnterElement(index);
        cursor.ReadInside();
        if (cursor.Token == JsonTokenType.EndArray)
        {
            return false;
        }

        if (cursor.Token != JsonTokenType.StartObject)
        {
            throw cursor.Expected("an object");
        }

        places.Add(cursor.Place());
        return true;
    }

    private static void ReadImages(ref JsonCursor cursor, CocoReading reading, IdTexts ids, List<CocoImage> images, List<CocoPlace> places)
    {
        while (NextElement(ref cursor, images.Count, places))
        {
            Keys found = 0;
            long id = 0;
            int width = 0, height = 0;
            var fileName = "";
            while (cursor.NextProperty())
            {
                if (cursor.Is("id"u8, "id"))
                {
                    id = ids.Read(ref cursor);
                    found |= Keys.Id;
                }
                else if (cursor.Is("width"u8, "width"))
                {
                    width = cursor.PixelCount();
                    found |= Keys.Width;
                }
                else if (cursor.Is("height"u8, "height"))
                {
                    height = cursor.PixelCount();
                    found |= Keys.Height;
                }
                else if (cursor.Is("file_name"u8, "file_name"))
                {
                    fileName = cursor.Text();
                    found |= Keys.FileName;
                }
                else
                {
                    cursor.SkipProperty();
                }
            }

            Demand(ref cursor, found, reading == CocoReading.Complete ? Keys.Id | Keys.Width | Keys.Height | Keys.FileName : Keys.Id, places);
            images.Add(new CocoImage(id, width, height, fileName));
        }
    }

    private static void ReadAnnotations(ref JsonCursor cursor, IdTexts imageIds, IdTexts ids, IdTexts categoryIds, List<CocoAnnotation> annotations, CocoDatasetPlaces places)
    {
        while (NextElement(ref cursor, annotations.Count, places.Annotations))
        {
            Keys found = 0;
            long id = 0, imageId = 0, categoryId = 0;
            CocoBox box = default;
            double area = 0;
            var isCrowd = false;
            while (cursor.NextProperty())
            {
                if (cursor.Is("id"u8, "id"))
                {
                    id = ids.Read(ref cursor);
                    found |= Keys.Id;
                }
                else if (cursor.Is("image_id"u8, "image_id"))
                {
                    imageId = imageIds.Read(ref cursor);
                    found |= Keys.ImageId;
                }
                else if (cursor.Is("category_id"u8, "category_id"))
                {
                    categoryId = categoryIds.Read(ref cursor);
                    found |= Keys.CategoryId;
                }
                else if (cursor.Is("bbox"u8, "bbox"))
                {
                    box = cursor.Box();
                    found |= Keys.Box;
                }
                else if (cursor.Is("area"u8, "area"))
                {
                    if (cursor.Token != JsonTokenType.Null)
                    {
                        area = cursor.Finite();
                        found |= Keys.Area;
                    }
                }
                else if (cursor.Is("iscrowd"u8, "iscrowd"))
                {
                    isCrowd = cursor.Flag();
                }
                else
                {
                    cursor.SkipProperty();
                }
            }

            Demand(ref cursor, found, Keys.Id | Keys.ImageId | Keys.CategoryId | Keys.Box, places.Annotations);
            if (!found.HasFlag(Keys.Area))
            {
                places.WithoutArea.Add(annotations.Count);
                area = box.Area;
            }

            annotations.Add(new CocoAnnotation(id, imageId, categoryId, box, area, isCrowd));
        }
    }

    private static void ReadCategories(ref JsonCursor cursor, CocoReading reading, IdTexts ids, List<CocoCategory> categories, List<CocoPlace> places)
    {
        while (NextElement(ref cursor, categories.Count, places))
        {
            Keys found = 0;
            long id = 0;
            string name = "", supercategory = "";
            while (cursor.NextProperty())
            {
                if (cursor.Is("id"u8, "id"))
                {
                    id = ids.Read(ref cursor);
                    found |= Keys.Id;
                }
                else if (cursor.Is("name"u8, "name"))
                {
                    name = cursor.Text();
                    found |= Keys.Name;
                }
                else if (cursor.Is("supercategory"u8, "supercategory"))
                {
                    supercategory = cursor.Token == JsonTokenType.Null ? "" : cursor.Text();
                }
                else
                {
                    cursor.SkipProperty();
                }
            }

            Demand(ref cursor, found, reading == CocoReading.Complete ? Keys.Id | Keys.Name : Keys.Id, places);
            categories.Add(new CocoCategory(id, found.HasFlag(Keys.Name) ? name : FormattableString.Invariant($"category {id}"), supercategory));
        }
    }

    private static void Demand(ref JsonCursor cursor, Keys found, Keys wanted, List<CocoPlace> places)
    {
        var missing = wanted & ~found;
        if (missing != 0)
        {
            throw cursor.Missing(places[^1], KeyName(missing));
        }
    }

    private static string KeyName(Keys missing) =>
        missing.HasFlag(Keys.Id) ? "id"
        : missing.HasFlag(Keys.Width) ? "width"
        : missing.HasFlag(Keys.Height) ? "height"
        : missing.HasFlag(Keys.FileName) ? "file_name"
        : missing.HasFlag(Keys.ImageId) ? "image_id"
        : missing.HasFlag(Keys.CategoryId) ? "category_id"
        : missing.HasFlag(Keys.Box) ? "bbox"
        : "name";

    [Flags]
    private enum Sections
    {
        Images = 1,
        Annotations = 2,
        Categories = 4,
        All = Images | Annotations | Categories,
    }

    [Flags]
    private enum Keys
    {
        Id = 1,
        Width = 2,
        Height = 4,
        FileName = 8,
        ImageId = 16,
        CategoryId = 32,
        Box = 64,
        Area = 128,
        Name = 256,
    }
}
