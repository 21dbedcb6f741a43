using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Detection.Model;
using Cawb.Training;
using Cawb.Training.Comparison;
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

    private readonly Option<int[]> seeds = new("--seeds")
    {
        Description = "How many seeds (one number: the plan's first, then further ones), or which (several numbers). The runs of seeds that are done stay.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        HelpName = "N",
    };

    private readonly Option<string?> data = new("--data") { Description = "Another data set: COCO folder or YOLO description (.yaml)." };

    private readonly Option<int?> epochs = new("--epochs") { Description = "Another length; every moment of every schedule moves in proportion." };

    private readonly Option<string?> model = new Option<string?>("--model") { Description = "Another size of the network." }.AcceptOnlyFromAmong([.. ModelSize.All.Select(size => size.Name)]);

    private readonly Option<int?> batchSize = new("--batch-size") { Description = "Pictures per batch." };

    private readonly Option<int?> imageSize = new("--image-size") { Description = "Side of the network's input in pixels, a multiple of 32." };

    private readonly Option<int?> threads = new("--threads") { Description = "Threads of each run; other numbers give other last bits. 1 without it, all cores on a GPU." };

    private readonly Option<string?> device = new("--device") { Description = "cpu, or cuda:0 with a libtorch that has it." };

    private readonly Option<bool> keepTroughs = new("--keep-troughs") { Description = "Keep the weights at each trough, and evaluate the snapshot ensemble and the averaged weights at the end of each run." };

    /// <summary>Adds all flags to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { arms, seeds, data, epochs, model, batchSize, imageSize, threads, device, keepTroughs })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The plan with what was typed in place of its own.</summary>
    /// <exception cref="InputException">A flag cannot be.</exception>
    public ComparisonPlan Change(ComparisonPlan plan, ParseResult result)
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

        return plan.WithOptions(Options(plan, result));
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

    private string Options(ComparisonPlan plan, ParseResult result)
    {
        var changed = new JsonObject();
        void Set(string key, JsonNode? value)
        {
            if (value is not null)
            {
                changed[key] = value;
            }
        }

        Set("model", result.GetValue(model));
        Set("batchSize", result.GetValue(batchSize));
        Set("imageSize", result.GetValue(imageSize));
        Set("device", result.GetValue(device));
        Set("keepTroughs", result.GetValue(keepTroughs) ? true : null);

        // The plan that is carried out names the number, so that the same command on another machine does not change it unseen.
        var own = JsonNode.Parse(plan.OptionsJson)?.AsObject() ?? [];
        var isCpu = (result.GetValue(device) ?? own["device"]?.ToString() ?? "cpu") == "cpu";
        Set("threads", result.GetValue(threads) ?? (own.ContainsKey("threads") ? null : isCpu ? 1 : Environment.ProcessorCount));
        return ArmOptions.Problem(changed.ToJsonString()) is { } problem
            ? throw new InputException(string.Create(CultureInfo.InvariantCulture, $"The flag for '{problem.Key}': {problem.Text}"))
            : changed.ToJsonString();
    }
}
