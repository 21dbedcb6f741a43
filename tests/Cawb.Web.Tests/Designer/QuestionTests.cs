using Cawb.Tests.Compilation;
using Cawb.Web.Designer;
using Cawb.Web.Designer.Address;
using Cawb.Web.Designer.Looking;

namespace Cawb.Web.Tests.Designer;

public sealed class QuestionTests
{
    private static readonly DesignerSession Session = new(DesignerState.Start with { Epochs = 20, Batches = 50, Schedules = [new("""{"type":"cosine","durationEpochs":20}"""), new("""{"type":"constant"}""")] });

    private static Evaluation Cosine => Session.Rows[0].Evaluation!;

    [Theory]
    [InlineData(ChangeKind.Extend, 10, 40, 40)]
    [InlineData(ChangeKind.Shorten, 10, 15, 15)]
    [InlineData(ChangeKind.CoolDown, 10, 5, 15)]
    [InlineData(ChangeKind.Restart, 10, 0.5, 20)]
    public void A_change_shows_before_and_after_which_agree_in_the_past(ChangeKind kind, double at, double amount, double epochs)
    {
        var preview = ChangePreview.Of(Cosine, new WhatIf(kind, at, amount));
        Assert.Equal(("", "", epochs), (preview.Problem, preview.WhyNotUsed, preview.Change?.PlanAfter.Epochs));
        Assert.Equal(["after", "before"], preview.Chart?.Series.Select(series => series.Name));
        for (var batch = 0L; batch < 500; batch++)
        {
            Assert.Equal(Cosine.Rate.ValueAt(batch / 50.0, 0.1), preview.Change?.After.ValueAt(batch / 50.0, 0.1));
        }
    }

    [Theory]
    [InlineData(ChangeKind.Extend, 10, 15, "must be above that")]
    [InlineData(ChangeKind.Extend, 10, 1e9, "too much for this page")]
    [InlineData(ChangeKind.Shorten, 10, 5, "must end after them")]
    [InlineData(ChangeKind.CoolDown, 30, 5, "between 0 and 20")]
    [InlineData(ChangeKind.Restart, 20, 1, "nothing left to restart for")]
    public void A_change_that_cannot_be_made_is_refused_in_the_library_s_words(ChangeKind kind, double at, double amount, string said) =>
        Assert.Contains(said, ChangePreview.Of(Cosine, new WhatIf(kind, at, amount)).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_run_that_would_end_inside_an_epoch_is_shown_and_not_used()
    {
        var preview = ChangePreview.Of(Cosine, new WhatIf(ChangeKind.CoolDown, 10, 2.5));
        Assert.NotNull(preview.Chart);
        Assert.Contains("12.5", preview.WhyNotUsed, StringComparison.Ordinal);
    }

    [Fact]
    public void Partners_have_the_mean_of_the_schedule_and_a_cosine_has_itself_for_a_partner()
    {
        var partners = FairPartner.Of(Session.Rows[0], Session.Rows);
        Assert.Equal(["cosine, mean of cosine", "cosine, end of cosine", "smooth, mean and end of cosine", "constant, mean of cosine", "constant, mean of cosine"], partners.Select(partner => partner.Name));
        foreach (var partner in partners)
        {
            var values = new double[1000];
            ScheduleText.Parse(partner.Text).Fill(Cosine.Plan, 0, 0.1, values);
            // The mean of half a cosine over batches 0 to n - 1: a half, and half a batch more.
            Assert.Equal(0.1 * (0.5 + (0.5 / 1000)), values.Average(), 1e-12);
        }
    }

    [Fact]
    public void The_code_in_C_sharp_compiles_and_its_scheduler_has_the_planned_rates()
    {
        var text = Copied(CopyAs.CSharp);
        Assert.Empty(CompiledCode.Complaints(text));
        var scheduler = Assert.IsType<LearningRateScheduler>(CompiledCode.Methods([text], "", "scheduler")[0].Invoke(null, []));
        Assert.Equal((1000, 0.1), (scheduler.Plan.TotalBatches, scheduler.LearningRates[0]));
    }

    [Fact]
    public void Json_is_what_the_library_reads_and_other_languages_have_the_run()
    {
        Assert.Equal(Cosine.Rate, ScheduleText.Parse(Copied(CopyAs.Json)));
        Assert.Contains("optimizer.Follow(schedule, TrainingPlan.FromEpochs(epochs: 20, batchesPerEpoch: 50))", Copied(CopyAs.TorchSharp), StringComparison.Ordinal);
        Assert.Contains("t = step / 50", Copied(CopyAs.Python), StringComparison.Ordinal);
    }

    [Fact]
    public void Command_lines_name_the_run_and_the_schedule() => Assert.Equal(
        """
        ./cawb plot '{"type":"cosine","durationEpochs":20}' --epochs 20 --batches 50 --base-lrs 0.1
        ./cawb train --data data/digits --epochs 20 --schedule '{"type":"cosine","durationEpochs":20}' --lr0 0.1
        """, Copied(CopyAs.CommandLine));

    [Fact]
    public void A_library_s_schedule_without_a_text_of_ours_says_why_there_is_nothing_to_copy()
    {
        var session = new DesignerSession(DesignerState.Start with { Epochs = 20, Batches = 5000, Schedules = [new("""torch.LambdaLR{"lr_lambda": {"expr": "0.5 + sin(epoch) / 4"}}"""), new("hf.get_reduce_on_plateau_schedule{}")] });
        Assert.All(session.Rows.Where(row => row.Evaluation?.Schedule.WhyNoTextForm.Length > 0), row =>
            Assert.Equal(row.Evaluation?.Schedule.WhyNoTextForm, CopyText.Of(row.Evaluation!, row.Design, CopyAs.Json, Trained.No).Problem));
    }

    [Fact]
    public void A_file_is_held_against_the_plan_and_drawn_as_dots()
    {
        var lines = Enumerable.Range(1, 20).Select(epoch => FormattableString.Invariant($"{epoch},{Cosine.Rate.ValueAt(epoch - 0.02, 0.1):R}"));
        var overlay = OverlayReading.OfCsv("log.csv", $"epoch,lr\r\n{string.Join("\r\n", lines)}\r\n").Overlay!;
        Assert.Equal((true, 1), (overlay.Count.IsEpochs, overlay.Count.First));
        var (audit, series) = overlay.Of(overlay.Rates.Columns[0], Cosine.Rate, Cosine.Plan, 0.1);
        Assert.Equal((0, 20, 0.98), (audit.Findings.Count, series?.X.Length, series?.X.Span[0]));
        Assert.Equal("other-base", Assert.Single(overlay.Of(overlay.Rates.Columns[0], Cosine.Rate, Cosine.Plan, 0.2).Audit.Findings).Code);
    }

    [Theory]
    [InlineData("", "no column counts")]
    [InlineData("epoch,loss\n1,2\n", "named like a learning rate")]
    [InlineData("epoch,lr\n1,fast\n", "line 2, column lr")]
    [InlineData("epoch,lr\n1\n", "1 cells for 2 columns")]
    public void A_file_that_cannot_be_read_is_refused_with_the_place(string text, string said) => Assert.Contains(said, OverlayReading.OfCsv("log.csv", text).Problem, StringComparison.Ordinal);

    private static string Copied(CopyAs language) => CopyText.Of(Cosine, Session.Rows[0].Design, language, Trained.No).Text;
}
