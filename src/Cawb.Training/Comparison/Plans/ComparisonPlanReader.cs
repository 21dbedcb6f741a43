using System.Text.Json;
using Cawb.Insight;
using Cawb.Reports.Files;
using Cawb.Training.Json;
using Cawb.Training.Options;

namespace Cawb.Training.Comparison.Plans;

/// <summary>Reads plan files; every complaint says where and what to do.</summary>
internal sealed class ComparisonPlanReader
{
    private static readonly string[] Names = [ComparisonPlan.SchemaKey, "name", "description", "data", "dataCommand", "epochs", "seeds", "baseline", "options", "arms", "contrasts", "references"];
    private static readonly string[] ArmNames = ["name", "schedule", "match", "options"];
    private static readonly string[] MatchNames = ["arm", "in"];
    private static readonly string[] ContrastNames = ["name", "pairs", "pilotSpread"];
    private static readonly string[] PairNames = ["arm", "against"];
    private static readonly string[] ReferenceNames = ["name", "ap", "ap50", "note"];

    // Where arms are named, and by which key: looked up once all arms are known.
    private readonly List<(PlacedJson Place, string Key)> named = [];

    // Of options: all are said at once.
    private readonly List<FileException> problems = [];

    public ComparisonPlan Read(string path)
    {
        var root = PlacedJson.Read(path);
        var members = root.Object("A plan", Names);
        PlacedJson Get(string name) => root.Required(members, "A plan", name);
        var baseline = Get("baseline");
        var armsNode = Get("arms");
        var options = Options(members);
        var arms = ReadArms(armsNode);
        PlannedContrast[] asked = members.TryGetValue("contrasts", out var contrasts) ? [.. contrasts.Array("'contrasts'").Select(ReadContrast)] : [];
        var baselineName = ArmName(baseline, "'baseline'");
        if (problems.Count > 0)
        {
            throw new FileException(path, string.Join(" ", problems.Select(problem => problem.Problem)));
        }
        foreach (var (place, key) in named)
        {
            if (arms.All(a => a.Name != place.String(key)))
            {
                throw place.Complaint($"{key} names the arm {place.Describe()}, which does not exist.{NearestName.Suggestion(place.String(key), arms.Select(a => a.Name))} The arms are: {string.Join(", ", arms.Select(a => a.Name))}.");
            }
        }
        try
        {
            return new ComparisonPlan(
                Get("name").String("'name'"),
                members.TryGetValue("description", out var description) ? description.String("'description'") : "",
                Get("data").String("'data'"),
                (int)Get("epochs").Integer("'epochs'", 1, ComparisonPlan.MostEpochs),
                ReadSeeds(Get("seeds")),
                baselineName,
                options,
                arms,
                members.TryGetValue("references", out var references) ? references.Array("'references'").Select(ReadReference) : [])
            {
                DataCommand = members.TryGetValue("dataCommand", out var command) ? command.String("'dataCommand'") : "",
                Contrasts = asked,
            };
        }
        catch (ArgumentException fault)
        {
            throw root.Complaint(ArgumentText.Of(fault));
        }
    }

    private static List<int> ReadSeeds(PlacedJson node)
    {
        var seeds = new List<int>();
        foreach (var item in node.Array("'seeds'"))
        {
            var seed = (int)item.Integer("A seed", 0, int.MaxValue);
            if (seeds.Contains(seed))
            {
                throw item.Complaint($"seed {seed} is given twice; the same run again says nothing new. Remove one.");
            }
            seeds.Add(seed);
        }
        return seeds.Count > 0 ? seeds : throw node.Complaint("'seeds' is empty; give at least one, and five or more to learn anything.");
    }

    private List<ComparisonArm> ReadArms(PlacedJson node)
    {
        var arms = new List<ComparisonArm>();
        foreach (var item in node.Array("'arms'"))
        {
            var arm = ReadArm(item);
            if (arms.Find(a => a.FolderName == arm.FolderName) is { } twin)
            {
                throw item.Complaint($"the arm '{arm.Name}' has the name of another one, '{twin.Name}'; names must differ in letters or digits. Rename one.");
            }
            arms.Add(arm);
        }
        return arms.Count >= 2 ? arms : throw node.Complaint($"'arms' has {arms.Count}; a comparison needs at least two.");
    }

    private ComparisonArm ReadArm(PlacedJson item)
    {
        var members = item.Object("An arm", ArmNames);
        var name = item.Required(members, "An arm", "name");
        var match = members.TryGetValue("match", out var matched) ? ReadMatch(matched) : null;
        var schedule = match is not null && !members.ContainsKey("schedule") ? null : item.Required(members, "An arm", "schedule");
        if (schedule is not null && schedule.Kind != JsonTokenType.StartObject)
        {
            throw schedule.Complaint($"the schedule of arm {name.Describe()} must be an object in braces, such as {{\"type\": \"cosine\", \"durationEpochs\": 20}}; got {schedule.Describe()}.");
        }
        try
        {
            return new ComparisonArm(name.String("'name'"), schedule is null ? null : ScheduleText.Parse(schedule.RawText), match, Options(members));
        }
        catch (ScheduleTextException fault) when (schedule is not null)
        {
            throw schedule.ComplaintInside(fault.LineNumber, fault.ColumnNumber, $"in the schedule of arm {name.Describe()}: {fault.Problem}");
        }
        catch (ArgumentException fault)
        {
            throw name.Complaint(fault.Message);
        }
    }

    private ArmMatch ReadMatch(PlacedJson item)
    {
        var members = item.Object("A match", MatchNames);
        var place = item.Required(members, "A match", "in");
        string[] words = [.. place.Array("'in'").Select(word => word.String("A word of 'in'"))];
        var what = ArmMatch.Words.Where(one => one.Value.Order().SequenceEqual(words.Order())).Select(one => (FairMatch?)one.Key).FirstOrDefault()
            ?? throw place.Complaint($"'in' says what is equal: [\"mean\"], [\"end\"] or [\"mean\", \"end\"]; got [{string.Join(", ", words.Select(word => $"\"{word}\""))}].");
        return new ArmMatch(ArmName(item.Required(members, "A match", "arm"), "'arm'"), what);
    }

    private PlannedContrast ReadContrast(PlacedJson item)
    {
        var members = item.Object("A contrast", ContrastNames);
        double? spread = null;
        if (members.TryGetValue("pilotSpread", out var given))
        {
            spread = given.Number("'pilotSpread'") is > 0 and <= 1 and var value ? value : throw given.Complaint($"'pilotSpread' is a standard deviation of AP, above 0 and up to 1; got {given.Describe()}.");
        }

        return new PlannedContrast(item.Required(members, "A contrast", "name").String("'name'"), [.. item.Required(members, "A contrast", "pairs").Array("'pairs'").Select(ReadPair)], spread);
    }

    private ContrastPair ReadPair(PlacedJson item)
    {
        var members = item.Object("A pair", PairNames);
        return new ContrastPair(ArmName(item.Required(members, "A pair", "arm"), "'arm'"), ArmName(item.Required(members, "A pair", "against"), "'against'"));
    }

    private string ArmName(PlacedJson place, string key)
    {
        named.Add((place, key));
        return place.String(key);
    }

    private static ComparisonReference ReadReference(PlacedJson item)
    {
        var members = item.Object("A reference", ReferenceNames);
        PlacedJson Get(string name) => item.Required(members, "A reference", name);
        double Precision(string name) => Get(name).Number($"'{name}'") is >= 0 and <= 1 and var value ? value : throw Get(name).Complaint($"'{name}' must be 0 to 1; got {Get(name).Describe()}.");
        return new ComparisonReference(Get("name").String("'name'"), Precision("ap"), Precision("ap50"), Get("note").String("'note'"));
    }

    private OptionValues Options(IReadOnlyDictionary<string, PlacedJson> members) => members.TryGetValue("options", out var node)
        ? OptionValues.Read(node, OptionValues.OfPlans, (place, problem) => problems.Add(place.Complaint(problem)))
        : OptionValues.None;
}
