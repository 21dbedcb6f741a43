using System.Runtime.CompilerServices;
using Cawb.Detection.Natives;

namespace Cawb.Detection.Tests.Natives;

/// <summary>Tests may touch TorchSharp or OpenCvSharp before anything of Cawb.Detection.</summary>
internal static class PreparedNatives
{
    [ModuleInitializer]
    internal static void Prepare() => NativeLibraries.Prepare();
}
