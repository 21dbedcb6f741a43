namespace Cawb.Detection.Weights.Pickled;

/// <summary>What Python would have made by calling a class or function: its name and what it would have been given.</summary>
internal sealed class PickledObject(PickledGlobal? type, object? arguments)
{
    private PickledDictionary? items;

    /// <summary>The class or function; null where a file calls something that is none.</summary>
    public PickledGlobal? Type { get; } = type;

    public object? Arguments { get; } = arguments;

    /// <summary>By name; null where the file sets none. Other objects may have the same.</summary>
    public PickledDictionary? Attributes { get; set; }

    /// <summary>What the file puts into it as into a dictionary.</summary>
    public PickledDictionary Items => items ??= new PickledDictionary();

    /// <summary>The attribute; null where there is none.</summary>
    public object? this[string name] => Attributes?[name];
}
