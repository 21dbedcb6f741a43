using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Typing;

/// <summary>What is said of words that no command takes.</summary>
public sealed class TypingTests
{
    [Theory]
    [InlineData("train --epoch 3", "cawb train takes no '--epoch'. Did you mean '--epochs'? See: cawb train --help")]
    [InlineData("train --learning-rate 0.1", "Did you mean '--lr0'?")]
    [InlineData("train --imge 3", "Did you mean '--image-size'?")]
    [InlineData("train --batch_size 3", "Did you mean '--batch-size'?")]
    [InlineData("train --scheduler cosine", "Did you mean '--schedule'?")]
    [InlineData("train --milestones 3", "Did you mean '--steps'?")]
    [InlineData("train --evolve 300", "cawb train takes no '--evolve'. Hyper-parameters are not evolved here; compare a few sets with cawb compare")]
    [InlineData("train --noautoanchor", "Anchors are looked for only with --auto-anchors.")]
    [InlineData("train epochs=3", "cawb train takes no 'epochs=3'. Did you mean '--epochs 3'?")]
    [InlineData("train learning_rate=3", "Did you mean '--lr0'?")]
    [InlineData("plot cosine --lr 0.1", "Did you mean '--base-lrs'?")]
    [InlineData("detect w.safetensors --confidence 0.5 a.png", "cawb detect takes no '--confidence'. Did you mean '--conf'?")]
    [InlineData("detect w.safetensors a.png --zzz", "cawb detect takes no '--zzz'. See: cawb detect --help")]
    [InlineData("detect w.safetensors --zzz=3 a.png", "cawb detect takes no '--zzz'. See: cawb detect --help")]
    [InlineData("val w.safetensors data --half", "Everything is computed in single precision.")]
    public void An_unknown_flag_is_no_file_and_is_answered_by_what_it_means(string line, params string[] phrases) => Says(line, phrases);

    [Theory]
    [InlineData("plot cosine --img 3", "cawb plot takes no '--img'. See: cawb plot --help")]
    [InlineData("lint cosine --zzz", "cawb lint takes no '--zzz'. See: cawb lint --help")]
    public void Without_anything_near_nothing_is_proposed(string line, string paragraph) => Assert.Equal(paragraph, Refusal.Of(line.Split(' ')));

    [Theory]
    [InlineData("trian", "there is no command 'cawb trian'. Did you mean 'train'? The commands are: demo, train, compare, ")]
    [InlineData("train.py --img 640", "Did you mean 'train'?")]
    [InlineData("predict", "Did you mean 'detect'?")]
    [InlineData("eval", "Did you mean 'val'?")]
    [InlineData("data chekc", "there is no command 'cawb data chekc'. Did you mean 'check'? The commands are: digits, check, ")]
    public void An_unknown_command_is_answered_by_what_it_means_and_the_list(string line, string paragraph) => Says(line, paragraph);

    [Theory]
    [InlineData("lint cosine --highest-rate fast", "--highest-rate needs a number; got 'fast'. See: cawb lint --help")]
    [InlineData("detect w.safetensors a.png --max-det ten", "--max-det needs a whole number; got 'ten'.")]
    [InlineData("detect w.safetensors a.png --threads 1 --threads 2", "--threads takes one value; got '1' and '2'. Leave one of them out.")]
    [InlineData("val w.safetensors data --task speed", "--task needs ", "train", "val", "got 'speed'.")]
    [InlineData("train --data", "--data needs a value.")]
    [InlineData("coco-eval", "--gt")]
    [InlineData("plot --steps 40,x", "--steps needs numbers; got 'x'. Put other arguments before --steps.")]
    [InlineData("completion csh", "got 'csh'")]
    [InlineData("info", "cawb info needs WEIGHTS")]
    [InlineData("val", "cawb val needs WEIGHTS, by itself or behind --weights.")]
    [InlineData("val w.safetensors", "cawb val needs DATA, by itself or behind --data.")]
    [InlineData("detect w.safetensors", "cawb detect needs IMAGES, by themselves or behind --source.")]
    public void A_value_that_cannot_be_is_said_with_its_flag(string line, params string[] phrases) => Says(line, phrases);

    [Theory]
    [InlineData("", "cawb plot --schedule", "  train ", "  help ")]
    [InlineData("data", "  check ", "cawb data check data/digits")]
    public void Nothing_where_a_command_must_follow_shows_the_list_of_commands(string line, params string[] phrases)
    {
        var run = CommandRun.OfProgram(ShellWords.Split("./cawb " + line));
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.All(phrases, phrase => Assert.Contains(phrase, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help train", "train --help")]
    [InlineData("help data check", "data check --help")]
    public void Help_is_the_help_of_the_command_behind_it(string line, string same) =>
        Assert.Equal(CommandRun.OfProgram(same.Split(' ')), CommandRun.OfProgram(line.Split(' ')));

    [Fact]
    public void Help_about_no_command_is_refused_like_the_command() =>
        Says("help trian", "there is no command 'cawb trian'. Did you mean 'train'?");

    [Fact]
    public void Words_behind_two_dashes_are_no_flags() =>
        Assert.Null(Cawb.Cli.Typing.TypingFault.Paragraph(CommandLine.Parse(["compare", "plan.json", "--slurm", "--", "--time=2:00:00", "--partition=cpu"])));

    private static void Says(string line, params string[] phrases) => Refusal.Says(Refusal.Of(line.Split(' ')), phrases);
}
