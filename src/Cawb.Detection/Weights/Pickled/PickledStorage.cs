using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>Elements that lie outside of the pickle and that several tensors may share.</summary>
/// <param name="Key">Under which the file has them.</param>
/// <param name="Type">Of the elements.</param>
/// <param name="Count">Of the elements; 0 or more.</param>
internal sealed record PickledStorage(string Key, ScalarType Type, long Count)
{
    private static readonly Dictionary<string, ScalarType> Types = new(StringComparer.Ordinal)
    {
        ["DoubleStorage"] = ScalarType.Float64,
        ["FloatStorage"] = ScalarType.Float32,
        ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16,
        ["LongStorage"] = ScalarType.Int64,
        ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16,
        ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    /// <summary>In bytes; a file's claim, which must be held against the file.</summary>
    public long Length => Count * Type.ElementSize();

    /// <summary>From the tuple that PyTorch leaves in the pickle.</summary>
    /// <param name="id">('storage', class, key, device, count), and null as a sixth in the older format.</param>
    /// <param name="path">For messages.</param>
    /// <returns>An inert object for a class that has no plain elements, such as those of quantised tensors.</returns>
    /// <exception cref="WeightFileException">The tuple is no such.</exception>
    public static object Read(object? id, string path)
    {
        if ((id as PickledList)?.Items is not (["storage", _, _, _, _] or ["storage", _, _, _, _, null]) || id is not PickledList { Items: [_, PickledGlobal type, string key, string, long count, ..] })
        {
            throw new WeightFileException(path, "refers to elements outside of its pickle in a way that torch.save does not. Save the weights again, as a plain state dict: torch.save(model.state_dict(), FILE).");
        }

        if (key.Length is 0 or > 64 || !key.All(char.IsAsciiLetterOrDigit))
        {
            throw new WeightFileException(path, "has elements under a name that is no plain word; torch.save writes numbers. The file is damaged or hostile; get it anew.");
        }

        if (type.Module is not ("torch" or "torch.cuda") || !Types.TryGetValue(type.Name, out var elements))
        {
            return new PickledObject(type, id);
        }

        return count >= 0 && count <= long.MaxValue / 16
            ? new PickledStorage(key, elements, count)
            : throw new WeightFileException(path, $"claims {count} elements in one place, which no file has. The file is damaged or hostile; get it anew.");
    }
}
