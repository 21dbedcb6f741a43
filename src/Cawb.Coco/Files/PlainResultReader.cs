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

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _length;
    private bool _isFinal;
    private long _bufferStart;
    private long _line = 1;
    private long _lineStart;

    private PlainResultReader(Stream stream) => _stream = stream;

    /// <summary>Reads a file of the usual form; of any other, reads some part and gives false.</summary>
    public static bool TryRead(Stream stream, string path, out CocoDetections detections)
    {
        detections = new CocoDetections(path);
        using var reader = new PlainResultReader(stream);
        return reader.TryRead(detections);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRead(CocoDetections detections)
    {
        var at = 0;
        if (!SkipWhite(ref at) || _buffer[at++] != '[' || !SkipWhite(ref at))
        {
            return false;
        }

        if (_buffer[at] == ']')
        {
            at++;
            return !SkipWhite(ref at);
        }

        while (true)
        {
            var place = new CocoPlace(_line, _bufferStart + at - _lineStart + 1);
            var element = new PlainResultElement(_buffer.AsSpan(0, _length), at, _bufferStart, _line, _lineStart);
            if (!element.TryRead(out var detection))
            {
                // Perhaps the buffer ends within the element.
                if (!element.HasRunOut || _isFinal || (at == 0 && _length >= LargestBufferBytes))
                {
                    return false;
                }

                Refill(ref at);
                continue;
            }

            (at, _line, _lineStart) = (element.At, element.Line, element.LineStart);
            detections.Add(detection, place);
            if (!SkipWhite(ref at))
            {
                return false;
            }

            var separator = _buffer[at++];
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
            for (; at < _length; at++)
            {
                var b = _buffer[at];
                if (b == '\n')
                {
                    _line++;
                    _lineStart = _bufferStart + at + 1;
                }
                else if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                {
                    return true;
                }
            }

            if (_isFinal)
            {
                return false;
            }

            Refill(ref at);
        }
    }

    /// <summary>Moves what is left to the front and reads on.</summary>
    private void Refill(ref int at)
    {
        var rest = _length - at;
        if (rest == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(at, rest).CopyTo(_buffer);
        }

        _bufferStart += at;
        at = 0;
        var wanted = _buffer.Length - rest;
        var read = _stream.ReadAtLeast(_buffer.AsSpan(rest), wanted, throwOnEndOfStream: false);
        _isFinal = read < wanted;
        _length = rest + read;
    }
}
