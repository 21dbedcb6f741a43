namespace Cawb.Torch;

/// <summary>Where tensors live. The numbers are libtorch's.</summary>
public enum DeviceKind
{
    /// <summary>Main memory.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA accelerator; needs a libtorch that was built with CUDA (see <see cref="LibTorch.HasCuda"/>).</summary>
    Cuda = 1,
}
