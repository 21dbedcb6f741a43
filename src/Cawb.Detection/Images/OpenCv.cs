using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>OpenCV as it is used here: one thread, silent, its errors as exceptions of ours. Whoever calls <c>Cv2</c> gets its images from here, which sets it up first.</summary>
internal static class OpenCv
{
    static OpenCv()
    {
        // The callers work on one image per thread; threads of OpenCV's own would only be in their way.
        Cv2.SetNumThreads(1);
        Cv2.SetLogLevel(LogLevel.SILENT);
        CodecMessages.Silence();
        Version = Cv2.GetVersionString() ?? "";
    }

    /// <summary>Such as <c>4.13.0</c>.</summary>
    internal static string Version { get; }

    /// <summary>Interleaved pixels as OpenCV sees them; nothing is copied, so the memory stays pinned as long as the view lives.</summary>
    internal static unsafe Mat View(byte* pixels, int width, int height) => Mat.FromPixelData(height, width, MatType.CV_8UC3, (nint)pixels);

    /// <summary>A file in memory, as a row of bytes.</summary>
    internal static unsafe Mat View(byte* file, int length) => Mat.FromPixelData(1, length, MatType.CV_8UC1, (nint)file);

    /// <summary>Throws when OpenCV allocated a result of another shape instead of writing where it was told to.</summary>
    internal static unsafe void RequireWritten(Mat result, byte* destination)
    {
        if (result.DataPointer != destination)
        {
            throw new InvalidOperationException("OpenCV: the result has another size than its place.");
        }
    }

    /// <summary>For calls that only a fault of ours can make fail; failures that a file can cause become an <see cref="ImageException"/> at the call.</summary>
    internal static InvalidOperationException Fault(OpenCVException e) => new($"OpenCV: {Words(e)}.", e);

    /// <summary>What OpenCV says, on one line.</summary>
    internal static string Words(OpenCVException e) => string.Join(' ', (e.ErrMsg ?? "unknown failure").Split((char[])[' ', '\n', '>'], StringSplitOptions.RemoveEmptyEntries));
}
