using Cawb.Insight;
using Cawb.Reports.Files;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Tests.Comparison;

/// <summary>Arms whose schedules the library makes equal to others' in mean or end.</summary>
public sealed class MatchedArmTests
{
    private const string Matched = """
        {
          "name": "matched",
          "data": "data/digits",
          "epochs": 20,
          "seeds": [0, 1],
          "baseline": "cosine",
          "arms": [
            {"name": "cosine", "schedule": {"type": "warmup", "warmupEpochs": 2, "schedule": {"type": "cosine", "durationEpochs": 18, "end": 0.02}}},
            {"name": "article", "schedule": {"type": "cawb", "epochs": 20, "bootEpochs": [4, 11], "annealing": {"type": "cosine", "scale": 0.65, "offset": 0.35}, "stepScale": 0.7, "epochScale": 4, "warmupEpochs": 2, "annealingUpdate": "perBatch"}},
            {"name": "smooth", "match": {"arm": "article", "in": ["end", "mean"]}},
            {"name": "low", "schedule": {"type": "cawb", "epochs": 20, "bootEpochs": [4, 11], "annealing": {"type": "cosine"}, "stepScale": 0.7, "epochScale": 4, "warmupEpochs": 2, "annealingUpdate": "perBatch"},
             "match": {"arm": "cosine", "in": ["mean", "end"]}}
          ]
        }
        """;

    private static readonly TrainingPlan Length = TrainingPlan.FromEpochs(20, batchesPerEpoch: 94);

    [Fact]
    public void Have_mean_and_end_of_the_arm_that_they_name()
    {
        var plan = ComparisonPlanTests.Read(Matched);
        RequireAlike(plan, "smooth", "article");
        RequireAlike(plan, "low", "cosine");
        Assert.Equal(0, plan.Arm("smooth").Schedule.Metrics(Length).BootCount);
        Assert.Equal([4, 11], Assert.IsType<CawbSchedule>(plan.Arm("low").Schedule).BootEpochs);
    }

    [Fact]
    public void Stay_words_in_the_file_and_are_matched_anew_for_another_length()
    {
        var plan = ComparisonPlanTests.Read(Matched);
        Assert.Contains("\"match\": {", plan.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("kDecay", plan.ToJson(), StringComparison.Ordinal);
        var again = ComparisonPlanTests.Read(plan.ToJson());
        Assert.Equal(plan.ToJson(), again.ToJson());
        Assert.Equal(plan.Arms.Select(arm => arm.Schedule.CanonicalText), again.Arms.Select(arm => arm.Schedule.CanonicalText));

        var longer = plan.WithEpochs(60);
        Assert.Equal([12, 33], Assert.IsType<CawbSchedule>(longer.Arm("low").Schedule).BootEpochs);
        Assert.Equal(longer.Arm("article").Schedule.ValueAt(60, 1), longer.Arm("smooth").Schedule.ValueAt(60, 1), 1e-15);
    }

    [Fact]
    public void Keep_their_schedule_where_the_arm_that_they_name_is_left_out()
    {
        var plan = ComparisonPlanTests.Read(Matched);
        var fewer = plan.WithArms(["cosine", "smooth"]);
        Assert.Equal(plan.Arm("smooth").Schedule.CanonicalText, fewer.Arm("smooth").Schedule.CanonicalText);
        Assert.Equal(plan.Arm("smooth").Schedule.CanonicalText, ComparisonPlanTests.Read(fewer.ToJson()).Arm("smooth").Schedule.CanonicalText);
    }

    [Theory]
    [InlineData("\"arm\": \"article\"", "\"arm\": \"artikel\"", "line 10, column 41: 'arm' names the arm 'artikel', which does not exist. Did you mean 'article'?")]
    [InlineData("\"arm\": \"cosine\", \"in\"", "\"arm\": \"smooth\", \"in\"", "The arm 'low' is matched to 'smooth', which is matched itself. Match it to 'article'")]
    [InlineData("[\"end\", \"mean\"]", "[\"end\", \"peak\"]", "line 10, column 58: 'in' says what is equal: [\"mean\"], [\"end\"] or [\"mean\", \"end\"]; got [\"end\", \"peak\"].")]
    [InlineData("\"stepScale\": 0.7, \"epochScale\": 4, \"warmupEpochs\": 2, \"annealingUpdate\": \"perBatch\"},\n     \"match\"", "\"stepScale\": 0.1, \"warmupEpochs\": 2},\n     \"match\"", "The arm 'low' cannot be matched to 'cosine'. The last segment starts at 0.01")]
    [InlineData("{\"name\": \"smooth\", \"match\": {\"arm\": \"article\", \"in\": [\"end\", \"mean\"]}}", "{\"name\": \"smooth\"}", "An arm lacks 'schedule'")]
    [InlineData("{\"name\": \"smooth\", ", "{\"name\": \"smooth\", \"schedule\": {\"type\": \"linear\", \"durationEpochs\": 20}, ", "Its 'schedule' is of another type than 'cawb'.")]
    public void Say_what_cannot_be_matched(string from, string to, string complaint)
    {
        Assert.Contains(from, Matched, StringComparison.Ordinal);
        Assert.Contains(complaint, Assert.Throws<FileException>(() => ComparisonPlanTests.Read(Matched.Replace(from, to, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    // Means to three digits, as reports show them: a plan does not know how many batches its data have.
    private static void RequireAlike(ComparisonPlan plan, string arm, string other)
    {
        var (one, two) = (plan.Arm(arm).Schedule, plan.Arm(other).Schedule);
        Assert.Equal(two.Metrics(Length).Mean, one.Metrics(Length).Mean, 5e-4);
        Assert.Equal(two.ValueAt(20, 1), one.ValueAt(20, 1), 1e-15);
        Assert.Equal(two.Metrics(Length).Peak, one.Metrics(Length).Peak, 1e-12);
    }
}
