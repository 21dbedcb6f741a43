using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Cli.Tests.Detection;

/// <summary>
/// Weights whose answer is known without a network: all kernels are zero, so every cell of the finest level finds a box of 10 x 13 pixels (its first anchor) around its own centre,
/// with the score of its class, and nothing else is found.
/// </summary>
internal static class KnownNetwork
{
    // Logits: sigmoid(4) is 0.982, sigmoid(-12) lies below every threshold.
    private const float Sure = 4;
    private const float Never = -12;

    /// <summary>Objectness times class probability.</summary>
    public static double Score => 1 / (1 + Math.Exp(-Sure)) / (1 + Math.Exp(-Sure));

    /// <summary>Writes the weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Of the classes; all boxes are of the one at <paramref name="found"/>.</param>
    /// <param name="found">Class index.</param>
    public static string Write(string path, string[] names, int found)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new YoloModel(ModelSize.N, names.Length, AnchorSet.Coco);
        var outputs = 5 + names.Length;
        foreach (var level in Enumerable.Range(0, 3))
        {
            var bias = new float[3 * outputs];
            for (var i = 0; i < bias.Length; i++)
            {
                var (anchor, number) = Math.DivRem(i, outputs);
                bias[i] = number switch { < 4 => 0, 4 => level == 0 && anchor == 0 ? Sure : Never, _ => number - 5 == found ? Sure : Never };
            }

            model.Tensors.Single(named => named.Name == $"model.24.m.{level}.bias").Value.copy_(tensor(bias));
        }

        using var stream = File.Create(path);
        WeightFile.Write(stream, model, names, imageSize: 64);
        return path;
    }
}
