using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests;

/// <summary>A flag or option that would change nothing is refused, whatever the command.</summary>
public sealed class UselessFlagTests
{
    [Theory]
    [InlineData("plot cosine --epochs 10 20", "--epochs has 2 values, and this command looks at 1 run.")]
    [InlineData("table cosine --batches 10 20", "--batches has 2 values")]
    [InlineData("diff cosine --epochs 10 20 30", "--epochs has 3 values, and this command looks at 2 runs.")]
    [InlineData("plot --as-trained --epochs 10 --step-is batch", "--step-is has no effect here")]
    [InlineData("convert --list torch.StepLR", "'torch.StepLR' has no effect here: --list shows all functions.")]
    [InlineData("convert --list --epochs 3", "--epochs has no effect here")]
    [InlineData("coco-eval --gt a.json --dt b.json --no-curves --class dog", "--class has no effect here: no curves are drawn")]
    [InlineData("coco-eval --gt a.json --dt b.json --json --no-curves", "--no-curves has no effect here")]
    [InlineData("train --data nowhere --schedule cosine --keep-troughs", "--keep-troughs has no effect here: the schedule has neither boots nor restarts within the run")]
    [InlineData("train --data nowhere --schedule cosine --steps 4", "--steps has no effect here: it belongs to cawb by name")]
    [InlineData("plot cosine --steps 4", "--steps has no effect here")]
    public void It_is_named_with_what_it_belongs_to(string line, string complaint) => Refusal.Says(Refusal.Of(ShellWords.Split("cawb " + line)), complaint);
}
