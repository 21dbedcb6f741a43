using System.Text.Json;
using Cawb.Coco;
using Cawb.Tests.Reference;
using Cawb.Training;

namespace Cawb.Cli.Tests;

public sealed class CocoEvalCommandTests : IDisposable
{
    private const string Truth = """
        {"images":[{"id":1}],"categories":[{"id":3,"name":"cat"},{"id":7,"name":"dog"}],
         "annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[0,0,10,10],"area":100,"iscrowd":0}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(ReferenceFolder.Of("coco")).Where(folder => File.Exists(Path.Combine(folder, "gt.json"))).Select(folder => Path.GetFileName(folder))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Prints_the_reference_s_twelve_numbers_as_lines_and_as_json(string name)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(ReferenceFolder.Of("coco", name, "expected.json")));
        var stats = expected.RootElement.GetProperty("stats").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        string[] files = ["--gt", ReferenceFolder.Of("coco", name, "gt.json"), "--dt", ReferenceFolder.Of("coco", name, "dt.json")];

        var lines = CommandRun.Of(["coco-eval", .. files, "--no-curves"]).Lines();
        for (var i = 0; i < stats.Length; i++)
        {
            Assert.EndsWith(string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ] = {stats[i]:F3}"), lines[i], StringComparison.Ordinal);
        }

        var json = CommandRun.Of(["coco-eval", .. files, "--json"]).Json();
        Assert.Equal(stats[0], json.GetProperty("averagePrecision").GetDouble());
        Assert.Equal(stats[11], json.GetProperty("averageRecallLarge").GetDouble());
    }

    [Fact]
    public void Prints_the_lines_a_table_and_where_the_curves_are()
    {
        var found = _folder.Write("dt.json", """[{"image_id":1,"category_id":3,"bbox":[0,0,10,8],"score":0.9}]""");
        var run = CommandRun.Of("coco-eval", "--gt", _folder.Write("gt.json", Truth), "--dt", found);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(" Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 0.700", run.Lines()[0]);
        Assert.Equal(" Average Recall     (AR) @[ IoU=0.50:0.95 | area= large | maxDets=100 ] = -1.000", run.Lines()[11]);
        Assert.Equal(
            [
                "",
                "class   things     AP   AP50   AP75  small medium  large  AR100",
                "cat          1  0.700  1.000  1.000  0.700      -      -  0.700",
                "dog          0      -      -      -      -      -      -      -",
                "",
                "IoU    0.50   0.55   0.60   0.65   0.70   0.75   0.80   0.85   0.90   0.95",
                "AP    1.000  1.000  1.000  1.000  1.000  1.000  1.000  0.000  0.000  0.000",
                "",
                "True class (rows) found as (columns), IoU 0.50, score 0.25 or more:",
                "         cat  dog  nothing",
                "-------  ---  ---  -------",
                "cat        1    0        0",
                "dog        0    0        0",
                "nothing    0    0        0",
                "",
                $"Precision-recall curves: {_folder.Path("dt.curves.svg")}",
            ],
            run.Lines().Skip(12));
        Assert.StartsWith("<svg", File.ReadAllText(_folder.Path("dt.curves.svg")), StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void An_empty_result_list_is_a_result_of_zeros()
    {
        var run = CommandRun.Of("coco-eval", "--gt", _folder.Write("gt.json", Truth), "--dt", _folder.Write("dt.json", "[]"), "--class", "dog");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.EndsWith("= 0.000", run.Lines()[0], StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Path("dt.curves.svg")));
    }

    [Fact]
    public void Json_has_the_ap_of_each_overlap_and_the_confusion_matrix()
    {
        var found = _folder.Write("dt.json", """[{"image_id":1,"category_id":7,"bbox":[0,0,10,8],"score":0.3},{"image_id":1,"category_id":3,"bbox":[0,0,10,8],"score":0.1}]""");
        string[] words = ["coco-eval", "--gt", _folder.Write("gt.json", Truth), "--dt", found, "--json"];
        var json = CommandRun.Of(words).Json();
        double[] perIou = [.. json.GetProperty("averagePrecisionPerIou").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(10, perIou.Length);
        Assert.Equal(json.GetProperty("averagePrecision50").GetDouble(), perIou[0]);
        Assert.Equal(json.GetProperty("averagePrecision").GetDouble(), perIou.Average(), 1e-12);
        Assert.Equal(["cat", "dog", "nothing"], json.GetProperty("confusion").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("[[0, 1, 0],[0, 0, 0],[0, 0, 0]]", Counts(json));
        Assert.Equal("[[0, 1, 0],[0, 0, 0],[1, 0, 0]]", Counts(CommandRun.Of([.. words, "--confusion-score", "0.05"]).Json()));

        static string Counts(JsonElement json) =>
            json.GetProperty("confusion").GetProperty("counts").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace("[ ", "[", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal);
    }

    [Fact]
    public void With_many_classes_the_most_frequent_faults_stand_in_the_place_of_the_matrix()
    {
        var categories = string.Join(",", Enumerable.Range(1, 13).Select(id => $"{{\"id\":{id},\"name\":\"thing {id}\"}}"));
        var truth = _folder.Write("gt.json", $$"""
            {"images":[{"id":1}],"categories":[{{categories}}],"annotations":[
              {"id":1,"image_id":1,"category_id":3,"bbox":[0,0,10,10],"area":100},{"id":2,"image_id":1,"category_id":3,"bbox":[20,0,10,10],"area":100},
              {"id":3,"image_id":1,"category_id":5,"bbox":[40,0,10,10],"area":100}]}
            """);
        var found = _folder.Write("dt.json", """
            [{"image_id":1,"category_id":4,"bbox":[0,0,10,10],"score":0.9},{"image_id":1,"category_id":4,"bbox":[20,0,10,10],"score":0.9},
             {"image_id":1,"category_id":9,"bbox":[60,0,10,10],"score":0.9}]
            """);
        var lines = CommandRun.Of("coco-eval", "--gt", truth, "--dt", found, "--no-curves").Lines();
        Assert.Equal(
            [
                "The most frequent faults (IoU 0.50, score 0.25 or more):",
                "       2 times thing 3 found as thing 4",
                "       1 times thing 5 not found",
                "       1 times thing 9 found where nothing is",
            ],
            lines.SkipWhile(line => !line.StartsWith("The most", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_stays_alone_on_the_output_and_draws_only_when_asked()
    {
        string[] words = ["coco-eval", "--gt", _folder.Write("gt.json", Truth), "--dt", _folder.Write("dt.json", "[]"), "--json"];
        Assert.Equal(0, CommandRun.Of(words).Json().GetProperty("detections").GetInt32());
        Assert.False(File.Exists(_folder.Path("dt.curves.svg")));

        var run = CommandRun.Of([.. words, "--curves", _folder.Path("c.html")]);
        Assert.Equal(2, run.Json().GetProperty("categories").GetArrayLength());
        Assert.Equal($"Precision-recall curves: {_folder.Path("c.html")}\n", run.Error);
    }

    [Fact]
    public void Says_what_changes_the_numbers_unseen()
    {
        var truth = _folder.Write("gt.json", Truth.Replace("\"id\":1,\"image_id\"", "\"id\":0,\"image_id\"", StringComparison.Ordinal));
        var found = _folder.Write("dt.json", """[{"image_id":1,"category_id":5,"bbox":[0,0,10,8],"score":0.9}]""");
        var run = CommandRun.Of("coco-eval", "--gt", truth, "--dt", found, "--no-curves");
        Assert.Contains("Note: the ground truth has 1 annotation with the id 0, which changes the numbers.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Note: 1 of 1 detections have categories that the ground truth does not list; they are left out.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_cannot_be_used_with_a_message_that_names_it()
    {
        var truth = _folder.Write("gt.json", Truth);
        var found = _folder.Write("dt.json", "[]");
        Assert.Contains("missing.json", Refusal<InputException>("--gt", _folder.Path("missing.json"), "--dt", found), StringComparison.Ordinal);
        Assert.Contains($"{found}, line 1, column 1 ($)", Refusal<CocoFormatException>("--gt", found, "--dt", found), StringComparison.Ordinal);
        Assert.Contains("--class horse", Refusal<InputException>("--gt", truth, "--dt", found, "--class", "horse"), StringComparison.Ordinal);
        Assert.Contains("--curves x.pdf", Refusal<InputException>("--gt", truth, "--dt", found, "--curves", "x.pdf"), StringComparison.Ordinal);
        Assert.Contains("--confusion-score is", Refusal<InputException>("--gt", truth, "--dt", found, "--confusion-score", "NaN"), StringComparison.Ordinal);
        Assert.Contains("--threads is 0", Refusal<InputException>("--gt", truth, "--dt", found, "--threads", "0"), StringComparison.Ordinal);
    }

    private static string Refusal<T>(params string[] words)
        where T : Exception =>
        Assert.Throws<T>(() => CommandRun.Of(["coco-eval", .. words])).Message;
}
