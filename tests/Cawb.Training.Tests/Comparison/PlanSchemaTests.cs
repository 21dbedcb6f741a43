using System.Text.Json;
using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Tests.Reference;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Options;

namespace Cawb.Training.Tests.Comparison;

public class PlanSchemaTests
{
    private static SchemaMatch Schema { get; } = new(JsonDocument.Parse(ComparisonPlan.JsonSchema).RootElement);

    [Fact]
    public void The_published_schema_is_the_one_of_the_code() => Assert.True(
        File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "docs", "plan.schema.json")) == ComparisonPlan.JsonSchema,
        "docs/plan.schema.json is not what ComparisonPlan.JsonSchema gives; write the latter into it and read the difference.");

    [Fact]
    public void Accepts_every_plan_that_comes_with_the_program_and_what_the_code_writes()
    {
        var files = Directory.GetFiles(Path.Combine(ReferenceFolder.Repository, "plans"), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            Assert.True(Holds(File.ReadAllText(file)), file);
            Assert.True(Holds(ComparisonPlan.Read(file).ToJson()), file);
        });
    }

    [Fact]
    public void Knows_every_option_of_plans_and_no_other()
    {
        var options = JsonDocument.Parse(ComparisonPlan.JsonSchema).RootElement.GetProperty("$defs").GetProperty("options").GetProperty("properties").EnumerateObject().ToArray();
        Assert.Equal(OptionValues.OfPlans.Select(option => option.Key), options.Select(option => option.Name));
        Assert.Equal(HyperParameterFile.Keys, options.Single(option => option.Name == "hyperParameters").Value.GetProperty("properties").EnumerateObject().Select(key => key.Name));
    }

    /// <summary>Each is refused by the reader, too.</summary>
    [Theory]
    [InlineData("\"epochs\": 20,\n", "\"epoch\": 20,\n")]
    [InlineData("\"epochs\": 20,\n", "\"epochs\": 0,\n")]
    [InlineData("[0, 1, 2]", "[0, 1, 0]")]
    [InlineData("[0, 1, 2]", "[]")]
    [InlineData("[0, 1, 2]", "[-1]")]
    [InlineData("\"type\": \"cawb\"", "\"type\": \"cabw\"")]
    [InlineData("\"model\": \"n\"", "\"model\": \"t\"")]
    [InlineData("\"model\": \"n\"", "\"modell\": \"n\"")]
    [InlineData("\"model\": \"n\"", "\"imageSize\": 100")]
    [InlineData("\"model\": \"n\"", "\"keepTroughs\": 1")]
    [InlineData("\"model\": \"n\"", "\"device\": \"gpu\"")]
    [InlineData("\"model\": \"n\"", "\"hyperParameters\": {\"lr\": 0.1}")]
    [InlineData("\"model\": \"n\"", "\"hyperParameters\": {\"lr0\": \"0.1\"}")]
    [InlineData("\"model\": \"n\"", "\"momentumSchedule\": {\"type\": \"cosin\"}")]
    [InlineData("{\"batchSize\": 32}", "{\"batchSize\": 5000}")]
    [InlineData("\"name\": \"cosine\", \"schedule\": {\"type\": \"cosine\", \"durationEpochs\": 20}", "\"name\": \"cosine\"")]
    [InlineData("\"seeds\":", "\"contrasts\": [{\"name\": \"x\", \"pairs\": []}], \"seeds\":")]
    public void Refuses_what_the_reader_refuses(string from, string to)
    {
        Assert.True(Holds(ComparisonPlanTests.Small));
        Assert.Contains(from, ComparisonPlanTests.Small, StringComparison.Ordinal);
        var text = ComparisonPlanTests.Small.Replace(from, to, StringComparison.Ordinal);
        Assert.Throws<FileException>(() => ComparisonPlanTests.Read(text));
        Assert.False(Holds(text));
    }

    [Fact]
    public void A_plan_may_name_the_schema_for_an_editor()
    {
        var text = ComparisonPlanTests.Small.Replace("\"name\": \"small\"", "\"$schema\": \"../docs/plan.schema.json\", \"name\": \"small\"", StringComparison.Ordinal);
        Assert.True(Holds(text));
        Assert.Equal(ComparisonPlanTests.Read(ComparisonPlanTests.Small).ToJson(), ComparisonPlanTests.Read(text).ToJson());
    }

    private static bool Holds(string plan)
    {
        using var document = JsonDocument.Parse(plan);
        return Schema.Holds(document.RootElement);
    }
}
