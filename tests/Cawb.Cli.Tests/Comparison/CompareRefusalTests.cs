using System.Text.Json.Nodes;
using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>Plans that cannot be carried out: one paragraph with place and way out, exit code 2, nothing spent.</summary>
public sealed class CompareRefusalTests : IDisposable
{
    private readonly SmallComparison small = new();

    public void Dispose() => small.Dispose();

    [Theory]
    [InlineData("\"epochs\": 2,\n  \"seeds\"", "\"epoch\": 2,\n  \"seeds\"", "plan.json: line 4, column 12: A plan has no 'epoch'. Did you mean 'epochs'?")]
    [InlineData("\"type\": \"cawb\"", "\"type\": \"cabw\"", "plan.json: line 11, column 43: in the schedule of arm 'CAWB'")]
    [InlineData("\"name\": \"CAWB\"", "\"name\": \"cosine\"", "the arm 'cosine' has the name of another one")]
    [InlineData("[0, 1]", "[0, 0]", "plan.json: line 5, column 16: seed 0 is given twice")]
    [InlineData("\"batchSize\": 3", "\"batch-size\": 3", "line 7, column 46: there is no option 'batch-size'. Did you mean 'batchSize'?")]
    [InlineData("\"batchSize\": 3", "\"batchSize\": \"3\"", "'batchSize' must be a whole number from 1 to 4096; got '3'.")]
    [InlineData("\"imageSize\": 64", "\"imageSize\": 65", "must be a multiple of 32")]
    [InlineData("\"lr0\": 0.02", "\"lr\": 0.02", "there is no hyper-parameter \"lr\"")]
    [InlineData("\"keepTroughs\": true", "\"keepTroughs\": 1", "'keepTroughs' must be true or false; got 1.")]
    [InlineData("\"keepTroughs\": true", "\"weights\": \"/nowhere\"", "'weights' names the file '/nowhere', which is not there.")]
    [InlineData("\"keepTroughs\": true", "\"anchors\": []", "there is no option 'anchors'.")]
    [InlineData("\"imageSize\": 64", "\"seed\": 4", "'seed' is no option of an arm")]
    [InlineData("\"durationEpochs\": 2", "\"durationEpochs\": 3", "The schedule of arm 'cosine' ends after 3 epochs, but a run has 2.")]
    public void A_plan_with_a_fault_is_refused_at_its_place(string from, string to, string complaint)
    {
        small.Edit(from, to);
        Refuse([], complaint);
    }

    [Theory]
    [InlineData("There is no arm 'CABW'. Did you mean 'CAWB'?", "--arms", "cosine", "CABW")]
    [InlineData("A comparison needs at least two arms; got 1.", "--arms", "CAWB")]
    [InlineData("Seed 1 is given twice", "--seeds", "1", "1")]
    [InlineData("--seeds is 0; it must be between 1 and 1000.", "--seeds", "0")]
    [InlineData("--epochs is 0; it must be between 1 and 100000.", "--epochs", "0")]
    [InlineData("--image-size must be a multiple of 32", "--image-size", "65")]
    [InlineData("--jobs is 0", "--jobs", "0")]
    [InlineData("/nowhere: there is no such data set. Make it, or name another one with --data.", "--data", "/nowhere")]
    public void A_flag_with_a_fault_is_refused(string complaint, params string[] words) => Refuse(words, complaint);

    // In a process of its own, as all cores compute where a GPU is asked for.
    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        Refusal.Says(Refusal.OfProcess(small.Words("c", "--device", "cuda:0")), "this libtorch cannot compute there");
        small.Training.AssertNothingWritten();
    }

    [Fact]
    public void A_missing_plan_is_named() => Refusal.Says(Refusal.Of("compare", "/nowhere.json"), "/nowhere.json", "there is no such file");

    [Fact]
    public void Missing_data_come_with_the_command_that_makes_them()
    {
        small.Edit("\"epochs\": 2,\n  \"seeds\"", "\"dataCommand\": \"./make-it\", \"epochs\": 2,\n  \"seeds\"");
        Refuse(["--data", "/nowhere"], "The plan says how to make it: ./make-it - or name another one with --data.");
    }

    [Fact]
    public void Data_that_changed_since_the_first_runs_are_refused()
    {
        SmallComparison.Succeed(small.Words("c", "--seeds", "1"));
        var annotations = small.Training.Data.File("annotations", "instances_train.json");
        var root = JsonNode.Parse(File.ReadAllText(annotations)) ?? throw new InvalidOperationException("No JSON.");
        (root["annotations"]?[0] ?? throw new InvalidOperationException("No annotations."))["bbox"] = new JsonArray(5, 6, 30, 30);
        File.WriteAllText(annotations, root.ToJsonString());
        Refusal.Says(Refusal.Of(small.Words("c")), small.Training.Data.Folder, "the data set changed since the first runs", "Restore the data");
    }

    [Fact]
    public void A_plan_that_changed_since_a_run_was_begun_is_refused()
    {
        using (var running = ProgramProcess.Start(small.Words("c")))
        {
            Assert.True(running.WaitUntil(() => File.Exists(Path.Combine(small.Folder("c"), "runs", "cawb-seed-0", "run.json"))));
            running.Signal("INT");
            Assert.Equal(ExitCode.TryAgain, running.End().ExitCode);
        }

        small.Edit("\"stepScale\": 0.8", "\"stepScale\": 0.9");
        Refusal.Says(Refusal.Of(small.Words("c")), "cawb-seed-0", "another schedule", "delete the run to make it anew");
    }

    private void Refuse(string[] words, string complaint)
    {
        Refusal.Says(Refusal.Of(small.Words("c", words)), complaint);
        small.Training.AssertNothingWritten();
    }
}
