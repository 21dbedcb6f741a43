using System.Runtime.CompilerServices;

namespace Cawb.TorchSharp.Tests;

internal static class EnabledTorch
{
    [ModuleInitializer]
    internal static void Enable() => OlderLinux.Enable();
}
