using Cawb.Detection.Weights.Pickled;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>An open file with named tensors, whatever its format.</summary>
public abstract class WeightSource : IDisposable
{
    private protected WeightSource()
    {
    }

    /// <summary>What the file announces, checked against its length, in the order of the file; each name once.</summary>
    public abstract IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>The notes of <see cref="WeightFile"/> that the file has or that follow from it, and what else is worth knowing about it.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether the file has averaged weights besides those that it was opened for.</summary>
    public virtual bool LeavesAverage => false;

    /// <summary>Opens a file by its first bytes; a file of neither format is one of safetensors unless its name says otherwise.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">Which network of a checkpoint that has two.</param>
    /// <exception cref="SafetensorsException">No sound safetensors file.</exception>
    /// <exception cref="WeightFileException">No sound file of PyTorch, or one without a network.</exception>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static WeightSource Open(string path, WeightUse use = WeightUse.Detection) =>
        FocusWeights.Folded(TorchFile.IsOne(path) ? new PickledWeights(path, use) : new SafetensorsWeights(path));

    /// <summary>Reads tensors one by one, in any order.</summary>
    /// <param name="names">Of <see cref="Tensors"/>.</param>
    /// <param name="take">Given each; the tensor is freed after the call.</param>
    public abstract void Read(IEnumerable<string> names, Action<string, Tensor> take);

    /// <summary>Closes the file.</summary>
    public abstract void Dispose();
}
