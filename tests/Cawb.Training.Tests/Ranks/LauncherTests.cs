using Cawb.Training.Ranks;

namespace Cawb.Training.Tests.Ranks;

public sealed class LauncherTests
{
    [Fact]
    public void A_process_that_was_started_alone_has_no_launcher() => Assert.Equal(Launcher.None, Find());

    [Fact]
    public void The_variables_of_mpirun_say_who_is_who() => Assert.Equal(
        new Launcher("mpirun", 5, 8, 1, 4, SpeaksPmix: true),
        Find(("OMPI_COMM_WORLD_SIZE", "8"), ("OMPI_COMM_WORLD_RANK", "5"), ("OMPI_COMM_WORLD_LOCAL_RANK", "1"), ("OMPI_COMM_WORLD_LOCAL_SIZE", "4"), ("PMIX_RANK", "5")));

    [Theory]
    [InlineData("4(x3)", 4)]
    [InlineData("2,1(x2)", 2)]
    public void The_variables_of_a_step_of_Slurm_say_who_is_who(string tasksPerNode, int expected) => Assert.Equal(
        new Launcher("srun", 5, 12, 1, expected, SpeaksPmix: true),
        Find(("SLURM_STEP_NUM_TASKS", "12"), ("SLURM_PROCID", "5"), ("SLURM_LOCALID", "1"), ("SLURM_STEP_TASKS_PER_NODE", tasksPerNode), ("PMIX_RANK", "5")));

    [Fact]
    public void A_batch_script_of_Slurm_is_one_process_whatever_the_job_has() =>
        Assert.Equal(Launcher.None, Find(("SLURM_NTASKS", "4"), ("SLURM_PROCID", "0"), ("SLURM_LOCALID", "0")));

    [Fact]
    public void Tasks_of_Slurm_that_cannot_find_each_other_are_refused_before_anything_is_loaded()
    {
        var launcher = Find(("SLURM_STEP_NUM_TASKS", "4"), ("SLURM_PROCID", "1"));
        var fault = Assert.Throws<InputException>(() => MpiRanks.Open(launcher, TimeSpan.FromSeconds(1), _ => { }));
        Assert.Equal(
            "srun started 4 tasks without --mpi=pmix, so they cannot find each other and would train 4 times. Start one run over all of them with: srun --mpi=pmix --kill-on-bad-exit=1 ..., or start one task.",
            fault.Message);
    }

    [Fact]
    public void Processes_of_another_MPI_are_refused()
    {
        var launcher = Find(("PMI_SIZE", "2"), ("PMI_RANK", "1"));
        var fault = Assert.Throws<InputException>(() => MpiRanks.Open(launcher, TimeSpan.FromSeconds(1), _ => { }));
        Assert.StartsWith("mpiexec started 2 processes and is not Open MPI's", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Open_MPI_it_is_said_what_to_install()
    {
        var launcher = Find(("OMPI_COMM_WORLD_SIZE", "2"), ("OMPI_COMM_WORLD_RANK", "0"));
        var fault = Assert.Throws<InputException>(() => MpiRanks.Open(launcher, "libmpi-that-is-not-there.so", TimeSpan.FromSeconds(1), _ => { }));
        Assert.Contains("mpirun started 2 ranks, and Open MPI, over which they train together, cannot be loaded (libmpi-that-is-not-there.so).", fault.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libopenmpi3", fault.Message, StringComparison.Ordinal);
    }

    private static Launcher Find(params (string Name, string Value)[] variables) =>
        Launcher.Find(name => Array.Find(variables, variable => variable.Name == name).Value);
}
