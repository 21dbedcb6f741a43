using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Slurm;

/// <summary>How a comparison is to be carried out by Slurm.</summary>
/// <param name="Plan">What is compared.</param>
/// <param name="Folder">Of the comparison, on a disk that all nodes share; an absolute path.</param>
/// <param name="Program">The words that start this program on a node: a built program, never one that may build itself.</param>
/// <param name="WorkingFolder">Where tasks start, for paths of the plan that are relative; an absolute path.</param>
/// <param name="AtOnce">Tasks at once, 1 or more; 0 for as many as Slurm has room for.</param>
/// <param name="Options">Further options of sbatch for the tasks. They win over those of the scripts.</param>
public sealed record SlurmJob(ComparisonPlan Plan, string Folder, IReadOnlyList<string> Program, string WorkingFolder, int AtOnce, IReadOnlyList<string> Options)
{
    /// <summary>In the folder of a comparison.</summary>
    public const string FolderName = "slurm";

    /// <summary>Where the logs of a comparison's tasks are.</summary>
    /// <param name="folder">Of the comparison.</param>
    public static string LogsOf(string folder) => Path.Combine(folder, FolderName, "logs");

    // Options of a user's that say where and on whose account something runs, and so hold for the report as well.
    private static readonly (string Long, string Short)[] Placing = [("--account", "-A"), ("--clusters", "-M"), ("--partition", "-p"), ("--qos", "-q"), ("--reservation", "")];

    // What the submission itself decides.
    private static readonly (string Long, string Short)[] Decided = [("--array", "-a"), ("--job-name", "-J")];

    /// <summary>The folder for everything of Slurm's.</summary>
    public string SlurmFolder => Path.Combine(Folder, FolderName);

    /// <summary>The jobs' name, by which they are found again: no other comparison has it.</summary>
    public string Name => NameOf(Plan.Name, Folder);

    /// <summary>The name of the jobs of a comparison.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="folder">Of the comparison; an absolute path.</param>
    public static string NameOf(string plan, string folder) => string.Create(CultureInfo.InvariantCulture, $"cawb-{Word(plan)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..8]}");

    /// <summary>Threads of a run: the processors of a task.</summary>
    public int Threads => ComparisonRuns.Of(Plan, Folder).Max(run => run.TrainOptions.Threads);

    /// <summary>Those of <see cref="Options"/> that hold for the report too.</summary>
    public IReadOnlyList<string> ReportOptions => [.. Given().Where(option => Placing.Any(placing => IsOne(option.Name, placing))).SelectMany(option => option.Words)];

    /// <summary>The first of <see cref="Options"/> that a user cannot decide; empty where there is none.</summary>
    public string DecidedOption => Given().Select(option => option.Name).FirstOrDefault(name => Decided.Any(decided => IsOne(name, decided))) ?? "";

    private static bool IsOne(string name, (string Long, string Short) option) => name == option.Long || (option.Short.Length > 0 && name == option.Short);

    private static string Word(string name) => new([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')]);

    // --name=value, --name value, -nvalue, -n value: a word that is no option belongs to the one before it.
    private List<(string Name, List<string> Words)> Given()
    {
        var given = new List<(string Name, List<string> Words)>();
        foreach (var word in Options)
        {
            if (word.StartsWith('-') || given.Count == 0)
            {
                given.Add((word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=')[0] : word[..Math.Min(2, word.Length)], [word]));
            }
            else
            {
                given[^1].Words.Add(word);
            }
        }

        return given;
    }
}
