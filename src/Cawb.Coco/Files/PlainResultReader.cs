using System.Buffers;
using System.Runtime.CompilerServices;

namespace Cawb.Coco.Files;

/// <summary>
/// Reads result files of the usual form several times faster than a general JSON reader can: objects with exactly the four keys, in any order.
/// </summary>
/// <remarks>
/// It knows no errors. Whatever is not of that form, be it unusual or wrong, is left to <see cref="ResultReader"/>, which reads the file again from its
/// start and says what is the matter; so this reader must never take a file that the other would refuse or understand differently.
/// </remarks>
internal sealed class PlainResultReader : IDisposable
{
    private const int FirstBufferBytes = 1 << 18;

    // No element of the usual form is nearly as long.
    private const int LargestBufferBytes = 1 << 24;

    private readonly Stream stream;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int length;
    private bool isFinal;
    private long bufferStart;
    private long line = 1;
    private long lineStart;

    private PlainResultReader(Stream stream) => this.stream = stream;

    /// <summary>Reads a file of the usual form; of any other, reads some part and gives false.</summary>
    public static bool TryRead(Stream stream, string path, out CocoDetections detections)
    {
        detections = new CocoDetections(path);
        using var reader = new PlainResultReader(stream);
        return reader.TryRead(detections);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRead(CocoDetections detections)
    {
        var at = 0;
        if (!SkipWhite(ref at) || buffer[at++] != '[' || !SkipWhite(ref at))
        {
            return false;
        }

        if (buffer[at] == ']')
        {
            at++;
            return !SkipWhite(ref at);
        }

        while (true)
        {
            var place = new CocoPlace(line, bufferStart + at - lineStart + 1);
            var element = new PlainResultElement(buffer.AsSpan(0, length), at, bufferStart, line, lineStart);
            if (!element.TryRead(out var detection))
            {
                // Perhaps the buffer ends within the element.
                if (!element.HasRunOut || isFinal || (at == 0 && length >= LargestBufferBytes))
                {
                    return false;
                }

                Refill(ref at);
                continue;
            }

            (at, line, lineStart) = (element.At, element.Line, element.LineStart);
            detections.Add(detection, place);
            if (!SkipWhite(ref at))
            {
                return false;
            }

            var separator = buffer[at++];
            if (separator == ']')
            {
                return !SkipWhite(ref at);
            }

            if (separator != ',' || !SkipWhite(ref at))
            {
                return false;
            }
        }
    }

    /// <summary>Goes to the next byte that is no white space; false at the end of the file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool SkipWhite(ref int at)
    {
        while (true)
        {
            for (; at < length; at++)
            {
                var b = buffer[at];
                if (b == '\n')
                {
                    line++;
                    lineStart = bufferStart + at + 1;
                }
                else if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                {
                    return true;
                }
            }

            if (isFinal)
            {
                return false;
            }

            Refill(ref at);
        }
    }

    /// <summary>Moves what is left to the front and reads on.</summary>
    private void Refill(ref int at)
    {
        var rest = length - at;
        if (rest == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(at, rest).CopyTo(buffer);
        }

        bufferStart += at;
        at = 0;
        var wanted = buffer.Length - rest;
        var read = stream.ReadAtLeast(buffer.AsSpan(rest), wanted, throwOnEndOfStream: false);
        isFinal = read < wanted;
        length = rest + read;
    }
}
