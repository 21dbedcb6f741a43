using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static TorchSharp.torch;

namespace Cawb.Detection.Export;

/// <summary>A graph of ONNX operators that grows node by node; values go by their names.</summary>
/// <param name="name">Of the graph.</param>
internal sealed class OnnxGraph(string name)
{
    private readonly GraphProto graph = new() { Name = name };
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>A float32 input.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="shape">A number, or the name of a side of any length.</param>
    public void AddInput(string input, ReadOnlySpan<string> shape) => graph.Input.Add(Described(input, shape));

    /// <summary>A float32 output, a copy of a value of the graph under another name.</summary>
    public void AddOutput(string output, string value, ReadOnlySpan<string> shape)
    {
        graph.Node.Add(new NodeProto { OpType = "Identity", Name = $"{output}/Identity", Input = { value }, Output = { output } });
        graph.Output.Add(Described(output, shape));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="place">What it belongs to, such as a layer; the start of its name.</param>
    /// <param name="inputs">Values; an empty name for one that is left out.</param>
    /// <param name="attributes">From <see cref="Integer"/> and its neighbours.</param>
    /// <returns>The output's name.</returns>
    public string Add(string operation, string place, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        AddNode(operation, place, inputs, outputs: 1, attributes)[0];

    /// <summary>Cuts a value into parts along an axis.</summary>
    public IReadOnlyList<string> Split(string place, string value, int axis, params ReadOnlySpan<long> sizes) =>
        AddNode("Split", place, [value, Integers(place, sizes)], sizes.Length, Integer("axis", axis));

    /// <summary>A constant of the elements of a tensor.</summary>
    /// <param name="constant">Its name.</param>
    /// <param name="tensor">Any element type; stored as float32.</param>
    public string Constant(string constant, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.to(ScalarType.Float32).cpu().contiguous();
        return Add(constant, TensorProto.Types.DataType.Float, tensor.shape, plain.bytes.ToArray());
    }

    /// <summary>A constant of float32 numbers.</summary>
    public string Floats(string place, ReadOnlySpan<long> shape, params ReadOnlySpan<float> values) =>
        Add(Unused($"{place}/constant"), TensorProto.Types.DataType.Float, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A constant float32 number without a shape.</summary>
    public string Float(string place, float value) => Floats(place, [], value);

    /// <summary>A constant list of whole numbers.</summary>
    public string Integers(string place, params ReadOnlySpan<long> values) =>
        Add(Unused($"{place}/constant"), TensorProto.Types.DataType.Int64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A constant whole number without a shape.</summary>
    public string Scalar(string place, long value) =>
        Add(Unused($"{place}/constant"), TensorProto.Types.DataType.Int64, [], MemoryMarshal.AsBytes<long>([value]).ToArray());

    /// <summary>A whole number as attribute.</summary>
    public static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A list of whole numbers as attribute.</summary>
    public static AttributeProto IntegerList(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values.ToArray());
        return attribute;
    }

    /// <summary>A number as attribute.</summary>
    public static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>A word as attribute.</summary>
    public static AttributeProto Word(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>The whole graph.</summary>
    public GraphProto ToProto() => graph;

    private string[] AddNode(string operation, string place, ReadOnlySpan<string> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = Unused($"{place}/{operation}") };
        node.Input.AddRange(inputs.ToArray());
        node.Attribute.AddRange(attributes.ToArray());
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(i => Unused($"{node.Name}_output")));
        graph.Node.Add(node);
        return [.. node.Output];
    }

    private string Add(string constant, TensorProto.Types.DataType type, ReadOnlySpan<long> shape, byte[] elements)
    {
        var tensor = new TensorProto { Name = constant, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(elements) };
        tensor.Dims.AddRange(shape.ToArray());
        graph.Initializer.Add(tensor);
        return constant;
    }

    private string Unused(string wanted)
    {
        var unused = wanted;
        for (var number = 2; !names.Add(unused); number++)
        {
            unused = string.Create(CultureInfo.InvariantCulture, $"{wanted}{number}");
        }

        return unused;
    }

    private static ValueInfoProto Described(string value, ReadOnlySpan<string> shape)
    {
        var sides = new TensorShapeProto();
        foreach (var side in shape)
        {
            sides.Dim.Add(long.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? new TensorShapeProto.Types.Dimension { DimValue = length }
                : new TensorShapeProto.Types.Dimension { DimParam = side });
        }

        return new ValueInfoProto { Name = value, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = sides } } };
    }
}
