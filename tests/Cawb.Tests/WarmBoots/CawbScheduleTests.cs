using System.Text.Json;

namespace Cawb.Tests.WarmBoots;

public sealed class CawbScheduleTests
{
    private static CawbSchedule Article(AnnealingUpdate annealingUpdate = AnnealingUpdate.PerEpoch) => new(
        epochs: 150,
        bootEpochs: [30, 80],
        Annealing.Cosine(scale: 0.65, offset: 0.35),
        stepScale: 0.7,
        epochScale: 4,
        warmupEpochs: 3,
        annealingUpdate: annealingUpdate);

    [Theory]
    [InlineData("cawb-article.json", EpochScaleMode.Multiply)]
    [InlineData("cawb.json", EpochScaleMode.Add)]
    public void Inside_the_segments_gives_the_numbers_of_the_original(string file, EpochScaleMode mode)
    {
        var compared = 0;
        foreach (var found in GoldenCases.Of(file))
        {
            var parameters = found.GetProperty("params");
            var epochLearningRates = found.GetProperty("trace").GetProperty("epoch_lr");
            if (epochLearningRates.TryGetProperty("error", out _) || TrySchedule(parameters, mode) is not { } schedule)
                continue;
            var rates = GoldenCases.Numbers(epochLearningRates.GetProperty("lr")[0]);
            var rate = found.GetProperty("base_lrs")[0].GetDouble();
            var first = (int)GoldenCases.Number(parameters, "last_epoch", 0);
            for (var call = 0; call < rates.Length; call++)
            {
                var epoch = call + first;
                // The original keeps a boundary in the old segment and evaluates the curve at negative times during the warm-up.
                if (epoch < schedule.WarmupEpochs || schedule.BootEpochs.Contains(epoch) || epoch > schedule.Epochs)
                    continue;
                // A boot inside an epoch starts its curve there in ours, and its curve may be shorter than its segment.
                if (schedule.Segments.Any(segment => segment.CurveEpochs < segment.EndEpochs - segment.StartEpochs))
                    continue;
                Close(rates[call], schedule.ValueAt(epoch, rate), $"{GoldenCases.Id(found)} epoch {epoch}");
                compared++;
            }
        }

        Assert.NotEqual(0, compared);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.5, 0.05)]
    [InlineData(3, 0.1)]
    [InlineData(3.99, 0.1)]
    [InlineData(30, 0.07)]
    [InlineData(80, 0.049)]
    [InlineData(150, 0.01715)]
    [InlineData(1000, 0.01715)]
    public void Gives_the_articles_stair(double epochs, double expected) => Close(expected, Article().ValueAt(epochs, 0.1), $"epoch {epochs}");

    [Fact]
    public void Falls_to_the_values_of_the_articles_figure_before_each_boot()
    {
        var smooth = Article(AnnealingUpdate.PerBatch);
        Assert.Equal(0.0905, smooth.ValueAt(29.999, 0.1), 0.0001);
        Assert.Equal(0.0634, smooth.ValueAt(79.999, 0.1), 0.0001);
        Assert.Equal(0.0172, smooth.ValueAt(149.999, 0.1), 0.0001);
    }

    [Fact]
    public void Keeps_its_value_through_an_epoch_or_changes_at_every_batch_as_asked()
    {
        Assert.Equal(Article().ValueAt(50, 1), Article().ValueAt(50.999, 1));
        Assert.True(Article(AnnealingUpdate.PerBatch).ValueAt(50.999, 1) < Article(AnnealingUpdate.PerBatch).ValueAt(50, 1));
        Assert.Equal(Article().ValueAt(50, 1), Article(AnnealingUpdate.PerBatch).ValueAt(50, 1));
    }

    [Fact]
    public void Starts_a_boot_inside_an_epoch_at_its_peak()
    {
        var schedule = new CawbSchedule(10, [2.5], Annealing.Linear(), stepScale: 0.5, warmupEpochs: 0.5);
        Assert.Equal(0.5, schedule.ValueAt(2.5, 1));
        Assert.Equal(0.5, schedule.ValueAt(2.9, 1));
        Assert.Equal(0.5 * (1 - 0.5 / 7.5), schedule.ValueAt(3, 1), 15);
        Assert.Equal(1, schedule.ValueAt(0.7, 1));
    }

    [Fact]
    public void Stays_at_the_end_of_a_curve_that_is_shorter_than_its_segment()
    {
        var schedule = new CawbSchedule(20, [10], Annealing.Cosine(offset: 0.1, scale: 0.9), epochScale: 0.5, annealingUpdate: AnnealingUpdate.PerBatch);
        Assert.Equal(schedule.ValueAt(5, 1), schedule.ValueAt(9.9, 1));
        Assert.Equal(0.1, schedule.ValueAt(7, 1), 15);
    }

    [Fact]
    public void Warms_up_from_the_start_factor_to_the_first_segments_start()
    {
        var schedule = new CawbSchedule(10, [], Annealing.Linear(scale: 0.6, offset: 0.2), warmupEpochs: 2, warmupStartFactor: 0.1);
        Assert.Equal(0.1, schedule.ValueAt(0, 1), 15);
        Assert.Equal(0.45, schedule.ValueAt(1, 1), 15);
        Assert.Equal(0.8, schedule.ValueAt(2, 1), 15);
    }

    [Fact]
    public void Sorts_boots_in_a_copy_of_its_own_and_leaves_one_at_the_end_out()
    {
        double[] boots = [150, 80, 30];
        var schedule = new CawbSchedule(150, boots, Annealing.Cosine());
        Assert.Equal([30, 80], schedule.BootEpochs);
        Assert.Equal([150, 80, 30], boots);
        Assert.Equal(new CawbSchedule(150, [30, 80], Annealing.Cosine()), schedule);
    }

    [Fact]
    public void Lists_warmup_end_troughs_boots_and_end_in_order()
    {
        Assert.Equal(
            [
                new ScheduleEvent(ScheduleEventKind.WarmupEnd, 3, 0),
                new ScheduleEvent(ScheduleEventKind.Trough, 30, 0),
                new ScheduleEvent(ScheduleEventKind.Boot, 30, 0),
                new ScheduleEvent(ScheduleEventKind.Trough, 80, 1),
                new ScheduleEvent(ScheduleEventKind.Boot, 80, 1),
                new ScheduleEvent(ScheduleEventKind.End, 150, 0),
            ],
            Article().Events(endEpochs: 150));
        Assert.Equal(3, Article().Events(endEpochs: 30).Count());
    }

    [Theory]
    [InlineData(3.0, "A boot at epoch 3 is outside the run: it must lie after 3, the end of the warm-up, and before 100, the end. (Parameter 'bootEpochs')")]
    [InlineData(101.0, "A boot at epoch 101 is outside the run: it must lie after 3, the end of the warm-up, and before 100, the end. (Parameter 'bootEpochs')")]
    [InlineData(double.NaN, "A boot at epoch NaN is outside the run: it must lie after 3, the end of the warm-up, and before 100, the end. (Parameter 'bootEpochs')")]
    [InlineData(50.0, "The boot at epoch 50 is listed twice; list it once. (Parameter 'bootEpochs')")]
    public void Rejects_boots_outside_the_run_or_listed_twice(double boot, string message)
    {
        var fault = Assert.Throws<ArgumentException>(() => new CawbSchedule(100, [50, boot], Annealing.Cosine(), warmupEpochs: 3));
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void Rejects_a_warmup_that_fills_the_run() =>
        Assert.Throws<ArgumentException>(() => new CawbSchedule(5, [], Annealing.Cosine(), warmupEpochs: 5));

    [Fact]
    public void Rejects_a_stretch_that_leaves_no_curve()
    {
        var fault = Assert.Throws<ArgumentException>(
            () => new CawbSchedule(10, [3], Annealing.Cosine(), epochScale: -3, epochScaleMode: EpochScaleMode.Add));
        Assert.Equal("Makes the curve of segment 0 (0 to 3 epochs) 0 epochs long; it must be above 0. (Parameter 'epochScale')", fault.Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rejects_a_function_that_gives_a_factor_no_rate_can_have(double factor)
    {
        var annealing = Annealing.FromFunction("mine", (x, y) => x == 7 ? factor : 1);
        var fault = Assert.Throws<ArgumentException>(() => new CawbSchedule(10, [], annealing));
        Assert.StartsWith("Gives the factor", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_every_number_that_is_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CawbSchedule(double.NaN, [], Annealing.Cosine()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CawbSchedule(10, [], Annealing.Cosine(), stepScale: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CawbSchedule(10, [], Annealing.Cosine(), stepScale: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CawbSchedule(10, [], Annealing.Cosine(), epochScale: double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CawbSchedule(10, [], Annealing.Cosine(), warmupEpochs: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CawbSchedule(10, [], Annealing.Cosine(), warmupStartFactor: double.NaN));
    }

    private static CawbSchedule? TrySchedule(JsonElement parameters, EpochScaleMode mode)
    {
        try
        {
            return new CawbSchedule(
                GoldenCases.Number(parameters, "epochs", 0),
                GoldenCases.Numbers(parameters, "steps"),
                GoldenCases.Annealing(parameters),
                GoldenCases.Number(parameters, "step_scale", 0.8),
                GoldenCases.Number(parameters, "epoch_scale", 1),
                mode,
                GoldenCases.Number(parameters, "warmup_epoch", 0));
        }
        catch (ArgumentException)
        {
            // The original accepts parameters that ours refuses.
            return null;
        }
    }

    private static void Close(double expected, double actual, string place) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-12 * Math.Max(Math.Abs(expected), 1e-3), $"{place}: expected {expected:R}, got {actual:R}");
}
