using System.Runtime.InteropServices;

namespace Cawb.Torch.Interop;

/// <summary>Handles of tensors side by side in pinned memory, refilled for every use: an argument for operators that take lists.</summary>
internal sealed unsafe class TensorList
{
    private nint[] handles = GC.AllocateArray<nint>(16, pinned: true);

    public int Count { get; private set; }

    public Argument Argument => Argument.Tensors((nint*)Marshal.UnsafeAddrOfPinnedArrayElement(handles, 0), Count);

    public void Clear() => Count = 0;

    public void Add(Tensor tensor)
    {
        if (Count == handles.Length)
        {
            var larger = GC.AllocateArray<nint>(handles.Length * 2, pinned: true);
            handles.CopyTo(larger.AsSpan());
            handles = larger;
        }

        handles[Count++] = tensor.Handle;
    }

    public void Fill(IReadOnlyList<Tensor> tensors)
    {
        Clear();
        for (var i = 0; i < tensors.Count; i++)
        {
            Add(tensors[i]);
        }
    }

    /// <summary>Takes the chosen entries, none of which may be null.</summary>
    public void Fill(List<int> chosen, Tensor?[] tensors)
    {
        Clear();
        foreach (var index in chosen)
        {
            Add(tensors[index] ?? throw new InvalidOperationException($"Entry {index} holds no tensor."));
        }
    }
}
