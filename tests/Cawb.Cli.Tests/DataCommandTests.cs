using System.Text.Json;
using Cawb.Detection.Tests.Data;
using Cawb.Training;

namespace Cawb.Cli.Tests;

public class DataCommandTests
{
    [Fact]
    public void Check_says_in_json_what_is_wrong_where_and_how_often()
    {
        using var painted = PaintedDataset.CreateSeven();
        var sound = CommandRun.Of("data", "check", painted.Folder, "--json");
        Assert.Equal((0, "note"), (sound.ExitCode, sound.Json().GetProperty("severity").GetString()));
        Assert.Equal(7, sound.Json().GetProperty("training").GetProperty("instances").GetInt32());

        File.Delete(painted.File("images", "train", "3.png"));
        var run = CommandRun.Of("data", "check", painted.Folder, "--json");
        Assert.Equal(2, run.ExitCode);
        var problem = Assert.Single(run.Json().GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("severity").GetString() == "error");
        Assert.Equal(("unreadableImage", 1), (problem.GetProperty("kind").GetString(), problem.GetProperty("count").GetInt32()));
        Assert.Equal(painted.File("images", "train", "3.png"), problem.GetProperty("examples")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void Anchors_that_suit_are_printed_as_they_are()
    {
        using var painted = PaintedDataset.CreateSeven();
        var lines = CommandRun.Of("data", "anchors", painted.Folder, "--image-size", "96").Lines();
        Assert.Equal(
            [
                $"{painted.Folder}: 7 training images, 7 boxes, at 96 pixels",
                "Best possible recall with COCO's anchors: 1.0000",
                "They suit these labels.",
                "  stride  8: 10 x 13         16 x 30         33 x 23",
                "  stride 16: 30 x 61         62 x 45         59 x 119",
                "  stride 32: 116 x 90        156 x 198       373 x 326",
            ],
            lines);
    }

    [Fact]
    public void Better_anchors_are_found_the_same_way_every_time()
    {
        using var painted = PaintedDataset.Create([.. Enumerable.Range(0, 12).Select(i => (128, 96, 3, 10, 63 + 5 * i, 12 + i % 3))]);
        string[] words = ["data", "anchors", painted.Folder, "--image-size", "128", "--seed", "1", "--json"];
        var first = CommandRun.Of(words);
        var json = first.Json();
        Assert.True(json.GetProperty("isReplaced").GetBoolean());
        Assert.Equal(1, json.GetProperty("recall").GetDouble());
        Assert.Equal(9, json.GetProperty("anchors").GetArrayLength());
        Assert.All(json.GetProperty("anchors").EnumerateArray(), anchor => Assert.Equal((2, JsonValueKind.Number), (anchor.GetArrayLength(), anchor[0].ValueKind)));
        Assert.Equal(first.Output, CommandRun.Of(words).Output);
    }

    [Fact]
    public void The_commands_of_the_page_about_data_sets_run()
    {
        using var painted = PaintedDataset.CreateSeven();
        using var folder = new TemporaryFolder();
        var stand = new Dictionary<string, string>
        {
            ["data/digits"] = painted.Folder,
            ["coco"] = painted.Folder,
            ["coco-small"] = folder.Path("small"),
            ["10000"] = "5",
            ["1000"] = "3",
            ["check.html"] = folder.Path("check.html"),
        };
        var commands = PageCommands.Of("docs/data.md").ToArray();
        Assert.Equal(5, commands.Length);
        Assert.All(commands, words => Assert.Equal(0, CommandRun.Of([.. words.Select(word => stand.GetValueOrDefault(word, word))]).ExitCode));
        Assert.Equal(5, File.ReadAllLines(folder.Path("small/train-ids.txt")).Length);
    }

    [Theory]
    [InlineData("--image-size", "16", "--image-size is 16; it must be between 32 and 8192.")]
    [InlineData("--anchor-t", "1", "--anchor-t is 1; it must be above 1.")]
    [InlineData("--anchor-t", "NaN", "--anchor-t is NaN; it must be above 1.")]
    public void Anchors_refuse_numbers_without_meaning(string flag, string value, string message)
    {
        using var painted = PaintedDataset.CreateSeven();
        Assert.Equal(message, Assert.Throws<InputException>(() => CommandRun.Of("data", "anchors", painted.Folder, flag, value)).Message);
    }
}
