using System.Security.Cryptography;

namespace Cawb;

/// <summary>Counts and hashes what is written through it. Forward only; closing it leaves the stream below open.</summary>
internal sealed class HashingStream(Stream below) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException("What is hashed is written from start to end.");
    }

    /// <summary>Of everything written so far, 64 lower-case hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(Sha256Bytes());

    /// <summary>Of everything written so far, 32 bytes.</summary>
    public byte[] Sha256Bytes() => hash.GetCurrentHash();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        below.Write(buffer);
        hash.AppendData(buffer);
        length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => below.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("What is hashed is only written here.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("What is hashed is written from start to end.");

    public override void SetLength(long value) => throw new NotSupportedException("What is hashed is written from start to end.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
