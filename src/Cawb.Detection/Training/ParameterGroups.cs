using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>The three groups that the release trains a model in: biases, decayed kernels, scales of normalisations.</summary>
public static class ParameterGroups
{
    /// <summary>Position of the group of biases.</summary>
    public const int Biases = 0;

    /// <summary>Position of the group of kernels, the one that decays.</summary>
    public const int Kernels = 1;

    /// <summary>Number of groups.</summary>
    public const int Count = 3;

    /// <summary>Stochastic gradient descent with Nesterov momentum over the three groups; rates and momentum are set before each step.</summary>
    /// <param name="model">Its tensors are marked for autograd.</param>
    /// <param name="weightDecay">Acts on kernels alone.</param>
    /// <param name="frozenLayers">The tensors of this many layers from the start on are in no group.</param>
    public static SgdOptimizer CreateSgd(YoloModel model, double weightDecay, int frozenLayers = 0)
    {
        model.SetRequiresGrad(true, frozenLayers);
        return new SgdOptimizer(
        [
            Group(model, tensor => tensor.IsBias, 0),
            Group(model, tensor => tensor.Decays, weightDecay),
            Group(model, tensor => tensor.Role == ParameterRole.NormWeight, 0),
        ]);
    }

    private static ParameterGroup Group(YoloModel model, Func<NamedTensor, bool> belongs, double weightDecay) =>
        new(model.Tensors.Where(tensor => tensor.Value.RequiresGrad && belongs(tensor)).Select(tensor => (tensor.Name, tensor.Value)), learningRate: 0, momentum: 0, weightDecay, nesterov: true);
}
