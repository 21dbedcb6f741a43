using System.Security.Cryptography;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>Whether the weights that a run starts from are still those that it began with.</summary>
public static class WeightsHash
{
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--weights {path} cannot be read: {exception.Message} Name a .pt or safetensors file, such as yolov5s.pt or the best.safetensors of a run.", exception);
        }
    }

    /// <summary>A run without a checkpoint starts once more, which needs the same file.</summary>
    /// <exception cref="InputException">The file is another now, or gone.</exception>
    public static void Require(TrainOptions options, string run)
    {
        if (options.Weights.Length > 0 && Of(options.Weights) is var hash && hash != options.WeightsSha256)
        {
            throw new InputException(
                $"{run}: the weights {options.Weights} are no longer those that the run began with (SHA-256 {hash[..12]}..., then {options.WeightsSha256[..12]}...), and it has no checkpoint yet. Put the old file back, or start a new run.");
        }
    }
}
