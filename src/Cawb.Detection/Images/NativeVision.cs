using System.Runtime.InteropServices;

namespace Cawb.Detection.Images;

/// <summary>The functions of <c>native/vision.cpp</c>, one to one, and the translation of their status.</summary>
internal static partial class NativeVision
{
    private const string Library = "libcawb_vision";

    [LibraryImport(Library, EntryPoint = "cawb_vision_decode")]
    internal static partial int Decode(ref readonly byte bytes, long length, int orientation, out int width, out int height);

    [LibraryImport(Library, EntryPoint = "cawb_vision_decoding_warnings")]
    internal static partial int DecodingWarnings();

    [LibraryImport(Library, EntryPoint = "cawb_vision_take")]
    internal static partial int Take(ref byte destination, int width, int height, PixelInterpolation interpolation);

    [LibraryImport(Library, EntryPoint = "cawb_vision_encode", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Encode(ref readonly byte pixels, int width, int height, string extension, int quality, out long length);

    [LibraryImport(Library, EntryPoint = "cawb_vision_take_encoded")]
    internal static partial int TakeEncoded(ref byte destination, long length);

    [LibraryImport(Library, EntryPoint = "cawb_vision_resize")]
    internal static partial int Resize(
        ref readonly byte source, int width, int height, ref byte destination, int newWidth, int newHeight, PixelInterpolation interpolation);

    [LibraryImport(Library, EntryPoint = "cawb_vision_warp")]
    internal static partial int Warp(
        ref readonly byte source, int width, int height, ref byte destination, int newWidth, int newHeight, ref readonly double matrix, int perspective, int border);

    [LibraryImport(Library, EntryPoint = "cawb_vision_planes")]
    internal static unsafe partial int Planes(
        ref readonly byte source, int width, int height, byte* tables, int flipVertical, int flipHorizontal, ref byte planes);

    [LibraryImport(Library, EntryPoint = "cawb_vision_draw_box", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DrawBox(
        ref byte pixels, int width, int height, int left, int top, int right, int bottom, int blue, int green, int red, int thickness, string text);

    [LibraryImport(Library, EntryPoint = "cawb_vision_version")]
    private static partial nint VersionText();

    [LibraryImport(Library, EntryPoint = "cawb_vision_error")]
    private static partial nint Error();

    /// <summary>The text of the last failure on this thread.</summary>
    internal static string ErrorText() => Marshal.PtrToStringUTF8(Error()) ?? "unknown failure";

    /// <summary>OpenCV's version, such as <c>4.6.0</c>.</summary>
    internal static string Version() => Marshal.PtrToStringUTF8(VersionText()) ?? "";

    /// <summary>For calls that only a fault of ours can make fail; failures that a file can cause become an <see cref="ImageException"/> at the call.</summary>
    internal static void Require(int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"OpenCV: {ErrorText()}.");
        }
    }
}
