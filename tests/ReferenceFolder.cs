using System.Runtime.CompilerServices;

namespace Cawb.Tests.Reference;

/// <summary>
/// The golden numbers: the folder that the environment variable CAWB_REFERENCE names, else <c>tests/reference</c> of the repository.
/// </summary>
internal static class ReferenceFolder
{
    /// <summary>The root with the sub-folders <c>schedules</c>, <c>yolov5</c> and <c>coco</c>.</summary>
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("CAWB_REFERENCE") is { Length: > 0 } named ? named : Path.Combine(TestsFolder(), "reference");

    public static string Of(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The repository's root, for tests that read its documents.</summary>
    public static string Repository { get; } = Path.GetDirectoryName(TestsFolder()) ?? throw new InvalidOperationException("The tests lie in no folder.");

    private static string TestsFolder([CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file) ?? throw new InvalidOperationException("The compiler gave no source path.");
}
