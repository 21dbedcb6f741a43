using Cawb.Insight;
using Cawb.Reports.Charts;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Web.Designer.Address;

namespace Cawb.Web.Designer.Looking;

/// <summary>The pictures of a page; one that shows the same as before is the same object, so that it is not drawn anew.</summary>
internal sealed class DesignerCharts
{
    private readonly Dictionary<string, (List<object> Content, Chart? Chart)> drawn = [];

    /// <summary>The rates of all schedules that are seen.</summary>
    public Chart? Rate(DesignerState state, IReadOnlyList<DesignerRow> rows, Overlay? overlay)
    {
        var curves = new Curves();
        var seen = rows.Where(row => !row.Design.IsHidden && row.Evaluation is not null).ToList();
        foreach (var row in seen)
        {
            AddRates(curves, row, state, isAlone: seen.Count == 1);
        }

        if (overlay is not null && rows[state.Selected].Evaluation is { } planned)
        {
            AddOverlay(curves, overlay, planned, state);
        }

        return Made("learning rate", curves, state);
    }

    /// <summary>The momenta.</summary>
    public Chart? Momentum(DesignerState state, IReadOnlyList<DesignerRow> rows)
    {
        var curves = new Curves();
        foreach (var row in rows.Where(row => !row.Design.IsHidden))
        {
            if (state.Trained == Trained.No && row.Evaluation is { Schedule.Momenta.Count: > 0 } foreign)
            {
                curves.Add(foreign.MomentumSeries(row.Legend, state.IsPerEpoch), "", row.IsStale);
            }

            AddDriven(curves, row, state, DrivenSchedule.Momentum);
        }

        return Made("momentum", curves, state with { IsLogarithmic = false });
    }

    /// <summary>The weight decays.</summary>
    public Chart? WeightDecay(DesignerState state, IReadOnlyList<DesignerRow> rows)
    {
        var curves = new Curves();
        foreach (var row in rows.Where(row => !row.Design.IsHidden))
        {
            AddDriven(curves, row, state, DrivenSchedule.WeightDecay);
        }

        return Made("weight decay", curves, state with { IsLogarithmic = false });
    }

    private static void AddRates(Curves curves, DesignerRow row, DesignerState state, bool isAlone)
    {
        if (row.Evaluation is not { } evaluation)
        {
            return;
        }

        var before = curves.Count;
        AddDriven(curves, row, state, DrivenSchedule.LearningRate);
        for (var group = 0; curves.Count == before || (state.Trained == Trained.No && group < state.BaseRates.Count); group++)
        {
            var name = state.BaseRates.Count == 1 ? row.Legend : $"{row.Legend}, group {group + 1}";
            curves.Add(evaluation.Series(name, state.IsPerEpoch, group), group == 0 ? "" : curves.Name(before), row.IsStale || group > 0);
        }

        var owner = curves.Name(before);
        var warnings = evaluation.Findings.Where(finding => finding.Severity > LintSeverity.Notice).Select(finding => (finding.Epochs, What: $"⚠ {finding.Code}"));
        foreach (var (epochs, what) in evaluation.Events.Concat(warnings).Where(moment => moment.Item1 <= state.Epochs))
        {
            curves.Mark(epochs, what, isAlone ? "" : owner);
        }
    }

    private static void AddDriven(Curves curves, DesignerRow row, DesignerState state, string parameter)
    {
        if (state.Trained == Trained.No || row.Evaluation?.Driven(state.Trained).Schedules is not { } driven)
        {
            return;
        }

        var first = "";
        var own = driven.Rows.Where(one => one.Parameter == parameter).ToList();
        foreach (var one in own)
        {
            var name = own.Count == 1 ? row.Legend : $"{row.Legend}, {one.Groups}";
            curves.Add(row.Evaluation.DrivenSeries(one, state.Trained, name, state.IsPerEpoch), first, row.IsStale || first.Length > 0);
            first = first.Length > 0 ? first : curves.Name(curves.Count - 1);
        }
    }

    private static void AddOverlay(Curves curves, Overlay overlay, Evaluation planned, DesignerState state)
    {
        foreach (var column in overlay.Rates.Columns)
        {
            var (schedule, rate) = OverlayPlan.Of(planned, state, column.Name);
            try
            {
                if (overlay.Of(column, schedule, planned.Plan, rate).Series is { } dots)
                {
                    curves.Add(dots, "", isDashed: false);
                }
            }
            catch (InputException)
            {
                // The panel of the overlay says so.
            }
        }
    }

    private Chart? Made(string label, Curves curves, DesignerState state)
    {
        List<object> content = [.. curves.Content, state.IsLogarithmic, state.Epochs];
        if (drawn.TryGetValue(label, out var before) && before.Content.SequenceEqual(content))
        {
            return before.Chart;
        }

        var y = state.IsLogarithmic ? ChartAxis.Logarithmic(label) : ChartAxis.Linear(label);
        var chart = curves.Count == 0 ? null : new Chart("", ChartAxis.Linear("epoch").WithRange(0, state.Epochs), y, curves.Series).WithMarkers(curves.Markers);
        drawn[label] = (content, chart);
        return chart;
    }

    /// <summary>Curves that come together in a chart, under names that nothing else has.</summary>
    private sealed class Curves
    {
        private readonly List<(ChartSeries Series, string ColourOf, bool IsDashed)> all = [];
        private readonly List<(double Epochs, string What, string Owner)> moments = [];

        public int Count => all.Count;

        public IEnumerable<object> Content => all.Select(one => (object)one).Concat(moments.Select(moment => (object)moment));

        public IEnumerable<ChartSeries> Series => all.Select(one =>
        {
            var series = one.IsDashed ? one.Series.Dashed() : one.Series;
            return one.ColourOf.Length > 0 ? series.InColourOf(one.ColourOf) : series;
        });

        public IEnumerable<ChartMarker> Markers => moments.Select(moment => moment.Owner.Length > 0 ? ChartMarker.Of(moment.Owner, moment.Epochs, moment.What) : ChartMarker.At(moment.Epochs, moment.What));

        public string Name(int index) => all[index].Series.Name;

        public void Add(ChartSeries series, string colourOf, bool isDashed)
        {
            // Two that are called the same are rare: a name that somebody gave is that of a group.
            if (!all.Exists(one => one.Series.Name == series.Name))
            {
                all.Add((series, colourOf, isDashed));
            }
        }

        public void Mark(double epochs, string what, string owner) => moments.Add((epochs, what, owner));
    }
}
