using System.Globalization;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>A pickled network: every module below it, and their tensors.</summary>
internal sealed class ModuleTree
{
    // YOLOv5x has some 900 modules, six deep, with 1,500 tensors. In a hostile file modules hold themselves, or many share a large dictionary.
    private const int MaxMembers = 100_000;
    private const int MaxDepth = 24;
    private const int MaxNameLength = 256;

    private readonly string path;
    private readonly List<KeyValuePair<string, PickledObject>> modules = [];
    private readonly List<KeyValuePair<string, object?>> tensors = [];
    private int members;

    /// <exception cref="WeightFileException">The modules are too many or too deep.</exception>
    public ModuleTree(string path, PickledObject root)
    {
        (this.path, Root) = (path, root);
        Add("", root, depth: 0);
    }

    public PickledObject Root { get; }

    /// <summary>By their full names, those above before those below; the root is "".</summary>
    public IReadOnlyList<KeyValuePair<string, PickledObject>> Modules => modules;

    /// <summary>Parameters and buffers by their full names, as a state dict has them. Values may be other things than tensors.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Tensors => tensors;

    /// <summary>The network inside of wrappers for several GPUs or for prediction, which have one module.</summary>
    public static PickledObject Unwrapped(PickledObject module)
    {
        for (var depth = 0; depth < MaxDepth && OnlyChild(module) is { } inner && OnlyChild(inner) is not null; depth++)
        {
            module = inner;
        }

        return module;
    }

    private static PickledObject? OnlyChild(PickledObject module) =>
        module["_modules"] is PickledDictionary { Pairs: [{ Key: "module" or "model", Value: PickledObject inner }] } ? inner : null;

    private void Add(string name, PickledObject module, int depth)
    {
        if (depth == MaxDepth)
        {
            throw TooLarge($"modules inside of more than {MaxDepth} others");
        }

        modules.Add(KeyValuePair.Create(name, module));
        tensors.AddRange(Members(name, module, "_parameters").Concat(Members(name, module, "_buffers")).Where(named => named.Value is not null));
        foreach (var (child, value) in Members(name, module, "_modules"))
        {
            if (value is PickledObject inner)
            {
                Add(child, inner, depth + 1);
            }
        }
    }

    private IEnumerable<KeyValuePair<string, object?>> Members(string parent, PickledObject module, string kind)
    {
        foreach (var (name, value) in (module[kind] as PickledDictionary)?.Named ?? [])
        {
            if (++members > MaxMembers)
            {
                throw TooLarge(string.Create(CultureInfo.InvariantCulture, $"more than {MaxMembers:N0} parts"));
            }

            if (parent.Length + name.Length >= MaxNameLength)
            {
                throw TooLarge($"names of more than {MaxNameLength} letters");
            }

            yield return KeyValuePair.Create(parent.Length == 0 ? name : $"{parent}.{name}", value);
        }
    }

    private WeightFileException TooLarge(string what) => new(path, $"has a network with {what}, which YOLOv5 is not. The file is damaged or hostile; get it anew.");
}
