using Cawb.Torch;

namespace Cawb.Detection.Model;

/// <summary>Collects the tensors of a network while its blocks are built, in the order of the release's weight files.</summary>
internal sealed class TensorRegistry(ElementType type, Device device)
{
    private readonly List<NamedTensor> tensors = [];

    public ElementType Type { get; } = type;

    public IReadOnlyList<NamedTensor> Tensors => tensors;

    public Tensor Add(string name, ParameterRole role, ReadOnlySpan<long> shape)
    {
        // The model owns its tensors, whatever scope it is built in.
        using var scope = TensorScope.Begin();
        var value = scope.Detach((role is ParameterRole.NormWeight or ParameterRole.RunningVariance ? Tensor.Ones(shape, Type) : Tensor.Zeros(shape, Type)).To(device));
        tensors.Add(new NamedTensor(name, role, value));
        return value;
    }
}
