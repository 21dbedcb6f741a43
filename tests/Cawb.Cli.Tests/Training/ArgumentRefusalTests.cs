namespace Cawb.Cli.Tests.Training;

/// <summary>Arguments that <c>train</c> refuses before it makes anything.</summary>
public sealed class ArgumentRefusalTests : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Theory]
    [InlineData("--steps 300", "--steps", "300", "20")]
    [InlineData("--steps 5 5", "--steps", "epoch 5 is listed twice")]
    [InlineData("--warmup-epoch 50", "--warmup-epoch", "50", "20")]
    [InlineData("--warmup-epoch NaN", "--warmup-epoch", "NaN", "finite number")]
    [InlineData("--schedule cosine --warmup-epoch NaN", "--warmup-epoch", "NaN", "finite number")]
    [InlineData("--schedule linear --warmup-epoch -1", "--warmup-epoch", "-1", "0 or above")]
    [InlineData("--schedule cosine --eta-min 1.5", "--eta-min", "1.5", "between 0 and 1")]
    [InlineData("--lf x+", "--lf", "x+", "no annealing")]
    [InlineData("--step-scale -1", "--step-scale", "-1", "above 0")]
    [InlineData("--step-scale NaN", "--step-scale", "NaN", "above 0")]
    [InlineData("--epoch-scale Infinity", "--epoch-scale", "Infinity", "finite number")]
    [InlineData("--schedule sawtooth", "--schedule", "sawtooth", "cosine")]
    [InlineData("--schedule {\"type\":\"cosine\"", "JSON given as schedule", "Line 1, column")]
    [InlineData("--schedule none.json", "none.json", "cannot be read", "Check the path")]
    [InlineData("--schedule yolov5 --eta-min 0.1", "--eta-min does not belong to --schedule yolov5", "lrf")]
    [InlineData("--warmup yolov5 --warmup-epoch 0.5", "warm-up of its own", "--warmup schedule")]
    [InlineData("--momentum-schedule {\"type\":\"linear\",\"durationEpochs\":2,\"end\":{\"absolute\":1}}", "Momentum is 1 at epoch 2", "below 1")]
    [InlineData("--weight-decay-schedule none.json", "--weight-decay-schedule", "none.json", "cannot be read")]
    [InlineData("--schedule {\"type\":\"plateau\",\"schedule\":{\"type\":\"constant\"}}", "\"goal\": \"maximize\"")]
    public void A_schedule_that_cannot_be_is_refused(string words, params string[] phrases) => Refuse(["--epochs", "20", .. words.Split(' ')], phrases);

    [Theory]
    [InlineData("--epochs 0", "--epochs must be a whole number from 1 to 100000", "got 0")]
    [InlineData("--image-size 100", "--image-size must be a multiple of 32", "for example 128", "got 100")]
    [InlineData("--batch-size 0", "--batch-size must be a whole number from 1 to ", "got 0")]
    [InlineData("--threads 0", "--threads must be a whole number from 1 to ", "got 0")]
    [InlineData("--seed -1", "--seed must be a whole number from 0 to ", "got -1")]
    [InlineData("--device gpu", "--device", "'gpu'", "cpu")]
    [InlineData("--warmup both", "--warmup must be one of ", "got 'both'")]
    [InlineData("--patience -1", "--patience must be a whole number from 0 to ", "got -1")]
    [InlineData("--freeze 25", "--freeze must be a whole number from 0 to 24", "got 25")]
    [InlineData("--label-smoothing 2", "--label-smoothing is 2; it must be between 0 and 1")]
    [InlineData("--weights none.safetensors", "--weights", "none.safetensors", "not there", "best.safetensors")]
    [InlineData("--epochs many", "--epochs must be a whole number from 1 to 100000; got 'many'.")]
    [InlineData("--model z", "--model must be one of n, s, m, l, x, s-5.0, m-5.0, l-5.0, x-5.0; got 'z'.")]
    [InlineData("--cfg custom.yaml", "--model must be one of n, s, m, l, x, s-5.0, m-5.0, l-5.0, x-5.0; got 'custom.yaml'.")]
    [InlineData("--optimizer lion", "--optimizer must be one of SGD, Adam, AdamW; got 'lion'.")]
    [InlineData("--device 0,1", "--device '0,1' is no device", "docs/ranks.md")]
    [InlineData("--lr0 fast --mosaic 2", "--lr0 needs a number; got 'fast'.")]
    [InlineData("--mosaic 2", "--mosaic is 2; it must be between 0 and 1.")]
    [InlineData("--cos-lr --schedule cosine", "--cos-lr has no effect here: it is --schedule yolov5-cosine, and --schedule cosine is given too")]
    [InlineData("--epochs 0 --threads x --label-smoothing 2", "--epochs must", "--threads must", "--label-smoothing is")]
    [InlineData("--epohcs 3", "--epohcs", "--epochs", "cawb train --help")]
    public void An_option_that_cannot_be_is_refused(string words, params string[] phrases) => Refuse(words.Split(' '), phrases);

    // In a process of its own, as all cores compute where a GPU is asked for.
    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        Refusal.Says(Refusal.OfProcess(training.Words("run", "--device", "cuda:0")), "--device cuda:0", "Use cpu");
        training.AssertNothingWritten();
    }

    [Theory]
    [InlineData("trian --epochs 3", "trian", "train", "cawb --help")]
    [InlineData("train --data", "--data", "cawb train --help")]
    [InlineData("train", "--data is missing", "cawb data digits")]
    [InlineData("data digts", "digts", "digits", "cawb data --help")]
    public void A_command_that_is_no_command_is_refused(string words, params string[] phrases) => Refusal.Says(Refusal.Of(words.Split(' ')), phrases);

    /// <summary>Of each way to fault a process: words that cannot be read, and input that cannot be used.</summary>
    [Fact]
    public void A_process_ends_as_the_program_says()
    {
        foreach (var words in (string[][])[["trian", "--epochs", "3"], training.Words("run", "--label-smoothing", "2")])
        {
            Assert.Equal(Refusal.Of(words), Refusal.OfProcess(words));
        }

        training.AssertNothingWritten();
    }

    [Theory]
    [InlineData("{ \"lr0\": 0.01, }", "line 1", "column", "Remove the comma before }")]
    [InlineData("{\n  \"lr9\": 0.01\n}", "line 2", "there is no hyper-parameter \"lr9\"", "lr0")]
    [InlineData("{ \"lr0\": -1, \"mosaic\": 2 }", "\"lr0\" is -1; it must be above 0", "\"mosaic\" is 2; it must be between 0 and 1")]
    [InlineData("{ \"momentum\": \"high\" }", "line 1", "momentum", "number")]
    [InlineData("", "is empty; it must hold one JSON object")]
    public void A_file_of_hyper_parameters_that_is_none_is_refused(string text, params string[] phrases)
    {
        var path = training.Write("bad.json", text);
        Refuse(["--hyp", path], [path, .. phrases]);
    }

    [Fact]
    public void A_missing_file_of_hyper_parameters_is_named()
    {
        var path = training.Run("none.json");
        Refuse(["--hyp", path], path, "cannot be read", "--hyp");
    }

    private void Refuse(string[] words, params string[] phrases)
    {
        // What is said twice replaces what the small training says.
        var usual = words.Contains("--schedule") ? training.WordsWithoutSchedule("run") : training.Words("run");
        foreach (var option in words.Where(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            var at = Array.IndexOf(usual, option);
            usual = at < 0 ? usual : [.. usual[..at], .. usual[(at + 2)..]];
        }

        Refusal.Says(Refusal.Of([.. usual, .. words]), phrases);
        training.AssertNothingWritten();
    }
}
