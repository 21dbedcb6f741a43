using Cawb.Insight;
using Cawb.Training.Audit;

namespace Cawb.Training.Tests.Audit;

public sealed class RateAuditTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(4, batchesPerEpoch: 10);

    private static readonly ScheduleAudit Line = new(Plan, new LinearSchedule(4), baseValue: 1);

    [Fact]
    public void A_text_is_read_like_a_file()
    {
        var rates = CsvRates.Parse("log", ["epoch,loss,lr0", "0,3,0.5", "", "1,,0.25"], [], at: null);
        Assert.Equal(("epoch", true), (rates.Unit, rates.CountsEpochs));
        var column = Assert.Single(rates.Columns);
        Assert.Equal(("lr0", 2), (column.Name, column.Rows.Count));
        Assert.Equal((1, 0.25), column.Rows[1]);
    }

    [Fact]
    public void A_fault_names_the_text_and_the_line() =>
        Assert.StartsWith("log, line 2", Assert.Throws<InputException>(() => CsvRates.Parse("log", ["epoch,lr", "0,high"], [], at: null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_an_epoch_s_first_and_last_batch_the_one_that_fits_is_taken()
    {
        // 1 - t / 4 in the last batches of the epochs, which are at 0.9, 1.9, ...
        var column = new AppliedColumn("lr", [(0, 0.775), (1, 0.525), (2, 0.275), (3, 0.025)]);
        var audit = RateAudit.Of(Line, "log", column, Plan, new AppliedCount(IsEpochs: true));
        Assert.Empty(audit.Findings);
        Assert.Equal([9, 19, 29, 39], audit.Values.Select(value => value.Batch));
        Assert.NotEmpty(RateAudit.Of(Line, "log", column, Plan, new AppliedCount(IsEpochs: true, Row: EpochRow.FirstBatch)).Findings);
    }

    [Fact]
    public void A_file_may_count_from_one()
    {
        var audit = RateAudit.Of(Line, "log", new AppliedColumn("lr", [(1, 1), (2, 0.975)]), Plan, new AppliedCount(IsEpochs: false, First: 1));
        Assert.Equal((0, 2), (audit.Findings.Count, audit.Values.Count));
    }
}
