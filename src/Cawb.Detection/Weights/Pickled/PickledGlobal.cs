namespace Cawb.Detection.Weights.Pickled;

/// <summary>The name of a Python class or function. It is never looked up: nothing of a file is run.</summary>
internal sealed record PickledGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
