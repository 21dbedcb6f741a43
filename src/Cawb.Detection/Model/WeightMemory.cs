using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>
/// The tensors of a network as views of four buffers, one per <see cref="WeightSection"/>, so that what is done to all tensors of a section alike takes one operator instead of
/// one for each.
/// </summary>
/// <remarks>
/// Inside a section tensors lie in the order of YOLOv5's files, so those of frozen layers come first. Between two lie zeros up to the next multiple of 64 bytes. Kernels lie
/// channels-last, as batches do: backward then adds gradients to memory in the order in which they come.
/// </remarks>
public sealed class WeightMemory : IDisposable
{
    private const int Alignment = 64;

    private readonly Tensor[] sections;
    private readonly Dictionary<string, long> starts = new(StringComparer.Ordinal);

    internal WeightMemory(IReadOnlyList<DeclaredTensor> declared, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var lengths = new long[Enum.GetValues<WeightSection>().Length];
        var step = Alignment / type.ElementSize();
        foreach (var tensor in declared)
        {
            var section = (int)tensor.Section;
            starts.Add(tensor.Name, lengths[section]);
            lengths[section] += (tensor.ElementCount + step - 1) / step * step;
        }

        sections = Array.ConvertAll(lengths, length => zeros(length, type, device).DetachFromDisposeScope());
        Tensors = [.. declared.Select(tensor => new NamedTensor(tensor.Name, tensor.Role, View(Whole(tensor.Section), starts[tensor.Name], [.. tensor.Shape]).DetachFromDisposeScope()))];
        foreach (var tensor in Tensors.Where(tensor => tensor.Role is ParameterRole.NormWeight or ParameterRole.RunningVariance))
        {
            tensor.Value.Fill_(1);
        }
    }

    /// <summary>The tensors in the order in which they were declared; owned by this object.</summary>
    public IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>Gives the tensors one by one to the blocks of a network.</summary>
    internal TensorSource InOrder()
    {
        var next = 0;
        return (name, _, _) => Tensors[next].Name == name ? Tensors[next++].Value : throw new InvalidOperationException($"'{name}' was declared at another place.");
    }

    /// <summary>All tensors of a section, one after another.</summary>
    public Tensor Whole(WeightSection section) => sections[(int)section];

    /// <summary>The tensors of a section from a layer on; a view that belongs to the open scope, empty when there is none.</summary>
    public Tensor From(WeightSection section, int layer)
    {
        var first = Tensors.FirstOrDefault(tensor => tensor.Section == section && tensor.Layer >= layer);
        var start = first.Name is null ? Whole(section).size(0) : starts[first.Name];
        return Whole(section).narrow(0, start, Whole(section).size(0) - start);
    }

    /// <summary>One tensor's part of a buffer that is laid out like <see cref="From"/>; a view that belongs to the open scope.</summary>
    /// <param name="buffer">As long as <see cref="From"/> of the tensor's section and some layer: weights, gradients, momentum ...</param>
    /// <param name="tensor">Of that layer or a later one.</param>
    public Tensor PartOf(Tensor buffer, NamedTensor tensor) =>
        View(buffer, starts[tensor.Name] - (Whole(tensor.Section).size(0) - buffer.size(0)), tensor.Value.shape);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Value.Dispose();
        }

        Array.ForEach(sections, section => section.Dispose());
    }

    private static Tensor View(Tensor buffer, long start, long[] shape) => shape is [var outputs, var inputs, var height, var width]
        ? buffer.narrow(0, start, outputs * inputs * height * width).view(outputs, height, width, inputs).permute(0, 3, 1, 2)
        : buffer.narrow(0, start, shape.Aggregate(1L, (product, side) => product * side)).view(shape);
}
