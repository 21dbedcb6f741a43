using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>Writes instances and result files: the same data give the same bytes.</summary>
internal static class CocoFileWriter
{
    // Enough to keep the disk busy, little enough to keep a file of any size out of memory.
    private const int FlushBytes = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream stream, CocoDataset dataset)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteStartArray("images"u8);
        foreach (var image in dataset.Images)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, image.Id);
            json.WriteNumber("width"u8, image.Width);
            json.WriteNumber("height"u8, image.Height);
            json.WriteString("file_name"u8, image.FileName);
            End(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations"u8);
        foreach (var annotation in dataset.Annotations)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, annotation.Id);
            json.WriteNumber("image_id"u8, annotation.ImageId);
            json.WriteNumber("category_id"u8, annotation.CategoryId);
            Write(json, annotation.Box);
            json.WriteNumber("area"u8, annotation.Area);
            json.WriteNumber("iscrowd"u8, annotation.IsCrowd ? 1 : 0);
            End(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("categories"u8);
        foreach (var category in dataset.Categories)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, category.Id);
            json.WriteString("name"u8, category.Name);
            json.WriteString("supercategory"u8, category.Supercategory);
            End(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Stream stream, CocoDetections detections)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartArray();
        for (var i = 0; i < detections.Count; i++)
        {
            var detection = detections[i];
            json.WriteStartObject();
            json.WriteNumber("image_id"u8, detection.ImageId);
            json.WriteNumber("category_id"u8, detection.CategoryId);
            Write(json, detection.Box);
            json.WriteNumber("score"u8, detection.Score);
            End(json);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CocoBox box)
    {
        json.WriteStartArray("bbox"u8);
        json.WriteNumberValue(box.X);
        json.WriteNumberValue(box.Y);
        json.WriteNumberValue(box.Width);
        json.WriteNumberValue(box.Height);
        json.WriteEndArray();
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }
}
