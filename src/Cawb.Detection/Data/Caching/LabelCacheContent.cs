using System.Security.Cryptography;
using Cawb.Coco;

namespace Cawb.Detection.Data.Caching;

/// <summary>The content of a label cache and its bytes: name and version, content, SHA-256 of both.</summary>
/// <param name="Key">What the content was made from.</param>
/// <param name="Files">Every file that belongs to the key.</param>
/// <param name="Dataset">The part.</param>
/// <param name="Problems">Notes and warnings of reading it.</param>
internal sealed record LabelCacheContent(byte[] Key, IReadOnlyList<string> Files, DetectionDataset Dataset, IReadOnlyList<ProblemGroup> Problems)
{
    private const string Name = "CAWBLBL2";

    internal byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Name);
            writer.Write(Key);
            WriteList(writer, Files, writer.Write);
            WriteList(writer, Dataset.ClassNames, writer.Write);
            WriteList(writer, Dataset.Images, image => Write(writer, image));
            WriteList(writer, Dataset.GroundTruth.Images, image => Write(writer, image));
            WriteList(writer, Dataset.GroundTruth.Annotations, annotation => Write(writer, annotation));
            WriteList(writer, Dataset.GroundTruth.Categories, category => Write(writer, category));
            WriteList(writer, Problems, group => Write(writer, group));
        }

        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        return memory.ToArray();
    }

    /// <summary>Null for what is no such file, is of another version, damaged, or was made from other files.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">What it should be made from.</param>
    /// <param name="listed">The files that are there now; null to take them from the cache.</param>
    internal static LabelCacheContent? Parse(byte[] bytes, LabelSource source, IReadOnlyList<string>? listed)
    {
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length));
        if (reader.ReadString() != Name)
        {
            return null;
        }

        var key = reader.ReadBytes(SHA256.HashSizeInBytes);
        var files = ReadList(reader, reader.ReadString);
        if (listed is not null && !listed.SequenceEqual(files, StringComparer.Ordinal))
        {
            return null;
        }

        var names = ReadList(reader, reader.ReadString);
        var images = ReadList(reader, () => ReadImage(reader));
        var groundTruth = new CocoDataset(
            ReadList(reader, () => new CocoImage(reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadString())),
            ReadList(reader, () => ReadAnnotation(reader)),
            ReadList(reader, () => new CocoCategory(reader.ReadInt64(), reader.ReadString(), reader.ReadString())));
        var problems = ReadList(reader, () => ReadGroup(reader));
        return new LabelCacheContent(key, files, new DetectionDataset(source.Description, source.Part, Array.AsReadOnly(images), Array.AsReadOnly(names), groundTruth), problems);
    }

    private static void Write(BinaryWriter writer, DatasetImage image)
    {
        writer.Write(image.Path);
        writer.Write(image.Id);
        writer.Write(image.Width);
        writer.Write(image.Height);
        writer.Write(image.FileBytes);
        WriteList(writer, image.Boxes, box =>
        {
            writer.Write(box.ClassIndex);
            writer.Write(box.CenterX);
            writer.Write(box.CenterY);
            writer.Write(box.Width);
            writer.Write(box.Height);
        });
    }

    private static DatasetImage ReadImage(BinaryReader reader) => new(
        reader.ReadString(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(),
        ReadList(reader, () => new LabelBox(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble())));

    private static void Write(BinaryWriter writer, CocoImage image)
    {
        writer.Write(image.Id);
        writer.Write(image.Width);
        writer.Write(image.Height);
        writer.Write(image.FileName);
    }

    private static void Write(BinaryWriter writer, CocoAnnotation annotation)
    {
        writer.Write(annotation.Id);
        writer.Write(annotation.ImageId);
        writer.Write(annotation.CategoryId);
        writer.Write(annotation.Box.X);
        writer.Write(annotation.Box.Y);
        writer.Write(annotation.Box.Width);
        writer.Write(annotation.Box.Height);
        writer.Write(annotation.Area);
        writer.Write(annotation.IsCrowd);
    }

    private static CocoAnnotation ReadAnnotation(BinaryReader reader) => new(
        reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(),
        new CocoBox(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()), reader.ReadDouble(), reader.ReadBoolean());

    private static void Write(BinaryWriter writer, CocoCategory category)
    {
        writer.Write(category.Id);
        writer.Write(category.Name);
        writer.Write(category.Supercategory);
    }

    private static void Write(BinaryWriter writer, ProblemGroup group)
    {
        writer.Write((int)group.Kind);
        writer.Write(group.Count);
        WriteList(writer, group.Examples, example =>
        {
            writer.Write(example.Path);
            writer.Write(example.Text);
        });
    }

    private static ProblemGroup ReadGroup(BinaryReader reader)
    {
        var kind = (ProblemKind)reader.ReadInt32();
        return new ProblemGroup(kind, reader.ReadInt32(), ReadList(reader, () => new DatasetProblem(kind, reader.ReadString(), reader.ReadString())));
    }

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyList<T> list, Action<T> write)
    {
        writer.Write(list.Count);
        foreach (var item in list)
        {
            write(item);
        }
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<T> read)
    {
        var list = new T[reader.ReadInt32()];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = read();
        }

        return list;
    }
}
