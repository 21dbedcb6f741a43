using Cawb.Foreign;
using Cawb.Types;
using Cawb.Web.Designer;
using Cawb.Web.Designer.Address;
using Cawb.Web.Designer.Editing;

namespace Cawb.Web.Tests.Designer;

public sealed class DesignerSessionTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(12, batchesPerEpoch: 7);

    [Fact]
    public void Every_type_and_every_library_s_function_can_be_begun_with()
    {
        var session = new DesignerSession(DesignerState.Start with { Epochs = 12, Batches = 7 });
        foreach (var text in ScheduleType.All.Select(type => ScheduleTree.NewText(type, 12)).Concat(ForeignSchedules.Names.Select(name => ForeignStart.Of(name, Plan).ToString())))
        {
            session.Write(text);
            Assert.True(session.Current.Fault is null, $"{text}: {session.Current.Fault?.Message}");
            Assert.True(session.Current.Evaluation?.Explain(3).Value >= 0, text);
            Assert.NotNull(session.RateChart);
        }
    }

    [Fact]
    public void While_a_text_is_wrong_the_last_curve_that_was_right_stays_and_is_called_so()
    {
        var session = new DesignerSession(DesignerState.Start);
        session.Edit(tree => tree.WithField("", "bootEpochs", "[30,200]"));
        Assert.Equal(("bootEpochs", true), (session.Current.Fault?.Path, session.Current.IsStale));
        Assert.Contains("epoch 200", session.FaultAt("bootEpochs"), StringComparison.Ordinal);
        Assert.Equal(["warm boots (last that was right)", "cosine"], session.RateChart?.Series.Select(series => series.Name));
        Assert.Equal([30.0, 80.0], Assert.IsType<CawbSchedule>(session.Current.Evaluation?.Rate).BootEpochs);
        session.Edit(tree => tree.WithField("", "bootEpochs", "[30,100]"));
        Assert.Equal([30.0, 100.0], Assert.IsType<CawbSchedule>(session.Current.Evaluation?.Rate).BootEpochs);
        Assert.Null(session.Current.Fault);
    }

    [Fact]
    public void What_does_not_change_is_not_looked_at_again_nor_drawn_anew()
    {
        var session = new DesignerSession(DesignerState.Start);
        var (chart, cosine) = (session.RateChart, session.Rows[1].Evaluation);
        session.Change(session.State with { Panel = Panel.Copy });
        Assert.Same(chart, session.RateChart);
        session.Edit(tree => tree.WithField("", "stepScale", "0.5"));
        Assert.Same(cosine, session.Rows[1].Evaluation);
        Assert.NotSame(chart, session.RateChart);
    }

    [Fact]
    public void Schedules_come_go_and_get_names_of_their_own()
    {
        var session = new DesignerSession(DesignerState.Start);
        session.Change(session.State.With(new DesignedSchedule("""{"type":"cosine","durationEpochs":150}""")));
        Assert.Equal(["warm boots", "cosine", "cosine (2)"], session.Rows.Select(row => row.Name));
        Assert.Equal(1, session.State.Selected);
        session.Change(session.State.Without(0));
        Assert.Equal((0, 2), (session.State.Selected, session.Rows.Count));
    }

    [Fact]
    public void As_a_training_uses_it_every_group_has_its_curve_and_two_warm_ups_are_refused_in_words()
    {
        var session = new DesignerSession(DesignerState.Start with { Schedules = [new("""{"type":"yolov5","epochs":150,"warmupEpochs":0}""")], Trained = Trained.Usual, ShowsMomentum = true, ShowsWeightDecay = true });
        Assert.Equal(["yolov5, biases", "yolov5, kernels and scales"], session.RateChart?.Series.Select(series => series.Name));
        // YOLOv5: the biases come down from 0.1, momentum rises from 0.8 to 0.937, weight decay is 0.0005.
        Assert.Equal((0.1, 0.8, 0.937, 0.0005), (session.RateChart?.Series[0].Y.Span[0], session.MomentumChart?.Series[0].Y.Span[0], session.MomentumChart?.Series[0].Y.Span[^1], session.WeightDecayChart?.Series[0].Y.Span[0]));
        session.Write("""{"type":"warmup","warmupEpochs":3,"schedule":{"type":"cosine","durationEpochs":147}}""");
        session.Change(session.State with { Trained = Trained.Yolov5 });
        Assert.Contains("warm-up of its own", session.Current.Evaluation?.Driven(Trained.Yolov5).Problem, StringComparison.Ordinal);
        Assert.Equal(["warmup"], session.RateChart?.Series.Select(series => series.Name));
    }

    [Fact]
    public void A_momentum_that_a_library_drives_is_drawn()
    {
        var session = new DesignerSession(DesignerState.Start with { Schedules = [new("""torch.OneCycleLR{"max_lr": 0.1, "total_steps": 93750}""")], ShowsMomentum = true });
        // PyTorch: from max_momentum 0.95 down to base_momentum 0.85 and back.
        Assert.Equal((0.95, 0.85), (session.MomentumChart?.Series[0].Y.Span[0], session.MomentumChart?.Series[0].Y.ToArray().Min()));
    }

    [Theory]
    [InlineData("""{"type":"cyclic","riseEpochs":1e-12,"fallEpochs":1e-12,"start":0.1}""")]
    [InlineData("""{"type":"repeat","periodEpochs":1e-300,"schedule":{"type":"cosine","durationEpochs":1}}""")]
    [InlineData("""{"type":"scale","factor":1e308,"schedule":{"type":"scale","factor":1e308,"schedule":{"type":"constant"}}}""")]
    [InlineData("""{"type":"exponential","factor":1e300,"intervalEpochs":0.001}""")]
    [InlineData("""{"type":"cawb","epochs":150,"annealing":"9 ** 9 ** 9 ** 9"}""")]
    [InlineData("torch.LambdaLR{\"lr_lambda\": \"1 / (epoch - 3)\"}")]
    [InlineData("torch.StepLR{\"step_size\": 1e400}")]
    [InlineData("nowhere.Function{")]
    [InlineData("\0\u0001")]
    public void A_hostile_text_gives_a_curve_or_a_message_and_nothing_else(string text)
    {
        var session = new DesignerSession(DesignerState.Start with { Schedules = [new(text)] });
        Assert.True(session.Current.Evaluation is not null || session.Current.Fault is { Message.Length: > 0 });
        _ = session.RateChart;
        _ = session.Current.Evaluation?.Metrics;
        _ = session.Current.Evaluation?.Explain(1);
    }

    [Fact]
    public void A_damaged_text_never_does_more_than_say_what_is_wrong()
    {
        string[] texts = [.. ScheduleType.All.Select(type => ScheduleTree.NewText(type, 12)), .. ForeignSchedules.Names.Select(name => ForeignStart.Of(name, Plan).ToString())];
        const string Letters = "0123456789-.eE\"{}[],:ax ";
        var random = new Random(20);
        var session = new DesignerSession(DesignerState.Start with { Epochs = 12, Batches = 7 });
        foreach (var text in texts.SelectMany(text => Enumerable.Repeat(text, 4)))
        {
            var damaged = text.ToCharArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = Letters[random.Next(Letters.Length)];
            }

            session.Write(new string(damaged));
            Assert.True(session.Current.Fault is null or { Message.Length: > 0 });
            _ = session.RateChart;
        }
    }

    [Fact]
    public void Texts_that_no_address_could_hold_are_refused()
    {
        var session = new DesignerSession(DesignerState.Start);
        session.Write(new string('x', DesignedSchedule.LongestText + 1));
        Assert.Contains("at most 65536 characters", session.Refusal, StringComparison.Ordinal);
        Assert.Equal(DesignerState.Start, session.State);
    }

    [Fact]
    public void An_event_is_looked_at_ten_batches_before_and_after()
    {
        var session = new DesignerSession(DesignerState.Start);
        session.LookAt(30);
        Assert.Equal((30 - 0.016, 30 + 0.016), session.State.Zoom);
        session.LookAt(150);
        Assert.Equal((150 - 0.016, 150), session.State.Zoom);
    }
}
