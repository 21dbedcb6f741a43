using System.CommandLine;
using System.Text.Json;
using Cawb.Cli.Training;
using Cawb.Training;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Options;

namespace Cawb.Cli.Comparison;

/// <summary>The flags that change a plan for once.</summary>
internal sealed class PlanFlags
{
    private readonly Option<string[]> arms = new("--arms")
    {
        Description = "Only these arms of the plan, by name.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        HelpName = "NAME",
    };

    private readonly Option<int[]> seeds = NumberList.Option<int>(
        "--seeds", "How many seeds (one number: the plan's first, then further ones), or which (several numbers). The runs of seeds that are done stay.");

    private readonly Option<string?> data = new("--data") { Description = "Another data set: COCO folder or YOLO description (.yaml)." };

    private readonly Option<int?> epochs = new("--epochs") { Description = "Another length; every moment of every schedule moves in proportion." };

    // Who warms up is said by each plan: the flag of train chooses by the schedule.
    private readonly OptionFlags options = new(OptionValues.OfPlans.Where(option => option.IsPlain && option.Key != Row(nameof(TrainOptions.Warmup)).Key), showsDefaults: false);

    /// <summary>Adds all flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { arms, seeds, data, epochs })
        {
            command.Options.Add(option);
        }

        options.AddTo(command);
    }

    /// <summary>The plan with what was typed in place of its own.</summary>
    /// <exception cref="InputException">A flag cannot be.</exception>
    public ComparisonPlan Change(ComparisonPlan plan, ParseResult result) => WithThreads(Typed(plan, result));

    /// <summary>The data set that was typed; null for none.</summary>
    public string? Data(ParseResult result) => result.GetValue(data);

    /// <summary>The same, and nothing that depends on this machine.</summary>
    /// <exception cref="InputException">A flag cannot be.</exception>
    public ComparisonPlan Typed(ComparisonPlan plan, ParseResult result)
    {
        WholeNumber.Require("--epochs", result.GetValue(epochs) ?? 1, 1, ComparisonPlan.MostEpochs);
        try
        {
            plan = result.GetValue(arms) is { Length: > 0 } names ? plan.WithArms(names) : plan;
            plan = result.GetValue(seeds) is { Length: > 0 } numbers ? plan.WithSeeds(Seeds(plan, numbers)) : plan;
            plan = result.GetValue(data) is { } folder ? plan.WithData(folder) : plan;
            plan = result.GetValue(epochs) is { } length ? plan.WithEpochs(length) : plan;
        }
        catch (ArgumentException exception)
        {
            throw new InputException(ArgumentText.Of(exception), exception);
        }

        var problems = new List<string>();
        var typed = options.Read(result, problems);
        return problems.Count == 0 ? plan.WithOptions(typed) : throw new InputException(string.Join(" ", problems));
    }

    private static IEnumerable<int> Seeds(ComparisonPlan plan, int[] numbers)
    {
        if (numbers.Length > 1)
        {
            return numbers;
        }

        WholeNumber.Require("--seeds", numbers[0], 1, 1000);
        return plan.Seeds.Concat(Enumerable.Range(0, int.MaxValue).Where(seed => !plan.Seeds.Contains(seed))).Take(numbers[0]);
    }

    // The plan that is carried out names the number, so that the same command on another machine does not change it unseen.
    private static ComparisonPlan WithThreads(ComparisonPlan plan)
    {
        var threads = Row(nameof(TrainOptions.Threads));
        return plan.Options.Find(threads) is null
            ? plan.WithOptions(OptionValues.None.With(threads, JsonSerializer.SerializeToElement(plan.IsOnProcessor ? 1 : Environment.ProcessorCount)))
            : plan;
    }

    private static TrainOption Row(string name) => TrainOption.Of(name);
}
