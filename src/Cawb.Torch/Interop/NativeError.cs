using System.Runtime.InteropServices;

namespace Cawb.Torch.Interop;

/// <summary>The one translator from the shim's failures to <see cref="TorchException"/>.</summary>
internal static unsafe class NativeError
{
    /// <summary>What libtorch said last on this thread, without the place in its C++ sources and the stack.</summary>
    public static string Text()
    {
        var text = Marshal.PtrToStringUTF8((nint)Native.Error()) ?? "";
        var end = text.IndexOf("Exception raised from", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    public static TorchException Of(string activity) => new(activity, Text());

    /// <summary>For activities with a fixed name; where the text has to be put together, test first and throw <see cref="Of"/>.</summary>
    public static void ThrowIf(bool failed, string activity)
    {
        if (failed)
        {
            throw Of(activity);
        }
    }
}
