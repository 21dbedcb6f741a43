using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public sealed class ScheduleWordsTests
{
    [Theory]
    [InlineData("""{"type": "cosine", "durationEpochs": 18}""", "cosine")]
    [InlineData("""{"type": "cawb", "epochs": 150, "bootEpochs": [30, 80], "annealing": {"type": "cosine"}}""", "cawb, boots 30 80")]
    [InlineData("""{"type": "warmup", "warmupEpochs": 3, "schedule": {"type": "holdPerEpoch", "schedule": {"type": "cosine", "durationEpochs": 18}}}""", "warm-up 3, cosine")]
    [InlineData("""{"type": "cawb", "epochs": 2, "bootEpochs": [0.5, 1.1666666666666667], "warmupEpochs": 0.16666666666666666, "annealing": {"type": "cosine"}}""", "warm-up 0.17, cawb, boots 0.5 1.17")]
    public void A_schedule_is_named_by_its_type_with_the_moments_that_matter_rounded(string json, string expected) => Assert.Equal(expected, ScheduleWords.Of(json));
}
