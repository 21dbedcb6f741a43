using System.Text.Json.Nodes;
using Cawb.Training.Json;
using Cawb.Training.Options;

namespace Cawb.Training.Comparison.Plans;

/// <summary>The JSON Schema of plan files, made from the table of options and the schema of schedules, so that neither can differ from what is read.</summary>
internal static class PlanSchema
{
    public static string Write() => JsonText.OfFile(new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Cawb comparison plan",
        ["description"] = "What cawb compare trains: every arm with every seed. docs/plans.md explains it.",
        ["$ref"] = "#/$defs/plan",
        ["$defs"] = Definitions(),
    });

    private static JsonObject Definitions()
    {
        var definitions = new JsonObject
        {
            ["plan"] = Members(
                required: ["name", "data", "epochs", "seeds", "baseline", "arms"],
                (ComparisonPlan.SchemaKey, Text("Where this schema lies; for editors alone.")),
                ("name", Text("Of the comparison, and of its folder under runs.")),
                ("description", Text("What it asks; stands at the top of the report.")),
                ("data", Text("The data set as train takes it: COCO folder or YOLO description (.yaml).")),
                ("dataCommand", Text("The command that makes the data where they are missing; messages name it.")),
                ("epochs", Whole("Length of every run.", 1, ComparisonPlan.MostEpochs)),
                ("seeds", List("Every arm trains once with each. Fewer than six cannot show a difference of two arms at p < 0.05.", Whole("A seed.", 0, int.MaxValue), least: 1, isUnique: true)),
                ("baseline", Text("Name of the arm that the others are held against, seed by seed.")),
                ("options", Reference("options", "Options of train that all arms share.")),
                ("arms", List("What is compared.", Reference("arm", ""), least: 2, isUnique: false)),
                ("contrasts", List("Questions written down before any run: they are tested first, corrected for their number, and everything else is exploratory.", Reference("contrast", ""), least: 0, isUnique: false)),
                ("references", List("Figures from elsewhere, shown in the table.", Reference("reference", ""), least: 0, isUnique: false))),
            ["arm"] = WithAnyOf(["schedule", "match"], Members(
                required: ["name"],
                ("name", new JsonObject { ["description"] = "As it stands in tables; letters or digits must tell it from the others.", ["type"] = "string", ["minLength"] = 1, ["maxLength"] = ComparisonArm.MostLetters }),
                ("schedule", Reference("schedule", "Of the learning rate; lr0 of the hyper-parameters is its base. May be left out beside 'match'.")),
                ("match", Reference("match", "Makes the schedule equal to another arm's in mean or end: a smooth curve, or the warm boots of 'schedule' with another annealing.")),
                ("options", Reference("options", "Options in which this arm differs from the others.")))),
            ["match"] = Members(
                required: ["arm", "in"],
                ("arm", Text("Name of an arm that is matched to none.")),
                ("in", List("What is equal: the mean over the run, the value at its end.", new JsonObject { ["enum"] = new JsonArray("mean", "end") }, least: 1, isUnique: true))),
            ["contrast"] = Members(
                required: ["name", "pairs"],
                ("name", Text("The question in a few words.")),
                ("pairs", List("Its difference is the mean over these, seed by seed.", Reference("pair", ""), least: 1, isUnique: true)),
                ("pilotSpread", new JsonObject { ["description"] = "Standard deviation of that difference over the seeds of a pilot, in AP: says before any run how small a difference can be shown.", ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1 })),
            ["pair"] = Members(
                required: ["arm", "against"],
                ("arm", Text("Name of an arm.")),
                ("against", Text("Name of the arm that it is held against."))),
            ["reference"] = Members(
                required: ["name", "ap", "ap50", "note"],
                ("name", Text("As it stands in the table.")),
                ("ap", Precision("AP (IoU 0.50 to 0.95).")),
                ("ap50", Precision("AP50.")),
                ("note", Text("What was measured there."))),
            ["options"] = Members(required: [], [.. OptionValues.OfPlans.Select(option => (option.Key, option.Schema()))]),
        };
        foreach (var (name, definition) in Schedules())
        {
            definitions[name] = definition?.DeepClone();
        }

        return definitions;
    }

    private static JsonObject Schedules() => JsonNode.Parse(ScheduleText.JsonSchema)?["$defs"]?.AsObject() ?? [];

    private static JsonObject Members(string[] required, params (string Name, JsonObject Schema)[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))),
        ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject WithAnyOf(string[] names, JsonObject members)
    {
        members["anyOf"] = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject { ["required"] = new JsonArray(name) })]);
        return members;
    }

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static JsonObject Whole(string description, int least, int most) => new() { ["description"] = description, ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };

    private static JsonObject Precision(string description) => new() { ["description"] = description, ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 };

    private static JsonObject Reference(string definition, string description) =>
        description.Length > 0 ? new() { ["description"] = description, ["$ref"] = $"#/$defs/{definition}" } : new() { ["$ref"] = $"#/$defs/{definition}" };

    private static JsonObject List(string description, JsonObject item, int least, bool isUnique) =>
        new() { ["description"] = description, ["type"] = "array", ["items"] = item, ["minItems"] = least, ["uniqueItems"] = isUnique };
}
