using System.Text.Json;
using Cawb.Tests.Laws;
using Cawb.Tests.Reference;

namespace Cawb.Tests.Text;

public sealed class JsonSchemaTests
{
    private static JsonElement Schema { get; } = JsonDocument.Parse(ScheduleText.JsonSchema).RootElement;

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
            Assert.True(Matches(Schema, document.RootElement), text);
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
        Assert.False(Matches(Schema, document.RootElement));
    }

    // The part of JSON Schema that ours uses.
    private static bool Matches(JsonElement schema, JsonElement value)
    {
        foreach (var rule in schema.EnumerateObject())
        {
            var holds = rule.Name switch
            {
                "$schema" or "title" or "description" or "$defs" or "default" or "maxLength" => true,
                "$ref" => Matches(Definition(rule.Value.GetString() ?? ""), value),
                "oneOf" => rule.Value.EnumerateArray().Count(option => Matches(option, value)) == 1,
                "enum" => value.ValueKind == JsonValueKind.String && rule.Value.EnumerateArray().Any(option => option.GetString() == value.GetString()),
                "const" => value.ValueKind == JsonValueKind.String && rule.Value.GetString() == value.GetString(),
                "type" => HasType(rule.Value.GetString() ?? "", value),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.Value.GetDouble(),
                "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.Value.GetDouble(),
                "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > rule.Value.GetDouble(),
                "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Matches(rule.Value, item)),
                "required" => value.ValueKind != JsonValueKind.Object || rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString() ?? "", out _)),
                "properties" => value.ValueKind != JsonValueKind.Object || rule.Value.EnumerateObject().All(property => !value.TryGetProperty(property.Name, out var inner) || Matches(property.Value, inner)),
                "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _)),
                var other => throw new InvalidOperationException($"The schema has a rule that the test does not know: {other}."),
            };
            if (!holds)
                return false;
        }

        return true;
    }

    private static JsonElement Definition(string reference) => Schema.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
