using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Options;

namespace Cawb.Training.Comparison.Jobs;

/// <summary>One training of a comparison: an arm with a seed.</summary>
/// <param name="Arm">What is trained.</param>
/// <param name="Seed">Of every random draw; the same in all arms, so that their initial weights, data order and augmentation are.</param>
/// <param name="Epochs">Length.</param>
/// <param name="Data">The data set as the plan names it: its numbers are made on several machines, and may be published.</param>
/// <param name="Options">All that the plan sets.</param>
/// <param name="Directory">Where the run directory is or will be.</param>
public sealed record ExperimentRun(ComparisonArm Arm, int Seed, int Epochs, string Data, OptionValues Options, string Directory)
{
    /// <summary>As messages name it.</summary>
    public string Title => string.Create(CultureInfo.InvariantCulture, $"{Arm.Name}, seed {Seed}");

    /// <summary>All options that it is trained with.</summary>
    public TrainOptions TrainOptions => Options.Over(new TrainOptions { Data = Data, Epochs = Epochs, Seed = Seed, Threads = 1 });

    /// <summary>Names everything that decides the run's numbers.</summary>
    /// <param name="setup">Data and versions.</param>
    internal string Fingerprint(ExperimentSetup setup)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Arm.Schedule.CanonicalText}\n{Options}\n{Seed}\n{Epochs}\n{setup.DatasetSha256}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
