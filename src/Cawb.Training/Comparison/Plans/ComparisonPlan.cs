using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Json;
using Cawb.Training.Options;

namespace Cawb.Training.Comparison.Plans;

/// <summary>What is compared: arms, seeds, data, length. Paired: every arm trains with every seed.</summary>
public sealed record ComparisonPlan
{
    /// <summary>Most epochs of a plan; more is a typing error.</summary>
    public const int MostEpochs = 100_000;

    /// <summary>The key under which a plan file may name its schema, for editors; it says nothing of the plan.</summary>
    public const string SchemaKey = "$schema";

    /// <summary>JSON Schema (draft 2020-12) of plan files, for editors; the same text as <c>docs/plan.schema.json</c>.</summary>
    public static string JsonSchema => PlanSchema.Write();

    /// <summary>A plan.</summary>
    /// <param name="name">Of the comparison.</param>
    /// <param name="description">What it asks; may be empty.</param>
    /// <param name="data">The data set's folder or file, as <c>train</c> takes it.</param>
    /// <param name="epochs">1 to <see cref="MostEpochs"/>.</param>
    /// <param name="seeds">At least one, 0 or more, none twice.</param>
    /// <param name="baseline">Name of the arm that the others are held against.</param>
    /// <param name="options">Those that all arms share.</param>
    /// <param name="arms">At least two; their names differ, and so do the names of their folders.</param>
    /// <param name="references">Figures from elsewhere.</param>
    /// <exception cref="ArgumentException">One of these rules is broken; the message says which.</exception>
    public ComparisonPlan(
        string name,
        string description,
        string data,
        int epochs,
        IEnumerable<int> seeds,
        string baseline,
        OptionValues options,
        IEnumerable<ComparisonArm> arms,
        IEnumerable<ComparisonReference> references)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(data);
        (Name, Description, Data, Epochs) = (name, description, data, epochs);
        Seeds = [.. seeds];
        ComparisonArm[] given = [.. arms];
        References = [.. references];
        Options = options;
        Baseline = baseline;
        if (epochs is < 1 or > MostEpochs)
        {
            throw new ArgumentException($"epochs is {epochs}; it must be 1 to {MostEpochs}.", nameof(epochs));
        }
        if (Seeds.Count == 0 || Seeds.Any(s => s < 0))
        {
            throw new ArgumentException("There must be at least one seed, and none below 0.", nameof(seeds));
        }
        if (Seeds.GroupBy(s => s).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Seed {twice.Key} is given twice; the same run again says nothing new. Remove one.", nameof(seeds));
        }
        if (given.Length < 2)
        {
            throw new ArgumentException($"A comparison needs at least two arms; got {given.Length}.", nameof(arms));
        }
        if (given.GroupBy(a => a.FolderName).FirstOrDefault(g => g.Count() > 1) is { } alike)
        {
            throw new ArgumentException($"Two arms are named '{alike.First().Name}' and '{alike.Last().Name}'; names must differ in letters or digits. Rename one.", nameof(arms));
        }
        Arms = [.. given.Select(arm => arm.Among(given, epochs))];
        _ = Arm(baseline);
    }

    /// <summary>Of the comparison.</summary>
    public string Name { get; }

    /// <summary>What it asks; may be empty.</summary>
    public string Description { get; }

    /// <summary>The data set.</summary>
    public string Data { get; private init; }

    /// <summary>The command that makes the data where they are missing, for messages; may be empty.</summary>
    public string DataCommand { get; init; } = "";

    /// <summary>Length of every run.</summary>
    public int Epochs { get; }

    /// <summary>In the order in which they are run.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>The arm that the others are held against.</summary>
    public string Baseline { get; }

    /// <summary>Options that all arms share.</summary>
    public OptionValues Options { get; private init; }

    /// <summary>In the order of tables and colours.</summary>
    public IReadOnlyList<ComparisonArm> Arms { get; }

    /// <summary>Figures from elsewhere.</summary>
    public IReadOnlyList<ComparisonReference> References { get; }

    /// <summary>Questions that were written down before any run. They are tested first; where there are any, everything else is exploratory.</summary>
    /// <exception cref="ArgumentException">One names an arm that does not exist, holds one against itself, or has another's name.</exception>
    public IReadOnlyList<PlannedContrast> Contrasts { get; init => field = Checked(value); } = [];

    /// <summary>The arm of that name.</summary>
    /// <param name="name">Of an arm.</param>
    /// <exception cref="ArgumentException">There is none; the message offers the nearest.</exception>
    public ComparisonArm Arm(string name) => Arms.FirstOrDefault(a => a.Name == name) ?? throw new ArgumentException(UnknownArm(name), nameof(name));

    /// <summary>Names of contrasts that cannot be tested any more, because arms of theirs were left out.</summary>
    public IReadOnlyList<string> LeftOutContrasts { get; private init; } = [];

    /// <summary>The same as a sentence; empty where none is left out.</summary>
    public string LeftOutWords => LeftOutContrasts.Count == 0 ? "" : $"Not tested, because arms of theirs are left out: {string.Join("; ", LeftOutContrasts)}.";

    /// <summary>Whether runs compute on the processor, so that several at once share its cores.</summary>
    public bool IsOnProcessor => RunOf(Arms[0], Seeds[0], "").TrainOptions.Device == "cpu";

    /// <summary>The run of an arm with a seed.</summary>
    /// <param name="arm">Of this plan.</param>
    /// <param name="seed">Of this plan.</param>
    /// <param name="folder">Of the comparison.</param>
    public ExperimentRun RunOf(ComparisonArm arm, int seed, string folder)
    {
        ArgumentNullException.ThrowIfNull(arm);
        return new ExperimentRun(
            arm, seed, Epochs, Data, arm.Options.Over(Options), Path.Combine(folder, ComparisonRuns.FolderName, string.Create(CultureInfo.InvariantCulture, $"{arm.FolderName}-seed-{seed}")));
    }

    /// <summary>The same plan for some of its arms; the baseline stays among them or is the first of them.</summary>
    /// <param name="names">Of arms.</param>
    /// <exception cref="ArgumentException">A name is unknown, or fewer than two are left.</exception>
    public ComparisonPlan WithArms(IEnumerable<string> names)
    {
        ComparisonArm[] chosen = [.. names.Select(Arm)];
        bool Has(string name) => chosen.Any(arm => arm.Name == name);
        var baseline = chosen.Length == 0 || Has(Baseline) ? Baseline : chosen[0].Name;
        var arms = chosen.Select(arm => arm.Match is { } match && !Has(match.ArmName) ? arm.Unmatched() : arm);
        var contrasts = Contrasts.ToLookup(contrast => contrast.ArmNames.All(Has));
        return Like(Epochs, Seeds, baseline, arms, [.. contrasts[true]]) with { LeftOutContrasts = [.. LeftOutContrasts, .. contrasts[false].Select(contrast => contrast.Name)] };
    }

    /// <summary>The same plan with other seeds.</summary>
    /// <param name="seeds">At least one, none twice.</param>
    public ComparisonPlan WithSeeds(IEnumerable<int> seeds) => Like(Epochs, seeds, Baseline, Arms, Contrasts);

    /// <summary>The same plan with options laid over those that all arms share.</summary>
    /// <param name="options">Laid over the plan's own.</param>
    public ComparisonPlan WithOptions(OptionValues options) => this with { Options = options.Over(Options) };

    /// <summary>The same plan on other data.</summary>
    /// <param name="data">As <c>train</c> takes it.</param>
    public ComparisonPlan WithData(string data)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(data);
        return this with { Data = data };
    }

    /// <summary>
    /// The same plan with runs of another length: every moment of every schedule moves in proportion. Whole epochs stay whole where the schedule still fits into the length then.
    /// </summary>
    /// <param name="epochs">1 or more.</param>
    /// <exception cref="ArgumentException">A schedule does not fit into so few epochs; the message says which and why.</exception>
    public ComparisonPlan WithEpochs(int epochs)
    {
        if (epochs == Epochs)
        {
            return this;
        }
        var arms = Arms.Select(arm =>
        {
            try
            {
                return arm.Stretched(Epochs, epochs);
            }
            catch (ArgumentException fault)
            {
                throw new ArgumentException($"The schedule of arm '{arm.Name}' does not fit into {Counted.Of(epochs, "epoch")}: {ArgumentText.Of(fault)} Choose more epochs, or write a plan for this length.", nameof(epochs), fault);
            }
        });
        return Like(epochs, Seeds, Baseline, arms, Contrasts);
    }

    /// <summary>Reads a plan file.</summary>
    /// <param name="path">JSON; unknown names are errors.</param>
    /// <exception cref="FileException">The file cannot be read or breaks a rule; the message says line, column and the fix.</exception>
    public static ComparisonPlan Read(string path) => new ComparisonPlanReader().Read(path);

    /// <summary>The plan as a file has it.</summary>
    public string ToJson() => JsonText.OfFile(ToJsonObject());

    /// <summary>The plan as a file has it that names its schema.</summary>
    /// <param name="schema">Where it lies; empty for none.</param>
    public string ToJson(string schema)
    {
        var content = ToJsonObject();
        if (!string.IsNullOrEmpty(schema))
        {
            content.Insert(0, SchemaKey, schema);
        }
        return JsonText.OfFile(content);
    }

    private JsonObject ToJsonObject() => new()
    {
        ["name"] = Name,
        ["description"] = Description,
        ["data"] = Data,
        ["dataCommand"] = DataCommand,
        ["epochs"] = Epochs,
        ["seeds"] = JsonText.List(Seeds, seed => seed),
        ["baseline"] = Baseline,
        ["options"] = JsonNode.Parse(Options.ToString()),
        ["arms"] = JsonText.List(Arms, ToJsonObject),
        ["contrasts"] = JsonText.List(Contrasts, ToJsonObject),
        ["references"] = JsonText.List(References, reference => new JsonObject
        {
            ["name"] = reference.Name,
            ["ap"] = reference.AveragePrecision,
            ["ap50"] = reference.AveragePrecision50,
            ["note"] = reference.Note,
        }),
    };

    private static JsonObject ToJsonObject(ComparisonArm arm)
    {
        var content = new JsonObject { ["name"] = arm.Name };
        if (arm.Shape is { } shape)
        {
            content["schedule"] = JsonNode.Parse(shape.CanonicalText);
        }
        if (arm.Match is { } match)
        {
            content["match"] = new JsonObject { ["arm"] = match.ArmName, ["in"] = JsonText.List(ArmMatch.Words[match.What], word => word) };
        }
        content["options"] = JsonNode.Parse(arm.Options.ToString());
        return content;
    }

    private static JsonObject ToJsonObject(PlannedContrast contrast)
    {
        var content = new JsonObject
        {
            ["name"] = contrast.Name,
            ["pairs"] = JsonText.List(contrast.Pairs, pair => new JsonObject { ["arm"] = pair.Arm, ["against"] = pair.Against }),
        };
        if (contrast.PilotSpread is { } spread)
        {
            content["pilotSpread"] = spread;
        }
        return content;
    }

    // Everything else as it is here.
    private ComparisonPlan Like(int epochs, IEnumerable<int> seeds, string baseline, IEnumerable<ComparisonArm> arms, IReadOnlyList<PlannedContrast> contrasts) =>
        new(Name, Description, Data, epochs, seeds, baseline, Options, arms, References) { DataCommand = DataCommand, Contrasts = contrasts, LeftOutContrasts = LeftOutContrasts };

    private IReadOnlyList<PlannedContrast> Checked(IReadOnlyList<PlannedContrast> contrasts)
    {
        foreach (var contrast in contrasts)
        {
            foreach (var name in contrast.ArmNames)
            {
                _ = Arm(name);
            }
            if (contrast.Pairs.Count == 0 || contrast.Pairs.Any(pair => pair.Arm == pair.Against))
            {
                throw new ArgumentException($"The contrast '{contrast.Name}' needs at least one pair of two different arms.", nameof(contrasts));
            }
        }
        return contrasts.GroupBy(contrast => contrast.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two contrasts are named '{twice.Key}'. Rename one.", nameof(contrasts))
            : contrasts;
    }

    private string UnknownArm(string name) =>
        $"There is no arm '{name}'.{NearestName.Suggestion(name, Arms.Select(a => a.Name))} The arms are: {string.Join(", ", Arms.Select(a => a.Name))}.";
}
