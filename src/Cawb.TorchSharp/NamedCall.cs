using System.Text.Json.Nodes;

namespace Cawb.TorchSharp;

/// <summary>A scheduler of PyTorch by name and arguments, as Cawb.Foreign takes it.</summary>
/// <param name="Name">Such as <c>StepLR</c>.</param>
/// <param name="Arguments">PyTorch's own names.</param>
/// <param name="Functions">The functions that arguments name, where there are any.</param>
internal sealed record NamedCall(string Name, JsonObject Arguments, IReadOnlyDictionary<string, Func<double, double>>? Functions = null);
