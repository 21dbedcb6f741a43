using Cawb.Torch;

namespace Cawb.Detection.Model;

/// <summary>Collects the tensors of a network while its blocks are built, in the order of the release's weight files.</summary>
/// <param name="type">Of every tensor.</param>
/// <param name="device">Where they lie.</param>
/// <param name="allocates">False to learn names and shapes alone: the blocks get tensors without elements, which belong to the open scope, and cannot run.</param>
internal sealed class TensorRegistry(ElementType type, Device device, bool allocates = true)
{
    private readonly List<NamedTensor> tensors = [];
    private readonly List<DeclaredTensor> declared = [];

    public ElementType Type { get; } = type;

    public IReadOnlyList<NamedTensor> Tensors => tensors;

    public IReadOnlyList<DeclaredTensor> Declared => declared;

    public Tensor Add(string name, ParameterRole role, ReadOnlySpan<long> shape)
    {
        declared.Add(new DeclaredTensor(name, role, shape.ToArray()));
        if (!allocates)
        {
            return Tensor.Zeros([0], Type);
        }

        // The model owns its tensors, whatever scope it is built in.
        using var scope = TensorScope.Begin();
        var value = scope.Detach((role is ParameterRole.NormWeight or ParameterRole.RunningVariance ? Tensor.Ones(shape, Type) : Tensor.Zeros(shape, Type)).To(device));
        tensors.Add(new NamedTensor(name, role, value));
        return value;
    }
}
