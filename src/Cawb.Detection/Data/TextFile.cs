using System.Text;

namespace Cawb.Detection.Data;

/// <summary>Small text files that people write: read whole, in UTF-8 or with a mark that says what else they are.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Files that are longer are something else.</param>
    /// <exception cref="DatasetException">It is too long, or no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static string Read(string path, int mostBytes)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(Bytes(path, mostBytes)), Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new DatasetException(path, "Is no text in UTF-8. Save it as UTF-8.", e);
        }
    }

    /// <summary>The lines without what surrounds them, and without empty ones.</summary>
    /// <inheritdoc cref="Read"/>
    internal static string[] Lines(string path, int mostBytes) => Read(path, mostBytes).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // What has no length, such as /dev/zero, has no end either.
    private static byte[] Bytes(string path, int mostBytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var bytes = new byte[Math.Min(file.Length, mostBytes) + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length < bytes.Length
            ? bytes[..length]
            : throw new DatasetException(path, $"Is longer than such a file can be ({mostBytes} bytes), or grows while it is read: it is something else. Name the right file.");
    }
}
