using System.CommandLine;
using Cawb.Cli.Comparison;
using Cawb.Cli.Detection;
using Cawb.Cli.Schedules;
using Cawb.Cli.Training;
using Cawb.Digits;
using Cawb.Reports.Files;
using Cawb.Training;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Slurm;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb compare</c>: trains every arm of a plan with every seed, and says what can be concluded.</summary>
internal static class CompareCommand
{
    private static readonly string DigitsFolder = Path.Combine("data", "digits");

    private const string UsualPlan = "plan.json";

    private static readonly string DigitsHyperParameters = Path.Combine("hyp", "digits.json");

    private static readonly Argument<string?> PlanPath = new("PLAN")
    {
        Description = "The plan (.json): arms, seeds, data, options; see plans/ and docs/plans.md.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Init = new("--init")
    {
        Description = $"Write a plan to start from into a new file, {UsualPlan} where none is named, and train nothing. --data, --seeds, --epochs and the options of train go into it.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "FILE",
    };

    private static readonly Option<bool> Strict = new("--strict") { Description = "Take warnings about the arms' schedules for errors: exit code 2, and nothing is trained." };

    private static readonly Option<string?> Out = new("--out") { Description = "Where the runs and the report go; runs/NAME of the plan without it. What is done there is not done again." };

    private static readonly Option<string?> OnlyRun = new("--run") { Description = "Train this run alone and write no report: ARM/SEED, or a number from 0 (seeds outside, arms inside). Several processes may do so at once, on several hosts.", HelpName = "ARM/SEED" };

    private static readonly Option<bool> OnlyReport = new("--report") { Description = "Train nothing: write the report of the runs that are done and list those that are missing; exit code 3 where some are." };

    private static readonly Option<int?> Jobs = new("--jobs") { Description = "Runs at once. [default: as many as the cores hold, one on a GPU; under Slurm as many as there is room for]" };

    private static readonly Option<bool> Slurm = new("--slurm") { Description = "Hand the runs that are not done to Slurm: one job array, and the report after it. The folder must be on a disk that all nodes share; docs/slurm.md." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "With --slurm: write the scripts and say how they would be submitted, and submit nothing." };

    private static readonly Argument<string[]> SbatchOptions = new("SBATCH")
    {
        Description = "Options of sbatch for the tasks, behind -- : time, partition, account, memory.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var flags = new PlanFlags();
        var command = new Command(
            "compare",
            """
            Trains every arm of a plan with every seed, pairs the arms by seed, and says what can be concluded. Interrupted, the same command goes on.

            Examples:
              cawb compare plans/digits-boots.json --seeds 3
              cawb compare plans/digits-boots.json --arms "cosine, to 0.2" "cosine, to 0.02" --seeds 0 1 2 3 4 5 --out runs/two-arms
              cawb compare --init mine.json --data mine.yaml --epochs 50 --model s
              cawb compare plans/coco-article.json --data coco-small --device cuda:0
              cawb compare plans/digits-boots.json --run "cosine, to 0.2/3"
              cawb compare plans/digits-boots.json --report
              cawb compare plans/digits-boots.json --slurm --jobs 8 -- --time=2:00:00 --partition=cpu
            """)
        {
            PlanPath,
            SbatchOptions,
        };
        flags.AddTo(command);
        foreach (var option in new Option[] { Init, OnlyRun, OnlyReport, Slurm, DryRun, Jobs, Strict, Out })
        {
            command.Options.Add(option);
        }

        command.SetAction(result => Run(result, flags));
        return command;
    }

    private static int Run(ParseResult result, PlanFlags flags)
    {
        WholeNumber.Require("--jobs", result.GetValue(Jobs) ?? 1, 1, 1024);
        if (result.GetResult(Init) is not null)
        {
            return WritePlan(result, flags);
        }

        RequireOneTask(result);
        var path = result.GetValue(PlanPath) ?? throw new InputException("Name a plan, such as plans/demo.json, or write one with --init (docs/plans.md).");
        var plan = flags.Change(ComparisonPlan.Read(ProgramHome.Find(path)), result);
        var folder = result.GetValue(Out) ?? Path.Combine("runs", FolderName(plan.Name));
        return result.GetValue(OnlyReport) ? Present(plan, folder, result, (presentation, job, _) => presentation.Show(ComparisonRunner.Read(job, plan, folder)))
            : result.GetValue(OnlyRun) is { } run ? Present(plan, folder, result, (presentation, job, cancellation) =>
                presentation.ExecuteRun(ComparisonRunner.ForRun(job, plan, folder, ComparisonRuns.Find(plan, folder, run)), cancellation))
            : result.GetValue(Slurm) ? Present(plan, folder, result, (presentation, job, _) => Submit(plan, folder, result, presentation, job))
            : Execute(plan, folder, result.GetValue(Jobs), result);
    }

    /// <summary>Makes the data where it knows how, carries the comparison out and reports.</summary>
    /// <param name="plan">What to compare.</param>
    /// <param name="folder">Where.</param>
    /// <param name="jobs">Runs at once; null for as many as fit.</param>
    /// <param name="result">What was typed; the report names it.</param>
    internal static int Execute(ComparisonPlan plan, string folder, int? jobs, ParseResult result) =>
        Present(plan, folder, result, (presentation, job, cancellation) => presentation.Execute(new ComparisonRunner(job, plan, folder), jobs ?? UsualJobs(plan), cancellation));

    private static int Present(ComparisonPlan plan, string folder, ParseResult result, Func<ComparisonPresentation, TrainingJob, CancellationToken, int> work)
    {
        using var interruption = new Interruption();
        ProvideData(plan, result.InvocationConfiguration.Output);
        var command = "./cawb " + ShellWord.Joined(result.Tokens.Select(token => token.Value));
        var presentation = new ComparisonPresentation(plan, folder, command, result.InvocationConfiguration);
        try
        {
            return work(presentation, new TrainingJob(TimeProvider.System, data => DataFindings.Write(data, result.InvocationConfiguration.Error), interruption.Token) { IsStrict = result.GetValue(Strict) }, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            return presentation.Interrupted();
        }
    }

    private static int Submit(ComparisonPlan plan, string folder, ParseResult result, ComparisonPresentation presentation, TrainingJob job)
    {
        var runner = new ComparisonRunner(job, plan, folder);
        if (runner.Unfinished.Count == 0)
        {
            return presentation.Show(runner.Collect());
        }

        presentation.Advise(runner);
        var slurm = new SlurmJob(plan, Path.GetFullPath(folder), ProgramHome.Command, Environment.CurrentDirectory, result.GetValue(Jobs) ?? 0, result.GetValue(SbatchOptions) ?? []);
        new SlurmPresentation(slurm, folder, result.InvocationConfiguration.Output).Execute(runner, result.GetValue(DryRun));
        return ExitCode.Done;
    }

    private static int WritePlan(ParseResult result, PlanFlags flags)
    {
        UselessFlags.Refuse(result, when: true, "--init writes a plan and trains nothing", OnlyRun, OnlyReport, Slurm, DryRun, Jobs, Strict, Out);
        if (result.GetValue(PlanPath) is { } other)
        {
            throw new InputException($"--init writes a new plan, and {other} is another one. Name the new file behind --init: --init {other}.");
        }

        var path = result.GetValue(Init) ?? UsualPlan;
        var plan = flags.Typed(StarterPlan.Of(Path.GetFileNameWithoutExtension(path), flags.Data(result), RunFlags.ReadFile(result, DigitsHyperParameters)), result);
        if (!AtomicFile.TryCreateText(path, plan.ToJson(SchemaFrom(path))))
        {
            throw new InputException($"{path} is there already, and --init replaces nothing. Name another file behind it, or delete this one.");
        }

        result.InvocationConfiguration.Output.WriteLine(
            $"{path}: {Counted.Of(plan.Arms.Count, "arm")} x {Counted.Of(plan.Seeds.Count, "seed")} = {Counted.Of(plan.Arms.Count * plan.Seeds.Count, "run")} of {Counted.Of(plan.Epochs, "epoch")} on {plan.Data}. Change what you like (docs/plans.md says what it may hold), then: ./cawb compare {ShellWord.Quoted(path)}");
        return ExitCode.Done;
    }

    // As an editor looks for it: from the plan's folder. Nothing where the program lies without its documentation.
    private static string SchemaFrom(string path)
    {
        var schema = Path.Combine(ProgramHome.Folder, "docs", "plan.schema.json");
        return File.Exists(schema) ? Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", schema).Replace('\\', '/') : "";
    }

    private static void RequireOneTask(ParseResult result)
    {
        UselessFlags.Refuse(result, result.GetValue(OnlyReport), "--report trains nothing", Strict);
        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
        void Exclude(params Option[] options)
        {
            Option[] given = [.. options.Where(IsGiven)];
            if (given.Length > 1)
            {
                throw new InputException($"{given[0].Name} and {given[1].Name} exclude each other. Leave one of them out.");
            }
        }

        Exclude(OnlyRun, OnlyReport, Slurm);
        Exclude(OnlyRun, OnlyReport, Jobs);
        if (!result.GetValue(Slurm) && (result.GetValue(DryRun) ? DryRun.Name : result.GetValue(SbatchOptions) is [var first, ..] ? $"'{first}'" : "") is { Length: > 0 } idle)
        {
            throw new InputException($"{idle} belongs to --slurm. Leave it out, or add --slurm.");
        }
    }

    private static void ProvideData(ComparisonPlan plan, TextWriter output)
    {
        if (Path.Exists(plan.Data))
        {
            return;
        }

        if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(plan.Data)) != Path.GetFullPath(DigitsFolder))
        {
            throw new InputException(plan.DataCommand.Length > 0
                ? $"{plan.Data}: there is no such data set. The plan says how to make it: {plan.DataCommand} - or name another one with --data."
                : $"{plan.Data}: there is no such data set. Make it, or name another one with --data.");
        }

        DataCommand.MakeDigits(DigitsFolder, ProgramHome.DigitsCache, new DigitsOptions(), output);
    }

    private static int UsualJobs(ComparisonPlan plan) => plan.IsOnProcessor ? Math.Max(1, Environment.ProcessorCount / plan.RunOf(plan.Arms[0], plan.Seeds[0], "").TrainOptions.Threads) : 1;

    // What no system forbids, so that a plan has the same folder everywhere.
    internal static string FolderName(string name)
    {
        var words = string.Concat(name.Select(letter => char.IsControl(letter) || "<>:\"/\\|?*".Contains(letter, StringComparison.Ordinal) ? ' ' : letter));
        var folder = string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', '-');
        return folder.Length > 0 ? folder : "comparison";
    }
}
