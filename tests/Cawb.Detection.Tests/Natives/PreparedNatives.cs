using System.Runtime.CompilerServices;
using Cawb.Detection.Natives;

namespace Cawb.Detection.Tests.Natives;

/// <summary>Tests may touch TorchSharp or OpenCvSharp before anything of Cawb.Detection, and run beside other projects: one thread each.</summary>
internal static class PreparedNatives
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        NativeLibraries.Prepare();
        ComputeThreads.Set(1);
    }
}
