using System.Text.Json;
using Cawb.Tests.Reference;
using Cawb.Types;

namespace Cawb.Tests.Types;

public sealed class ScheduleTypeTests
{
    private static readonly JsonElement Definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "docs", "schedule.schema.json"))).RootElement.GetProperty("$defs");

    [Fact]
    public void Types_fields_ranges_and_defaults_are_those_of_the_published_schema()
    {
        var types = ScheduleType.All.Select(type => ("schedule." + type.Name, type)).Concat(ScheduleType.Annealings.Select(type => ("annealing." + type.Name, type))).ToList();
        Assert.Equal(Definitions.EnumerateObject().Select(definition => definition.Name).Where(name => name.Contains('.', StringComparison.Ordinal)), types.Select(type => type.Item1));
        foreach (var (name, type) in types)
        {
            var definition = Definitions.GetProperty(name);
            var required = definition.GetProperty("required").EnumerateArray().Select(key => key.GetString()).ToList();
            var properties = definition.GetProperty("properties").EnumerateObject().Where(property => property.Name is not ("type" or "$schema")).ToList();
            Assert.Equal((definition.GetProperty("description").GetString(), properties.Count), (type.Summary, type.Fields.Count));
            foreach (var (property, field) in properties.Zip(type.Fields))
            {
                Assert.Equal((property.Name, Text(property.Value, "description"), required.Contains(field.Name)), (field.Name, field.Summary, field.IsRequired));
                Assert.Equal(property.Value.TryGetProperty("default", out var value) ? value.GetRawText() : "", field.Default);
                Check(property.Value, field);
            }
        }
    }

    [Fact]
    public void Every_example_is_one_of_its_type()
    {
        Assert.All(ScheduleType.All, type => Assert.StartsWith($$"""{"type":"{{type.Name}}" """.TrimEnd(), ScheduleText.Parse(type.Example).CanonicalText, StringComparison.Ordinal));
        Assert.All(ScheduleType.Annealings, type => Assert.Contains(
            $$"""{"type":"{{type.Name}}" """.TrimEnd(), ScheduleText.Parse($$"""{"type": "cawb", "epochs": 100, "annealing": {{type.Example}}}""").CanonicalText, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cosine", "durationEpochs", "epochs above 0")]
    [InlineData("cosine", "end", "factor of the base, or {\"absolute\": value}")]
    [InlineData("cawb", "bootEpochs", "list of epochs, 0 or more")]
    [InlineData("cawb", "epochScale", "number")]
    [InlineData("cawb", "annealing", "formula of x and y, or an annealing as JSON")]
    [InlineData("cawb", "annealingUpdate", "perEpoch | perBatch")]
    [InlineData("step", "factor", "number, 0 to 1")]
    [InlineData("plateau", "patience", "whole number, 0 or more")]
    [InlineData("product", "parts", "list of schedule as JSON")]
    public void What_a_field_takes_is_said_in_words(string type, string field, string words) =>
        Assert.Equal(words, ScheduleType.Find(type)?.Fields.Single(one => one.Name == field).Takes);

    [Fact]
    public void A_name_that_is_none_finds_nothing() => Assert.Equal((null, null), (ScheduleType.Find("cosinus"), ScheduleType.FindAnnealing("cawb")));

    private static void Check(JsonElement schema, ScheduleField field)
    {
        var isList = Text(schema, "type") == "array";
        Assert.Equal(isList, field.IsList);
        var item = isList ? schema.GetProperty("items") : schema;
        var reference = Text(item, "$ref").Split('/')[^1];
        Assert.Equal(reference == "epochs", field.IsTime);
        Assert.Equal((reference == "level", reference == "annealing", reference == "schedule"),
            (field.Kind is FieldKind.Level or FieldKind.Levels, field.Kind == FieldKind.Annealing, field.Kind is FieldKind.Schedule or FieldKind.Schedules));
        Assert.Equal(item.TryGetProperty("enum", out var words) ? words.EnumerateArray().Select(word => word.GetString() ?? "") : [], field.Words);
        Assert.Equal(Text(item, "type") == "integer", field.IsWhole);
        Assert.Equal(Text(item, "type") == "boolean", field.Kind == FieldKind.Flag);
        // The range of a level stands in its own definition.
        var bounds = reference == "level" ? Definitions.GetProperty("level").GetProperty("oneOf")[0] : item;
        Assert.Equal(Number(bounds, "exclusiveMinimum") ?? Number(bounds, "minimum") ?? double.NegativeInfinity, field.Minimum);
        Assert.Equal((Number(bounds, "exclusiveMinimum") is not null, Number(bounds, "maximum") ?? double.PositiveInfinity), (field.ExcludesMinimum, field.Maximum));
    }

    private static string Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static double? Number(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
