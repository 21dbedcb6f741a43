using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>What a comparison hands to Slurm, seen by commands that only write down how they were called. tests/Slurm has the real thing.</summary>
public sealed class CompareSlurmTests : IDisposable
{
    private readonly SmallComparison small = new();
    private readonly string commands;
    private readonly string calls;

    public CompareSlurmTests()
    {
        commands = Path.GetDirectoryName(small.Training.Write("calls", "")) ?? "";
        calls = Path.Combine(commands, "calls");
        Fake("sbatch", """n=$(grep -c ^sbatch "$0.n" 2>/dev/null); n=$((n + 101)); echo sbatch >>"$0.n"; echo $n""");
        Fake("squeue", "");
        Fake("scontrol", "echo 'MaxArraySize            = 1001'");
    }

    private string Folder => small.Folder("my c");

    public void Dispose() => small.Dispose();

    [Fact]
    public void One_array_and_the_report_after_it_are_submitted_and_the_ids_are_printed()
    {
        var run = SmallComparison.Demand(Submit("--jobs", "3", "--", "--time=30", "-p", "cpu", "--mem", "2G"));
        var name = Assert.Single(Calls("squeue"))[2]["--name=".Length..].Split(',')[0];
        Assert.Matches("^cawb-small-[0-9a-f]{8}$", name);
        Assert.Equal(
            [
                ["sbatch", "--parsable", "--time=30", "-p", "cpu", "--mem", "2G", $"--job-name={name}", "--array=0-3%3", Path.Combine(Folder, "slurm", "task.sh"), "0"],
                ["sbatch", "--parsable", "-p", "cpu", $"--job-name={name}-report", "--dependency=afterany:101", Path.Combine(Folder, "slurm", "report.sh")],
            ],
            Calls("sbatch"));
        Assert.StartsWith("small: 4 of 4 runs submitted as job 101, one task each; their report is job 102.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"./cawb runs '{Folder}'\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("squeue --job 101,102\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("scancel 101 ", run.Output, StringComparison.Ordinal);
        Assert.Equal("cosine/0\ncawb/0\ncosine/1\ncawb/1\n", File.ReadAllText(Path.Combine(Folder, "slurm", "tasks")));
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "plan.json")), File.ReadAllText(Path.Combine(Folder, "slurm", "plan.json")));
    }

    [Fact]
    public void Only_what_is_not_done_is_submitted_again_and_nothing_where_all_is_done()
    {
        foreach (var run in new[] { "cosine/0", "cawb/1" })
        {
            SmallComparison.Succeed(small.Words("my c", "--run", run));
        }

        Assert.Contains("2 of 4 runs submitted", SmallComparison.Demand(Submit()).Output, StringComparison.Ordinal);
        Assert.Contains("--array=0-1", Calls("sbatch")[0]);
        Assert.Equal("cawb/0\ncosine/1\n", File.ReadAllText(Path.Combine(Folder, "slurm", "tasks")));

        SmallComparison.Succeed(small.Words("my c"));
        Assert.Contains("CAWB", SmallComparison.Demand(Submit()).Output, StringComparison.Ordinal);
        Assert.Equal(2, Calls("sbatch").Count);
    }

    [Fact]
    public void Jobs_that_are_queued_or_running_are_not_submitted_twice()
    {
        Fake("squeue", "printf '101_[2-3] PENDING\\n101_1 RUNNING\\n'");
        var run = Submit();
        Assert.Equal(ExitCode.TryAgain, run.ExitCode);
        Assert.Contains("has jobs that are queued or running: 101_[2-3] PENDING, 101_1 RUNNING. Wait until they have ended, or end them with: scancel --name=cawb-small-", run.Error, StringComparison.Ordinal);
        Assert.Empty(Calls("sbatch"));
    }

    [Fact]
    public void More_runs_than_an_array_may_have_tasks_become_several_arrays_one_after_the_other()
    {
        Fake("scontrol", "echo 'MaxArraySize            = 3'");
        Assert.Contains("submitted as job 101, 102, one task each; their report is job 103.", SmallComparison.Demand(Submit()).Output, StringComparison.Ordinal);
        var sbatch = Calls("sbatch");
        Assert.Equal(("--array=0-2", "0"), (sbatch[0][3], sbatch[0][^1]));
        Assert.Equal(("--array=0-0", "--dependency=afterany:101", "3"), (sbatch[1][3], sbatch[1][4], sbatch[1][^1]));
        Assert.Contains("--dependency=afterany:101:102", sbatch[2]);
    }

    [Fact]
    public void A_dry_run_writes_and_submits_nothing()
    {
        var run = SmallComparison.Demand(Submit("--dry-run", "--", "--time=30"));
        Assert.Empty(File.ReadAllText(calls));
        Assert.Contains("4 of 4 runs would be submitted", run.Output, StringComparison.Ordinal);
        Assert.Contains("sbatch --parsable --time=30 --job-name=cawb-small-", run.Output, StringComparison.Ordinal);
        foreach (var file in new[] { "plan.json", "tasks", "task.sh", "report.sh" })
        {
            Assert.True(File.Exists(Path.Combine(Folder, "slurm", file)), file);
        }
    }

    /// <summary>p of one contrast and two seeds is 2/4 at best; 2/64 is the first below 0.05.</summary>
    [Fact]
    public void Who_submits_is_told_what_so_many_seeds_can_show()
    {
        small.Edit("\"arms\": [", "\"contrasts\": [{\"name\": \"boots\", \"pairs\": [{\"arm\": \"CAWB\", \"against\": \"cosine\"}]}], \"arms\": [");
        Assert.StartsWith("boots: 2 seeds cannot show a difference of any size; 6 are the fewest.\n", SmallComparison.Demand(Submit("--dry-run")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_start_the_built_program_in_the_folder_of_the_command_with_the_threads_of_a_run()
    {
        SmallComparison.Demand(Submit("--threads", "2"));
        var task = File.ReadAllLines(Path.Combine(Folder, "slurm", "task.sh"));
        foreach (var line in new[]
        {
            "#!/bin/bash", "#SBATCH --cpus-per-task=2", "#SBATCH --signal=B:USR1@120", "#SBATCH --requeue", "#SBATCH --open-mode=append", "#SBATCH --ntasks=1",
            $"#SBATCH --output=\"{Folder}/slurm/logs/%A_%a.log\"", $"#SBATCH --chdir=\"{commands}\"",
        })
        {
            Assert.Contains(line, task);
        }

        Assert.Contains(task, line => line.Contains($" {ProgramProcess.Library} compare ", StringComparison.Ordinal) && line.EndsWith("--run \"$run\" &", StringComparison.Ordinal));
        Assert.DoesNotContain(task, line => line.StartsWith("./cawb", StringComparison.Ordinal));
        Assert.Contains(File.ReadAllLines(Path.Combine(Folder, "slurm", "report.sh")), line => line.StartsWith("exec ", StringComparison.Ordinal) && line.EndsWith(" --report", StringComparison.Ordinal));
    }

    [Fact]
    public void What_Slurm_refuses_is_told_with_its_words_and_what_is_submitted_already_is_named()
    {
        Fake("sbatch", "[ -e \"$0.n\" ] && { echo 'sbatch: error: invalid partition specified: cpu' >&2; exit 1; }; touch \"$0.n\"; echo 7");
        var run = Submit();
        Refusal.Says(Refusal.In(run with { Error = run.Error.TrimEnd('\n') + ".\n" }), "Runs are submitted as job 7, but what follows them is not. sbatch refused: sbatch: error: invalid partition specified: cpu. What was asked for: sbatch --parsable");
    }

    [Theory]
    [InlineData("--array of sbatch is decided by the comparison", "--slurm", "--", "--array=0-3")]
    [InlineData("-J of sbatch is decided by the comparison", "--slurm", "--", "-Jmine")]
    [InlineData("'--time=3' belongs to --slurm", "--", "--time=3")]
    [InlineData("--dry-run belongs to --slurm", "--dry-run")]
    [InlineData("--run and --slurm exclude each other", "--slurm", "--run", "0")]
    [InlineData("--report and --slurm exclude each other", "--slurm", "--report")]
    public void What_cannot_be_meant_is_refused(string complaint, params string[] more) => Refusal.Says(Refusal.Of(small.Words("my c", more)), complaint);

    [Fact]
    public void Without_Slurm_it_says_where_to_start()
    {
        foreach (var command in new[] { "sbatch", "squeue", "scontrol" })
        {
            File.Delete(Path.Combine(commands, command));
        }

        var bare = ProgramProcess.Run(commands, [("PATH", $"{commands}:{Path.GetDirectoryName(Environment.ProcessPath)}:/nowhere")], [.. small.Words("my c"), "--slurm"]);
        Refusal.Says(Refusal.In(bare), "There is no command 'squeue' here", "--dry-run");
    }

    private CommandRun Submit(params string[] more) =>
        ProgramProcess.Run(commands, [("PATH", $"{commands}:{Environment.GetEnvironmentVariable("PATH")}")], [.. small.Words("my c"), "--slurm", .. more]);

    private List<string[]> Calls(string command) => [.. File.ReadAllLines(calls).Select(line => line.Split('\t')).Where(words => words[0] == command)];

    // Writes its name and arguments down, then does something.
    private void Fake(string command, string body)
    {
        var path = small.Training.Write(command, $"#!/bin/bash\n(printf %s {command}; printf '\\t%s' \"$@\"; echo) >>'{calls}'\n{body}\n");
        using var change = System.Diagnostics.Process.Start("chmod", ["+x", path]);
        change.WaitForExit();
    }
}
