using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cawb.Tests;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Options;

public sealed class TrainOptionTests
{
    private static readonly TrainOptions Usual = new() { Data = "/data" };

    public static TheoryData<string> Keys => [.. TrainOption.All.Select(option => option.Key)];

    [Fact]
    public void The_table_has_a_row_for_every_property_and_no_other()
    {
        var properties = typeof(TrainOptions).GetProperties().Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null);
        Assert.Equal(properties.Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(), TrainOption.All.Select(option => option.Key).Order());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Another_value_of_an_option_is_another_run_definition_and_comes_back_from_it(string key)
    {
        var option = TrainOption.Find(key)!;
        using var file = new TemporaryFolder();
        var changed = OptionValues.None.With(option, Another(option, file)).Over(Usual);
        var definition = Definition(changed);
        Assert.NotEqual(Definition(Usual), definition);
        Assert.Equal(changed.ToJson(), TrainOptions.FromJson(definition.OptionsJson, "run").ToJson());
        Assert.Equal(option.Of(changed).GetRawText(), option.Of(TrainOptions.FromJson(definition.OptionsJson, "run")).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_option_says_what_it_does_and_refuses_what_it_cannot_be(string key)
    {
        var option = TrainOption.Find(key)!;
        Assert.Matches(@"(\.|\[default: .+\])$", option.Sentence);
        Assert.Null(option.Problem(option.Of(Usual)));
        var problem = option.Problem(JsonSerializer.SerializeToElement(new[] { "no such value" }));
        Assert.NotNull(problem);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imgsz", "64", "imageSize", "64")]
    [InlineData("img", "64", "imageSize", "64")]
    [InlineData("batch", "7", "batchSize", "7")]
    [InlineData("cfg", "\"models/yolov5s.yaml\"", "model", "\"s\"")]
    [InlineData("model", "\"yolov5m\"", "model", "\"m\"")]
    [InlineData("device", "0", "device", "\"cuda:0\"")]
    [InlineData("device", "\"1\"", "device", "\"cuda:1\"")]
    [InlineData("optimizer", "\"adamw\"", "optimizer", "\"AdamW\"")]
    [InlineData("weights", "\"\"", "weights", "\"\"")]
    public void Yolov5_s_names_and_spellings_mean_the_option_in_files_too(string key, string value, string own, string canonical)
    {
        var read = TrainOptions.FromJson($$"""{"data": "/data", "{{key}}": {{value}}}""", "run");
        Assert.Equal(canonical, TrainOption.Find(own)!.Of(read).GetRawText());
        Assert.DoesNotContain($"\"{(key == own ? "no such key" : key)}\"", read.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_under_two_of_its_names_is_refused() => Assert.Contains(
        "'img' is another name of 'imageSize', and both are given.",
        Assert.Throws<InputException>(() => TrainOptions.FromJson("""{"data": "/data", "imageSize": 64, "img": 64}""", "run")).Message, StringComparison.Ordinal);

    [Fact]
    public void No_two_options_have_a_name_in_common()
    {
        var names = TrainOption.All.SelectMany(option => option.Aliases.Prepend(option.Flag)).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_run_file_with_several_faults_shows_all_of_them_at_once()
    {
        var json = Usual.ToJson().Replace("\"batchSize\":16", "\"batchSize\":0", StringComparison.Ordinal).Replace("\"model\":\"n\"", "\"modell\":\"n\"", StringComparison.Ordinal)
            .Replace("\"data\":\"/data\",", "", StringComparison.Ordinal);
        var message = Assert.Throws<InputException>(() => TrainOptions.FromJson(json, "runs/train")).Message;
        Assert.StartsWith("runs/train: ", message, StringComparison.Ordinal);
        Assert.Contains("'batchSize' must be a whole number from 1 to 4096; got 0.", message, StringComparison.Ordinal);
        Assert.Contains("there is no option 'modell'. Did you mean 'model'?", message, StringComparison.Ordinal);
        Assert.Contains("'data' is missing.", message, StringComparison.Ordinal);
    }

    // A value beside the usual one; what it may be is the table's to say.
    private static JsonElement Another(TrainOption option, TemporaryFolder folder)
    {
        var usual = option.Of(Usual);
        File.WriteAllText(folder.Of("weights"), "");
        string[] candidates =
        [
            .. option.Choices.Select(choice => JsonSerializer.Serialize(choice)),
            "true", "7", "64", "\"cuda:1\"", JsonSerializer.Serialize(folder.Of("weights")), "[10, 13, 16, 30, 33, 23]", "{\"lr0\": 0.5}", "{\"type\": \"cosine\", \"durationEpochs\": 3}",
        ];
        return candidates.Select(text => JsonSerializer.Deserialize<JsonElement>(text)).First(value => value.GetRawText() != usual.GetRawText() && option.Problem(value) is null);
    }

    private static RunDefinition Definition(TrainOptions options) =>
        new("train", 0, options.ToJson(), """{"type": "constant"}""", "data", new string('0', 64), [], DateTimeOffset.UnixEpoch);
}
