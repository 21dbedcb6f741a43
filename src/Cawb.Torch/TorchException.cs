namespace Cawb.Torch;

/// <summary>libtorch refused an operation. The message has the operator, kinds and shapes of its arguments, and libtorch's own reason.</summary>
public sealed class TorchException : Exception
{
    /// <summary>An exception without a known operation.</summary>
    public TorchException()
        : this("libtorch", "no reason given")
    {
    }

    /// <summary>An exception without a known operation.</summary>
    /// <param name="message">The reason.</param>
    public TorchException(string message)
        : this("libtorch", message)
    {
    }

    /// <summary>An exception without a known operation.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">What caused it.</param>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
        Operation = "libtorch";
    }

    /// <summary>The failure of an operation.</summary>
    /// <param name="operation">The operator with its arguments, for example <c>aten::add.Tensor(float32[2, 3], float32[4], 1)</c>.</param>
    /// <param name="reason">What libtorch says about it.</param>
    public TorchException(string operation, string reason)
        : base($"{operation}: {reason}")
    {
        Operation = operation;
    }

    /// <summary>The operator with its arguments, tensors as element type and shape.</summary>
    public string Operation { get; }
}
