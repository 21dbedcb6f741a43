using System.Buffers.Binary;
using Google.Protobuf;
using Tensorboard;

namespace Cawb.Training.Audit;

/// <summary>Reads scalars from TensorBoard's event files: records of a length, its checksum, a protocol buffer, its checksum.</summary>
public static class TensorBoardRates
{
    private const int MostRecordBytes = 64 << 20;

    /// <summary>Whether a path is an event file or a folder that holds one.</summary>
    /// <param name="path">Of a file or a folder, there or not.</param>
    public static bool IsOne(string path) => Files(path).Any();

    /// <summary>The scalars of rates.</summary>
    /// <param name="path">An event file, or a folder with some.</param>
    /// <param name="tags">Their tags; empty for all that say learning rate.</param>
    /// <exception cref="InputException">A file is damaged, or a tag is missing.</exception>
    public static AppliedRates Read(string path, IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var found = new SortedDictionary<string, List<(double, double)>>(StringComparer.Ordinal);
        foreach (var file in Files(path).Order(StringComparer.Ordinal))
        {
            foreach (var record in Records(file))
            {
                foreach (var value in record.Summary?.Value ?? [])
                {
                    if (value.ValueCase == Summary.Types.Value.ValueOneofCase.SimpleValue)
                    {
                        (found.TryGetValue(value.Tag, out var rows) ? rows : found[value.Tag] = []).Add((record.Step, value.SimpleValue));
                    }
                }
            }
        }

        var missing = tags.FirstOrDefault(tag => !found.ContainsKey(tag));
        var chosen = tags.Count > 0 ? tags : [.. found.Keys.Where(IsRate)];
        return missing is null && chosen.Count > 0
            ? new AppliedRates(path, "step", [.. chosen.Select(tag => new AppliedColumn(tag, found[tag]))])
            : throw new InputException($"{path} has no scalar {(missing is null ? "that is named like a learning rate; name it with --column" : $"'{missing}'")}. The scalars are {(found.Count > 0 ? string.Join(", ", found.Keys) : "none")}.");
    }

    private static bool IsRate(string tag) => tag.Contains("learningRate", StringComparison.OrdinalIgnoreCase) || tag.Contains("learning_rate", StringComparison.OrdinalIgnoreCase)
        || tag.Split('/', '_', '-', '.').Any(part => part.StartsWith("lr", StringComparison.OrdinalIgnoreCase) && part[2..].All(char.IsAsciiDigit));

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? Path.GetFileName(path).Contains("tfevents", StringComparison.Ordinal) ? [path] : []
        : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*tfevents*") : [];

    private static IEnumerable<Event> Records(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[12];
        while (true)
        {
            var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            // A run may still be writing its last record.
            if (count < head.Length)
            {
                yield break;
            }

            var length = BinaryPrimitives.ReadInt64LittleEndian(head);
            if (length is < 0 or > MostRecordBytes)
            {
                throw Damaged(file, stream.Position);
            }

            var body = new byte[length + 4];
            if (stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length)
            {
                yield break;
            }

            Event record;
            try
            {
                record = Event.Parser.ParseFrom(body, 0, (int)length);
            }
            catch (InvalidProtocolBufferException)
            {
                throw Damaged(file, stream.Position);
            }

            yield return record;
        }
    }

    private static InputException Damaged(string file, long position) => new($"{file} is damaged before byte {position}: what stands there is no record of TensorBoard. Take another file of the run, or a CSV.");
}
