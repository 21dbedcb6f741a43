using System.Globalization;
using System.Text;
using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>Writes <c>metrics.csv</c>: one row per epoch, on the disk before the call returns.</summary>
/// <remarks>
/// Numbers have the shortest form that reads back to the same bits, so that two runs with one seed write the same bytes but for the times in the last columns.
/// </remarks>
public sealed class MetricsFile
{
    private readonly string path;

    internal MetricsFile(string path, MetricsColumns columns) => (this.path, Columns) = (path, columns);

    /// <summary>What stands in each place of a row.</summary>
    public MetricsColumns Columns { get; }

    /// <summary>Adds the row of an epoch.</summary>
    /// <param name="values">One for each of <see cref="MetricsColumns.Values"/>. Infinities and NaN are written as such: a loss that diverged is a fact.</param>
    /// <param name="times">One for each of <see cref="MetricsColumns.Times"/>, in seconds; written to the millisecond.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than columns.</exception>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public void Append(ReadOnlySpan<double> values, ReadOnlySpan<double> times)
    {
        if (values.Length != Columns.Values.Count || times.Length != Columns.Times.Count)
        {
            throw new ArgumentException($"A row has {Columns.Values.Count} values and {Columns.Times.Count} times; got {values.Length} and {times.Length}.", nameof(values));
        }
        var line = new StringBuilder();
        foreach (var value in values)
        {
            line.Append(line.Length > 0 ? "," : "").Append(value.ToString("R", CultureInfo.InvariantCulture));
        }
        foreach (var time in times)
        {
            line.Append(',').Append(time.ToString("F3", CultureInfo.InvariantCulture));
        }
        var bytes = Encoding.UTF8.GetBytes(line.Append('\n').ToString());
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            var length = stream.Seek(0, SeekOrigin.End);
            try
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // A disk that filled up in the middle of a row: better no row than half of one.
                stream.SetLength(length);
                throw;
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(path, fault);
        }
    }

    /// <summary>Bytes written so far; a checkpoint remembers them.</summary>
    internal long Length
    {
        get
        {
            try
            {
                return new FileInfo(path).Length;
            }
            catch (Exception fault) when (FileFault.IsOne(fault))
            {
                throw FileFault.OfReading(path, fault);
            }
        }
    }

    internal static string Header(MetricsColumns columns) => string.Join(',', columns.All) + "\n";

    /// <summary>Takes away, in one step, what was written after the file had <paramref name="length"/> bytes.</summary>
    /// <exception cref="FileException">The file is shorter, or no row ends there.</exception>
    internal void CutTo(long length)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
        if (bytes.Length < length || length == 0 || bytes[length - 1] != (byte)'\n')
        {
            throw new FileException(path, $"does not have the rows that the checkpoint was written with: {length} bytes up to the end of a row. Somebody changed the file; restore it, or start the run anew.");
        }
        if (bytes.Length > length)
        {
            AtomicFile.Write(path, stream => stream.Write(bytes.AsSpan(0, (int)length)));
        }
    }
}
