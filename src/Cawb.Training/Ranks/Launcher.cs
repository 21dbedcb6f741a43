using System.Globalization;

namespace Cawb.Training.Ranks;

/// <summary>What the program that started this process says of the others that it started with it.</summary>
/// <param name="Name">The program, as it is typed; empty without one.</param>
/// <param name="Rank">This process, from 0.</param>
/// <param name="Size">Processes in all.</param>
/// <param name="LocalRank">This process among those of its machine, from 0.</param>
/// <param name="LocalSize">Processes of this machine.</param>
/// <param name="SpeaksPmix">Whether Open MPI can find the others through it.</param>
public sealed record Launcher(string Name, int Rank, int Size, int LocalRank, int LocalSize, bool SpeaksPmix)
{
    /// <summary>This process was started alone.</summary>
    public static Launcher None { get; } = new("", 0, 1, 0, 1, SpeaksPmix: false);

    /// <summary>Looks for a launcher's variables: those of Open MPI's mpirun, of a step that srun started, and of other MPIs, which cannot be used.</summary>
    /// <param name="variable">The value of an environment variable; null where it is not set.</param>
    public static Launcher Find(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (Number("OMPI_COMM_WORLD_SIZE") is { } ompi)
        {
            return new Launcher("mpirun", Number("OMPI_COMM_WORLD_RANK") ?? 0, ompi, Number("OMPI_COMM_WORLD_LOCAL_RANK") ?? 0, Number("OMPI_COMM_WORLD_LOCAL_SIZE") ?? ompi, SpeaksPmix: true);
        }

        // A batch script has SLURM_NTASKS too, though it is one process; the variables of a step are set in its tasks alone.
        if (Number("SLURM_STEP_NUM_TASKS") is { } tasks)
        {
            return new Launcher("srun", Number("SLURM_PROCID") ?? 0, tasks, Number("SLURM_LOCALID") ?? 0, Number("SLURM_STEP_TASKS_PER_NODE") ?? tasks, variable("PMIX_RANK") is not null);
        }

        return Number("PMI_SIZE") is { } others ? new Launcher("mpiexec", Number("PMI_RANK") ?? 0, others, 0, others, SpeaksPmix: false) : None;

        // Counts of nodes that are alike stand as 2(x3), others behind commas.
        int? Number(string name) => int.TryParse(variable(name)?.Split('(', ',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
