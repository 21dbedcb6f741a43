using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Tests.Reference;
using Cawb.Training.Options;

namespace Cawb.Training.Tests.Loop;

public sealed class HyperParameterTests
{
    [Theory]
    [InlineData(16, 4, 5e-4)]
    [InlineData(24, 3, 5.625e-4)]
    [InlineData(128, 1, 1e-3)]
    public void Batches_accumulate_to_the_nominal_batch_and_scale_the_decay(int batchSize, int accumulation, double decay)
    {
        var values = new HyperParameters();
        Assert.Equal(accumulation, values.Accumulation(batchSize));
        Assert.Equal(decay, values.ScaledWeightDecay(batchSize), 1e-12);
    }

    [Fact]
    public void The_class_gain_of_three_classes_is_rescaled_to_0_01875() =>
        Assert.Equal(0.01875, new HyperParameters().ToLossGains(3, 640).Class, 1e-12);

    [Fact]
    public void A_printed_set_reads_back_equal()
    {
        var values = new HyperParameters { LearningRate = 0.02, Mosaic = 0, NominalBatch = 16 };
        Assert.Equal(values, Parse(HyperParameterFile.Print(values)));
    }

    [Fact]
    public void Line_ends_of_Windows_are_read_and_those_of_Unix_written()
    {
        var text = HyperParameterFile.Print(new HyperParameters { LearningRate = 0.02 });
        Assert.DoesNotContain('\r', text);
        Assert.Equal(0.02, Parse(text.Replace("\n", "\r\n", StringComparison.Ordinal)).LearningRate);
    }

    [Fact]
    public void Keys_that_are_left_out_keep_the_releases_values() => Assert.Equal(new HyperParameters { Degrees = 5 }, Parse("""{"degrees": 5}"""));

    [Fact]
    public void Every_name_of_the_release_is_known() => Assert.Subset(
        HyperParameterFile.Keys.ToHashSet(StringComparer.Ordinal),
        new HashSet<string>(
            ("lr0 lrf momentum weight_decay warmup_epochs warmup_momentum warmup_bias_lr box cls cls_pw obj obj_pw iou_t anchor_t fl_gamma "
            + "hsv_h hsv_s hsv_v degrees translate scale shear perspective flipud fliplr mosaic mixup copy_paste").Split(' '),
            StringComparer.Ordinal));

    [Fact]
    public void The_files_beside_the_program_can_be_read_and_the_release_s_set_is_the_default()
    {
        var files = Directory.GetFiles(Path.Combine(ReferenceFolder.Repository, "hyp"), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => HyperParameterFile.Read(file, Assert.Fail));
        Assert.Equal(new HyperParameters(), HyperParameterFile.Read(Path.Combine(ReferenceFolder.Repository, "hyp", "scratch-low.json"), Assert.Fail));
    }

    [Theory]
    [InlineData("""{"lr": 0.1}""", "hyp.json: line 1, column 8: there is no hyper-parameter \"lr\". Did you mean 'lr0'?")]
    [InlineData("{\n\"lr0\": \"fast\"}", "hyp.json: line 2, column 8: \"lr0\" must be a number; got 'fast'.")]
    [InlineData("""{"nominal_batch": 1.5, "rescale_gains": 1}""", "\"nominal_batch\" must be a whole number; got 1.5. line 1, column 41: \"rescale_gains\" must be true or false; got 1.")]
    [InlineData("""{"lr0": -1, "mosaic": 2}""", "column 9: \"lr0\" is -1; it must be above 0. line 1, column 23: \"mosaic\" is 2; it must be between 0 and 1.")]
    [InlineData("""{"lr0": 1e999}""", "\"lr0\" must be a finite number; got 1e999.")]
    [InlineData("""{"lr0": 0.1, "lr0": 0.2}""", "'lr0' is given twice")]
    [InlineData("""{"copy_paste": 0.1}""", "\"copy_paste\" is 0.1; it must be 0 here")]
    [InlineData("""{"translate": 0.95, "scale": 0.99, "shear": 85}""", "\"translate\" is 0.95; it must be between 0 and 0.9.", "\"scale\" is 0.99", "\"shear\" is 85")]
    [InlineData("""{"warmup_epochs": -1}""", "\"warmup_epochs\" is -1; it must be 0 or more")]
    [InlineData("", "is empty")]
    [InlineData("null", "must be an object in braces; got null.")]
    public void Rejects_what_it_does_not_understand_and_names_every_place(string text, params string[] expected)
    {
        var exception = Assert.Throws<FileException>(() => Parse(text));
        Assert.All(expected, phrase => Assert.Contains(phrase, exception.Message, StringComparison.Ordinal));
        Assert.Contains("hyp.json: ", exception.Message, StringComparison.Ordinal);
    }

    private static HyperParameters Parse(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("hyp.json"), text);
        return HyperParameterFile.Read(folder.Of("hyp.json"), Assert.Fail);
    }
}
