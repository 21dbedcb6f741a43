using System.Globalization;

namespace Cawb.Training.Slurm;

/// <summary>The two shell scripts that Slurm starts.</summary>
internal static class SlurmScripts
{
    /// <summary>Seconds before the time limit at which a task is told.</summary>
    public const int Notice = 120;

    /// <summary>Turns of a run, the first included; every one trains something, so this only ends what nobody watches.</summary>
    public const int MostTurns = 100;

    /// <summary>One run as a task of the array. The task list has a line for each, from the line that the script's argument says on.</summary>
    public static string Task(SlurmJob job) => string.Create(CultureInfo.InvariantCulture, $$"""
        {{Head(job, "%A_%a.log")}}
        #SBATCH --cpus-per-task={{job.Threads}}
        #SBATCH --signal=B:USR1@{{Notice}}
        #SBATCH --requeue

        # One run of the comparison as a task of a job array. Written by `cawb compare --slurm` whenever it submits.
        # Time limit: USR1 comes to this script alone, which asks the program for a checkpoint and queues the task again.
        # scancel, preemption: TERM comes to all, and the program makes its checkpoint by itself; nothing is queued here.
        # A new turn begins only where the last one trained something, and at most {{MostTurns}} times.

        folder={{ShellWord.Quoted(job.Folder)}}
        run=$(sed -n "$((${1:-0} + SLURM_ARRAY_TASK_ID + 1))p" "$folder/slurm/tasks")
        name=${run%/*}-seed-${run##*/}
        checkpoint=$folder/runs/$name/checkpoints/last.checkpoint
        task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
        turn=$((${SLURM_RESTART_COUNT:-0} + 1))

        failed() { mkdir -p "$folder/failures" && echo "$* (Slurm task $task)" >"$folder/failures/$name.txt"; }
        position() { cksum 2>/dev/null <"$checkpoint"; }

        echo "$run: turn $turn as task $task on $(hostname)"
        rm -f "$folder/failures/$name.txt"
        begin=$(position)
        limit='' cancelled='' child=''
        trap 'limit=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' USR1
        trap 'cancelled=yes' TERM
        {{Program(job)}} compare "$folder/slurm/plan.json" --out "$folder" --run "$run" &
        child=$!
        # A signal ends the waiting, not the program.
        wait "$child"
        while kill -0 "$child" 2>/dev/null; do wait "$child"; done
        wait "$child"
        status=$?

        if [ -n "$cancelled" ] || [ "$status" = 0 ]; then exit "$status"; fi
        if [ "$status" != 75 ]; then
          # The program says why it failed, unless it was killed or could not begin.
          [ -s "$folder/failures/$name.txt" ] || failed "ended with status $status; 137 is mostly a lack of memory; see the log"
        elif [ -n "$limit" ] && [ "$begin" = "$(position)" ]; then
          failed "trained nothing before the time limit; give the tasks more time"
        elif [ "$turn" -ge {{MostTurns}} ]; then
          failed "is not done after $turn turns"
        else
          scontrol requeue "$task" || failed "could not be queued again"
        fi
        exit "$status"

        """);

    /// <summary>The report, after all tasks.</summary>
    public static string Report(SlurmJob job) => $"""
        {Head(job, "report-%j.log")}
        #SBATCH --cpus-per-task=1

        # The report of what is done, and a list of what is missing. Written by `cawb compare --slurm` whenever it submits.
        folder={ShellWord.Quoted(job.Folder)}
        exec {Program(job)} compare "$folder/slurm/plan.json" --out "$folder" --report

        """;

    private static string Head(SlurmJob job, string log) => $"""
        #!/bin/bash
        #SBATCH --output="{SlurmJob.LogsOf(job.Folder).Replace("%", "%%", StringComparison.Ordinal)}/{log}"
        #SBATCH --open-mode=append
        #SBATCH --chdir="{job.WorkingFolder}"
        #SBATCH --ntasks=1
        """;

    private static string Program(SlurmJob job) => ShellWord.Joined(job.Program);
}
