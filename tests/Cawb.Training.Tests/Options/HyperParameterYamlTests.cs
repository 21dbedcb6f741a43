using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Options;

namespace Cawb.Training.Tests.Options;

public sealed class HyperParameterYamlTests
{
    [Fact]
    public void Comments_exponents_and_keys_that_are_left_out_are_read_as_YOLOv5_reads_them()
    {
        var read = Read("# of our own\nlr0: 1e-2  # base\nlrf: .1\nmomentum: 0.95\n\nmosaic: 0\nwarmup_min_batches: 7\nrescale_gains: False\n");
        Assert.Equal(new HyperParameters { LearningRate = 0.01, FinalFactor = 0.1, Momentum = 0.95, Mosaic = 0, WarmupMinBatches = 7, RescaleGains = false }, read);
    }

    [Fact]
    public void What_YOLOv5_has_and_a_training_here_does_not_is_named_with_its_place()
    {
        var notes = new List<string>();
        Assert.Equal(new HyperParameters(), Read("lr0: 0.01\ncopy_paste: 0.1\nanchors: 4\ngiou: 0.05\nnbs: 64\n", notes));
        Assert.Equal(4, notes.Count);
        Assert.Contains("hyp.yaml: line 2, column 13: copy_paste is 0.1 and has no effect: it needs the outlines of objects", notes[0], StringComparison.Ordinal);
        Assert.Contains("line 3, column 10: anchors is 4 and has no effect", notes[1], StringComparison.Ordinal);
        Assert.Contains("giou is 0.05 and has no effect", notes[2], StringComparison.Ordinal);
        Assert.Contains("the name here is nominal_batch", notes[3], StringComparison.Ordinal);
    }

    [Fact]
    public void The_anchors_for_each_level_that_a_training_has_anyway_need_no_word()
    {
        var notes = new List<string>();
        Read("anchors: 3\ncopy_paste: 0.0\n", notes);
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("lr: 0.1", "line 1, column 5: there is no hyper-parameter \"lr\". Did you mean 'lr0'?")]
    [InlineData("lr0: fast\nmosaic: 2", "line 1, column 6: \"lr0\" needs a number; got 'fast'.")]
    [InlineData("lr0: 0.1\nmosaic: 2", "line 2, column 9: \"mosaic\" is 2; it must be between 0 and 1.")]
    [InlineData("nominal_batch: 1.5", "\"nominal_batch\" needs a whole number; got '1.5'.")]
    [InlineData("lr0: .inf", "\"lr0\" needs a number; got '.inf'.")]
    [InlineData("lr0: 0.1\nlr0: 0.2", "line 2, column 6: \"lr0\" is given twice.")]
    [InlineData("lr0: [0.1]", "line 1, column 6: a hyper-parameter is a plain number")]
    [InlineData("lr0: 0.1\n---\nlr0: 0.2", "holds several documents")]
    [InlineData("- lr0", "holds no hyper-parameters")]
    [InlineData("", "holds no hyper-parameters")]
    [InlineData("lr0: \"0.1", "this is no valid YAML")]
    [InlineData("lr0: *a", "a hyper-parameter is a plain number")]
    public void What_cannot_be_is_refused_with_its_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_nests_without_end_is_refused_at_its_first_bracket() =>
        Assert.Contains("line 1, column 6", Assert.Throws<FileException>(() => Read("lr0: " + new string('[', 200_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_megabytes_is_not_read() =>
        Assert.Contains("too long", Assert.Throws<FileException>(() => Read("lr0: 0.1\n" + new string('#', 1_000_001))).Message, StringComparison.Ordinal);

    private static HyperParameters Read(string text, List<string>? notes = null)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("hyp.yaml"), text);
        return HyperParameterFile.Read(folder.Of("hyp.yaml"), notes is null ? Assert.Fail : notes.Add);
    }
}
