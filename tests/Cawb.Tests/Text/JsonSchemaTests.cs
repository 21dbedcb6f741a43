using System.Text.Json;
using Cawb.Tests.Laws;
using Cawb.Tests.Reference;

namespace Cawb.Tests.Text;

public sealed class JsonSchemaTests
{
    private static SchemaMatch Schema { get; } = new(JsonDocument.Parse(ScheduleText.JsonSchema).RootElement);

    [Fact]
    public void The_published_schema_is_the_one_of_the_code()
    {
        var path = Path.Combine(ReferenceFolder.Repository, "docs", "schedule.schema.json");
        Assert.True(
            File.ReadAllText(path) == ScheduleText.JsonSchema,
            "docs/schedule.schema.json is not what ScheduleText.JsonSchema gives; write the latter into it and read the difference.");
    }

    [Fact]
    public void Accepts_what_the_code_prints()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var text = new Draws(seed).Any().CanonicalText;
            using var document = JsonDocument.Parse(text);
            Assert.True(Schema.Holds(document.RootElement), text);
        }
    }

    [Theory]
    [InlineData("""{"type":"cosine"}""")]
    [InlineData("""{"type":"cosine","durationEpochs":0}""")]
    [InlineData("""{"type":"cosine","durationEpochs":"3"}""")]
    [InlineData("""{"type":"cosine","durationEpochs":3,"duration":3}""")]
    [InlineData("""{"type":"cosine","durationEpochs":3,"end":{"absolute":-1}}""")]
    [InlineData("""{"type":"cosine","durationEpochs":3,"end":{"relative":1}}""")]
    [InlineData("""{"type":"cosin","durationEpochs":3}""")]
    [InlineData("""{"type":"step","intervalEpochs":3,"factor":1.5}""")]
    [InlineData("""{"type":"repeat","periodEpochs":3,"times":0,"schedule":{"type":"constant"}}""")]
    [InlineData("""{"type":"repeat","periodEpochs":3,"times":1.5,"schedule":{"type":"constant"}}""")]
    [InlineData("""{"type":"product","parts":{"type":"constant"}}""")]
    [InlineData("""{"type":"cawb","epochs":3,"annealing":{"type":"cosine"},"annealingUpdate":"perStep"}""")]
    [InlineData("""{"type":"cawb","epochs":3,"annealing":{"type":"expression","text":"x"}}""")]
    public void Refuses_what_the_code_refuses(string text)
    {
        Assert.Throws<ScheduleTextException>(() => ScheduleText.Parse(text));
        using var document = JsonDocument.Parse(text);
        Assert.False(Schema.Holds(document.RootElement));
    }
}
