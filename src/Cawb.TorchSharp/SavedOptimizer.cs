using System.Security.Cryptography;
using System.Text;
using TorchSharp.Modules;

namespace Cawb.TorchSharp;

/// <summary>A schedule's state and an optimizer's own in one stream, which says how long it is and what it must hash to.</summary>
internal sealed class SavedOptimizer
{
    private const string Mark = "Cawb.TorchSharp.ScheduledOptimizer 1";
    private const int HashLength = 32;

    private readonly BinaryReader reader;

    private SavedOptimizer(BinaryReader reader, SchedulerState state) => (this.reader, State) = (reader, state);

    public SchedulerState State { get; }

    /// <exception cref="NotSupportedException">The optimizer cannot save its state.</exception>
    public static void Write(BinaryWriter writer, SchedulerState state, Optimizer optimizer)
    {
        var helper = HelperOf(optimizer);
        // Counted and hashed in a pass of its own, so that nothing as large as the state is held in memory.
        using var counted = new HashingStream(Stream.Null);
        using (var counter = new BinaryWriter(counted, Encoding.UTF8, leaveOpen: true))
        {
            WriteBody(counter);
        }

        writer.Write(Mark);
        writer.Write(counted.Length);
        writer.Write(counted.Sha256Bytes());
        WriteBody(writer);
        writer.Flush();

        void WriteBody(BinaryWriter body)
        {
            body.Write(state.ToJson());
            body.Write(optimizer.GetType().Name);
            helper.save_state_dict(body);
        }
    }

    /// <summary>Checks everything that can be checked before anything is changed.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged, or of another optimizer.</exception>
    /// <exception cref="NotSupportedException">The optimizer cannot load a state, or the stream cannot seek.</exception>
    public static SavedOptimizer Read(BinaryReader reader, Optimizer optimizer)
    {
        _ = HelperOf(optimizer);
        var stream = reader.BaseStream;
        if (!stream.CanSeek)
        {
            throw new NotSupportedException("A saved optimizer is read twice, first to see whether it is whole, and this stream cannot seek. Copy it into a file or a MemoryStream.");
        }

        try
        {
            if (reader.ReadString() is var mark && mark != Mark)
            {
                throw new InvalidDataException($"This is no saved optimizer of Cawb.TorchSharp: it begins with \"{mark[..Math.Min(mark.Length, 40)]}\" in place of \"{Mark}\".");
            }

            var length = reader.ReadInt64();
            RequireWhole(stream, length, reader.ReadBytes(HashLength));
            var state = SchedulerState.FromJson(reader.ReadString());
            var type = reader.ReadString();
            if (type != optimizer.GetType().Name)
            {
                throw new InvalidDataException($"The state is that of the optimizer {type}; this one is {optimizer.GetType().Name}. Make the optimizer as it was.");
            }

            return new SavedOptimizer(reader, state);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or ScheduleTextException or DecoderFallbackException)
        {
            throw new InvalidDataException($"The saved optimizer is damaged or incomplete: {fault.Message.TrimEnd('.')}. Take an earlier one.", fault);
        }
    }

    /// <exception cref="InvalidDataException">The optimizer has other parameters.</exception>
    public void LoadInto(Optimizer optimizer)
    {
        var helper = HelperOf(optimizer);
        try
        {
            helper.load_state_dict(reader);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"The optimizer's state does not fit this optimizer: {fault.Message.Split('\n')[0].TrimEnd('.')}. Some of it may be loaded: make the optimizer anew, with the parameters and groups that it had.", fault);
        }

        // TorchSharp loads its buffers into whatever scope is open, which would free them before the next step.
        foreach (var state in helper.state_dict().State)
        {
            OptimizerBuffers.Keep(state);
        }
    }

    private static OptimizerHelper HelperOf(Optimizer optimizer) => optimizer as OptimizerHelper
        ?? throw new NotSupportedException($"{optimizer.GetType().Name} of TorchSharp cannot save or load its own state, so that a resumed run would not go on as it was. The schedule alone is saved by CaptureState() and Restore().");

    private static void RequireWhole(Stream stream, long length, byte[] expected)
    {
        var start = stream.Position;
        if (length < 0 || length > stream.Length - start)
        {
            throw new EndOfStreamException($"{length} bytes were to follow, {stream.Length - start} are there");
        }

        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var count = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (count == 0)
            {
                throw new EndOfStreamException("it ends early");
            }

            sum.AppendData(buffer, 0, count);
            left -= count;
        }

        if (!sum.GetHashAndReset().AsSpan().SequenceEqual(expected))
        {
            throw new FormatException("its bytes are not those that were saved");
        }

        stream.Position = start;
    }
}
