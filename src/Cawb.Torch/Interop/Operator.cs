namespace Cawb.Torch.Interop;

/// <summary>
/// One operator of libtorch's dispatcher, found by name at its first call. Trailing arguments that are left out take the schema's defaults.
/// </summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    // Operators with more results do not occur among those wrapped here; the shim refuses instead of overrunning.
    private const int ResultCapacity = 8;

    private nint handle;

    /// <summary>As libtorch writes it, for example <c>aten::add.Tensor</c>.</summary>
    public string FullName => overload.Length == 0 ? name : $"{name}.{overload}";

    public Tensor Invoke(params ReadOnlySpan<Argument> arguments)
    {
        Argument result;
        var count = Call(arguments, &result, 1);
        return count == 1 && result.Tag == ArgumentTag.Tensor ? new Tensor(result.Pointer) : throw Unexpected("a tensor");
    }

    /// <summary>For operators that work in place: the result is the first argument again and needs no handle.</summary>
    public void Run(params ReadOnlySpan<Argument> arguments) => Call(arguments, null, 0);

    public (Tensor First, Tensor Second) InvokePair(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Argument[ResultCapacity];
        var count = Call(arguments, results, ResultCapacity);
        return count == 2 ? (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer)) : throw Unexpected("two tensors");
    }

    public Tensor[] InvokeList(params ReadOnlySpan<Argument> arguments)
    {
        Argument result;
        var count = Call(arguments, &result, 1);
        if (count != 1 || result.Tag != ArgumentTag.TensorList)
        {
            throw Unexpected("a list of tensors");
        }

        var handles = (nint*)result.Pointer;
        var tensors = new Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new Tensor(handles[i]);
        }

        Native.Free(result.Pointer);
        return tensors;
    }

    /// <summary>For operators that give a number or a truth value.</summary>
    public Argument InvokeValue(params ReadOnlySpan<Argument> arguments)
    {
        Argument result;
        return Call(arguments, &result, 1) == 1 ? result : throw Unexpected("a value");
    }

    private int Call(ReadOnlySpan<Argument> arguments, Argument* results, int capacity)
    {
        var operation = handle != 0 ? handle : Find();
        fixed (Argument* first = arguments)
        {
            var count = Native.Call(operation, first, arguments.Length, results, capacity);
            return count >= 0 ? count : throw Failure(arguments);
        }
    }

    private nint Find()
    {
        // Two threads may both come here; they find the same handle.
        var found = Native.FindOperator(name, overload);
        NativeError.ThrowIf(found == 0, FullName);
        handle = found;
        return found;
    }

    private TorchException Failure(ReadOnlySpan<Argument> arguments)
    {
        // Describing the arguments calls the shim again: take the text first.
        var text = NativeError.Text();
        var descriptions = new string[arguments.Length];
        for (var i = 0; i < descriptions.Length; i++)
        {
            descriptions[i] = arguments[i].Describe();
        }

        return new TorchException($"{FullName}({string.Join(", ", descriptions)})", text);
    }

    private TorchException Unexpected(string expected) => new(FullName, $"The result is not {expected}.");
}
