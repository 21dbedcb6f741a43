using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection;

/// <summary>The engine refused an operation. The message has the operator, what it worked on, and the engine's own reason, in one sentence each.</summary>
/// <remarks>The engine's own exceptions carry pages of C++ frames and no shapes; <see cref="Annotate"/> notes the shapes where they are known, <see cref="Of"/> makes the paragraph.</remarks>
public sealed partial class EngineException : Exception
{
    private const string PlaceNote = "Cawb.Detection.Place";

    private EngineException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Whether an exception comes from the engine.</summary>
    public static bool IsEngineFault(Exception exception) => exception is ExternalException || exception.Data.Contains(PlaceNote);

    /// <summary>The paragraph for a user.</summary>
    /// <param name="fault">What the engine threw.</param>
    public static EngineException Of(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var place = fault.Data[PlaceNote] is string noted ? $" at {noted}" : "";
        return new EngineException($"{Operator(fault)}{place}: {Reason(fault.Message)}", fault);
    }

    /// <summary>Whether the engine asked for memory that there is not.</summary>
    public static bool IsOutOfMemory(Exception fault) =>
        fault is OutOfMemoryException || (IsEngineFault(fault) && (fault.Message.Contains("can't allocate memory", StringComparison.Ordinal) || fault.Message.Contains("out of memory", StringComparison.Ordinal)));

    /// <summary>For exception filters: notes what was worked on, once, and lets the exception pass.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="where">For example the name of a layer.</param>
    /// <param name="operands">What it worked on.</param>
    /// <returns>False.</returns>
    public static bool Annotate(Exception fault, string where, params ReadOnlySpan<Tensor> operands)
    {
        if (fault is not OperationCanceledException && !fault.Data.Contains(PlaceNote))
        {
            var texts = new string[operands.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = Describe(operands[i]);
            }

            fault.Data[PlaceNote] = $"{where}({string.Join(", ", texts)})";
        }

        return false;
    }

    /// <summary>Type and shape: <c>float32[16, 3, 96, 96]</c>.</summary>
    public static string Describe(Tensor tensor) =>
        tensor.IsInvalid ? "a disposed tensor" : Describe(tensor.dtype, tensor.shape) + (tensor.device_type == DeviceType.CPU ? "" : $" on {tensor.device}");

    /// <summary>Type and shape: <c>float32[16, 3, 96, 96]</c>.</summary>
    public static string Describe(ScalarType type, IEnumerable<long> shape) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(type == ScalarType.Byte ? "uint8" : type.ToString().ToLower(CultureInfo.InvariantCulture))}[{string.Join(", ", shape)}]");

    /// <summary>The operator as libtorch's frames name it, where the message has them; else the function of TorchSharp that was called.</summary>
    private static string Operator(Exception fault)
    {
        if (CalledOperators().Matches(fault.Message) is [.., var outermost])
        {
            return outermost.Groups[1].Value;
        }

        string? inner = null;
        foreach (var frame in new StackTrace(fault).GetFrames())
        {
            var method = DiagnosticMethodInfo.Create(frame);
            if (method?.DeclaringAssemblyName.StartsWith("TorchSharp,", StringComparison.Ordinal) is true)
            {
                inner = method.Name;
            }
            else if (inner is not null)
            {
                break;
            }
        }

        return inner is null or "CheckForErrors" ? "libtorch" : inner;
    }

    // at::_ops::add_Tensor::call(...): the name, and the overload after it.
    [GeneratedRegex("at::_ops::(\\w+?)(?:_[A-Z]\\w*)?::call")]
    private static partial Regex CalledOperators();

    /// <summary>The first line; the rest are frames of C++.</summary>
    private static string Reason(string message) => message.Split('\n', 2)[0].TrimEnd('\r', ' ');
}
