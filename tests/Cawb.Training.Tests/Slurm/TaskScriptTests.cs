using System.Diagnostics;
using System.Globalization;
using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Slurm;
using Cawb.Training.Tests.Comparison;

namespace Cawb.Training.Tests.Slurm;

/// <summary>The script of a task, run as Slurm runs it, around a program that does what each test wants.</summary>
public sealed class TaskScriptTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    // Trains until it is asked to stop, and then leaves a checkpoint.
    private const string Training = """trap 'echo later >"$checkpoint"; exit 75' TERM; touch "$ready"; while :; do sleep 0.05; done""";

    private readonly TemporaryFolder folder = new();
    private readonly ComparisonPlan plan = ComparisonPlanTests.Read(ComparisonPlanTests.Small);

    private string Comparison => folder.Of("it's c");

    private string Checkpoint => Path.Combine(Comparison, "runs", "cawb-seed-0", "checkpoints", "last.checkpoint");

    private string Failure => Path.Combine(Comparison, "failures", "cawb-seed-0.txt");

    private string Ready => folder.Of("ready");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_carries_out_the_run_of_its_line()
    {
        Write("exit 0");
        using var task = Start(index: 1);
        Assert.Equal(0, End(task));
        Assert.Equal($"compare {Comparison}/slurm/plan.json --out {Comparison} --run cawb/0\n", File.ReadAllText(folder.Of("calls")));
        Assert.StartsWith("cawb/0: turn 1 as task 7_1 on ", task.StandardOutput.ReadToEnd(), StringComparison.Ordinal);

        using var later = Start(index: 1, first: 2);
        Assert.Equal(0, End(later));
        Assert.EndsWith("--run cawb/1\n", File.ReadAllText(folder.Of("calls")), StringComparison.Ordinal);
    }

    [Fact]
    public void At_the_time_limit_it_asks_for_a_checkpoint_and_is_queued_again()
    {
        Write(Training);
        using var task = StartTraining();
        Signal(task, "USR1");
        Assert.Equal(75, End(task));
        Assert.Equal("scontrol requeue 7_1\n", Requeued());
        Assert.False(File.Exists(Failure));
    }

    [Fact]
    public void A_turn_that_trained_nothing_is_not_repeated()
    {
        Write(Training);
        Directory.CreateDirectory(Path.GetDirectoryName(Checkpoint) ?? "");
        AtomicFile.WriteText(Checkpoint, "later\n");
        using var task = StartTraining();
        Signal(task, "USR1");
        Assert.Equal(75, End(task));
        Assert.Equal("", Requeued());
        Assert.Equal("trained nothing before the time limit; give the tasks more time (Slurm task 7_1)\n", File.ReadAllText(Failure));
    }

    /// <summary>scancel sends TERM to the script and to the program.</summary>
    [Fact]
    public void A_cancelled_task_leaves_a_checkpoint_and_is_not_queued_again()
    {
        Write(Training);
        using var task = StartTraining();
        Signal(task, "TERM");
        using (var child = Process.Start("pkill", ["-TERM", "-P", task.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            child.WaitForExit();
        }

        Assert.Equal(75, End(task));
        Assert.True(File.Exists(Checkpoint));
        Assert.Equal("", Requeued());
        Assert.False(File.Exists(Failure));
    }

    [Fact]
    public void A_run_that_another_process_has_is_queued_again_without_end_but_for_the_cap()
    {
        Write("exit 75");
        using var task = Start(index: 1, restarts: 98);
        Assert.Equal(75, End(task));
        Assert.Equal("scontrol requeue 7_1\n", Requeued());

        using var last = Start(index: 1, restarts: 99);
        Assert.Equal(75, End(last));
        Assert.Equal("scontrol requeue 7_1\n", Requeued());
        Assert.Equal("is not done after 100 turns (Slurm task 7_1)\n", File.ReadAllText(Failure));
    }

    [Theory]
    [InlineData("exit 2", 2, "ended with status 2; ")]
    [InlineData("kill -KILL $$", 137, "ended with status 137; 137 is mostly a lack of memory; see the log (Slurm task 7_1)\n")]
    [InlineData("""mkdir -p "$(dirname "$failure")"; echo "the loss is no number" >"$failure"; exit 1""", 1, "the loss is no number\n")]
    public void A_failure_is_kept_with_its_reason_and_not_repeated(string body, int status, string reason)
    {
        Write(body);
        Directory.CreateDirectory(Path.GetDirectoryName(Failure) ?? "");
        AtomicFile.WriteText(Failure, "of a former turn\n");
        using var task = Start(index: 1);
        Assert.Equal(status, End(task));
        Assert.StartsWith(reason, File.ReadAllText(Failure), StringComparison.Ordinal);
        Assert.Equal("", Requeued());
    }

    private void Write(string body)
    {
        var program = Executable("program", $"""
            checkpoint="{Checkpoint}" failure="{Failure}" ready="{Ready}"
            mkdir -p "$(dirname "$checkpoint")"
            echo "$@" >>"{folder.Of("calls")}"
            {body}
            """);
        Executable("scontrol", $"echo scontrol \"$@\" >>\"{folder.Of("requeued")}\"");
        _ = new SlurmSubmission(new SlurmJob(plan, Comparison, [program], folder.Path, 0, [])).Write(ComparisonRuns.Of(plan, Comparison));
    }

    private string Executable(string name, string body)
    {
        var path = folder.Of(name);
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        using var change = Process.Start("chmod", ["+x", path]);
        change.WaitForExit();
        return path;
    }

    private Process StartTraining()
    {
        var task = Start(index: 1);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Ready), Deadline));
        return task;
    }

    private Process Start(int index, int restarts = 0, int first = 0)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=TERM,USR1", "bash", Path.Combine(Comparison, "slurm", "task.sh"), first.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in new[] { ("SLURM_ARRAY_JOB_ID", "7"), ("SLURM_ARRAY_TASK_ID", index.ToString(CultureInfo.InvariantCulture)), ("PATH", $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}") })
        {
            start.Environment[name] = value;
        }

        if (restarts > 0)
        {
            start.Environment["SLURM_RESTART_COUNT"] = restarts.ToString(CultureInfo.InvariantCulture);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("Not started.");
    }

    private static void Signal(Process task, string name)
    {
        using var kill = Process.Start("kill", ["-s", name, task.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static int End(Process task)
    {
        Assert.True(task.WaitForExit(Deadline), "The script did not end.");
        return task.ExitCode;
    }

    private string Requeued() => File.Exists(folder.Of("requeued")) ? File.ReadAllText(folder.Of("requeued")) : "";
}
