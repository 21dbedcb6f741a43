using System.Globalization;
using System.Text;

namespace Cawb.Web.Designer.Address;

/// <summary>A <see cref="DesignerState"/> as the query of an address. Every state can be written and is read back as it was; every query can be read.</summary>
public static class DesignerAddress
{
    /// <summary>Field: a schedule; repeated.</summary>
    public const string Schedule = "s";

    /// <summary>Field: names of the schedules, one for each; repeated.</summary>
    public const string Name = "name";

    /// <summary>Field: numbers of the schedules that are hidden, from 1 on.</summary>
    public const string Hidden = "hide";

    /// <summary>Field.</summary>
    public const string Epochs = "epochs";

    /// <summary>Field.</summary>
    public const string Batches = "batches";

    /// <summary>Field: base learning rates.</summary>
    public const string BaseRates = "lr";

    /// <summary>Field.</summary>
    public const string Zoom = "zoom";

    /// <summary>Field: number of the schedule that is edited, from 1 on.</summary>
    public const string Selected = "on";

    /// <summary>Field: path of the part that is edited.</summary>
    public const string Node = "part";

    /// <summary>Field: the moment that is explained.</summary>
    public const string Moment = "at";

    /// <summary>Field: kind, moment and amount of a change.</summary>
    public const string WhatIf = "whatif";

    /// <summary>Field: the run that is laid over the curves.</summary>
    public const string Run = "run";

    private const string Trained = "trained";
    private const string Panel = "panel";
    private const string CopyAs = "copy";
    private const string PerEpoch = "perepoch";
    private const string Logarithmic = "log";
    private const string Momentum = "momentum";
    private const string WeightDecay = "decay";

    private const int LongestPath = 400;

    /// <summary>The query, without its question mark; empty for <see cref="DesignerState.Start"/>.</summary>
    /// <param name="state">What is shown.</param>
    public static string Print(DesignerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (start, query) = (DesignerState.Start, new StringBuilder());
        if (!state.Schedules.SequenceEqual(start.Schedules))
        {
            foreach (var schedule in state.Schedules)
            {
                Add(Schedule, schedule.Text);
            }

            foreach (var schedule in state.Schedules.Any(schedule => schedule.Name.Length > 0) ? state.Schedules : [])
            {
                Add(Name, schedule.Name);
            }

            string[] hidden = [.. state.Schedules.Select((schedule, i) => schedule.IsHidden ? Text(i + 1) : "").Where(number => number.Length > 0)];
            AddWhere(hidden.Length > 0, Hidden, string.Join(',', hidden));
        }

        AddWhere(state.Epochs != start.Epochs, Epochs, Text(state.Epochs));
        AddWhere(state.Batches != start.Batches, Batches, Text(state.Batches));
        AddWhere(!state.BaseRates.SequenceEqual(start.BaseRates), BaseRates, string.Join(',', state.BaseRates.Select(Text)));
        AddWhere(state.IsPerEpoch, PerEpoch, "1");
        AddWhere(state.IsLogarithmic, Logarithmic, "1");
        AddWhere(state.Trained != start.Trained, Trained, Word(state.Trained));
        AddWhere(state.ShowsMomentum, Momentum, "1");
        AddWhere(state.ShowsWeightDecay, WeightDecay, "1");
        AddWhere(state.Zoom is not null, Zoom, state.Zoom is { } zoom ? $"{Text(zoom.From)},{Text(zoom.To)}" : "");
        AddWhere(state.Selected != 0, Selected, Text(state.Selected + 1));
        AddWhere(state.Node.Length > 0, Node, state.Node);
        AddWhere(state.Moment is not null, Moment, Text(state.Moment ?? 0));
        AddWhere(state.WhatIf is not null, WhatIf, state.WhatIf is { } asked ? $"{Word(asked.Kind)},{Text(asked.AtEpochs)},{Text(asked.Amount)}" : "");
        AddWhere(state.Run.Length > 0, Run, state.Run);
        AddWhere(state.Panel != start.Panel, Panel, Word(state.Panel));
        AddWhere(state.CopyAs != start.CopyAs, CopyAs, Word(state.CopyAs));
        return query.ToString();

        void AddWhere(bool isNeeded, string name, string value)
        {
            if (isNeeded)
            {
                Add(name, value);
            }
        }

        void Add(string name, string value) => query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Escaped(value));
    }

    /// <summary>Reads a query of any kind.</summary>
    /// <param name="query">With or without its question mark.</param>
    public static DesignerReading Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var values = new QueryValues(query);
        var start = DesignerState.Start;
        var schedules = SchedulesOf(values);
        var epochs = values.Read(Epochs, start.Epochs, Count, $"must be a whole number, 1 to {DesignerState.MostCounted}");
        var batches = values.Read(Batches, start.Batches, Count, $"must be a whole number, 1 to {DesignerState.MostCounted}");
        if ((long)epochs * batches > DesignerState.MostBatches)
        {
            values.Problems[Batches] = TooLong(epochs, batches);
            (epochs, batches) = (start.Epochs, start.Batches);
        }

        var state = new DesignerState
        {
            Schedules = schedules,
            Epochs = epochs,
            Batches = batches,
            BaseRates = values.Read(BaseRates, start.BaseRates, RatesOf, $"must be one to {DesignerState.MostRates} numbers above 0, with commas between them"),
            IsPerEpoch = values.Read(PerEpoch, false, Flag, "must be 0 or 1"),
            IsLogarithmic = values.Read(Logarithmic, false, Flag, "must be 0 or 1"),
            Trained = values.ReadWord(Trained, start.Trained),
            ShowsMomentum = values.Read(Momentum, false, Flag, "must be 0 or 1"),
            ShowsWeightDecay = values.Read(WeightDecay, false, Flag, "must be 0 or 1"),
            Zoom = values.Read(Zoom, null, text => Span(text, epochs), "must be two moments of the run in epochs, the earlier one first, with a comma between them"),
            Selected = values.Read(Selected, 1, text => Count(text) is { } number && number <= schedules.Count ? number : null, $"must be the number of a schedule, 1 to {schedules.Count}") - 1,
            Node = values.Read(Node, "", text => text.Length <= LongestPath ? text : null, $"must be a path of at most {LongestPath} characters"),
            Moment = values.Read(Moment, null, text => Moments(text) is { } moment && moment <= epochs ? moment : (double?)null, "must be a moment of the run in epochs"),
            WhatIf = values.Read(WhatIf, null, Question, "must be extend, shorten, coolDown or restart, a moment in epochs, and a number, with commas between them"),
            Run = values.Read(Run, "", text => text.Length <= LongestPath ? text : null, $"must be a path of at most {LongestPath} characters"),
            Panel = values.ReadWord(Panel, start.Panel),
            CopyAs = values.ReadWord(CopyAs, start.CopyAs),
        };
        return new(state, values.Problems);
    }

    /// <summary>Why a run is too long for the page.</summary>
    /// <param name="epochs">1 or more.</param>
    /// <param name="batches">Of an epoch, 1 or more.</param>
    public static string TooLong(int epochs, int batches) => string.Create(
        CultureInfo.InvariantCulture, $"{epochs} epochs of {batches} batches are {(long)epochs * batches} batches; this page takes at most {DesignerState.MostBatches}. Lower one of the two, or use cawb plot.");

    private static IReadOnlyList<DesignedSchedule> SchedulesOf(QueryValues values)
    {
        var texts = values.All(Schedule);
        if (texts.Count == 0)
        {
            return DesignerState.Start.Schedules;
        }

        if (texts.Count > DesignerState.MostSchedules)
        {
            values.Problems[Schedule] = $"The address has {texts.Count} schedules; the first {DesignerState.MostSchedules} are shown.";
        }

        var names = values.All(Name);
        var hidden = values.Read(Hidden, [], text => text.Split(',') is var numbers && numbers.All(number => Count(number) is not null) ? numbers.Select(number => Count(number) ?? 0).ToHashSet() : null, "must be numbers of schedules, from 1 on, with commas between them");
        return [.. texts.Take(DesignerState.MostSchedules).Select((text, i) => new DesignedSchedule(Fitting(text), i < names.Count ? names[i] : "", hidden.Contains(i + 1)))];

        string Fitting(string text)
        {
            if (text.Length <= DesignedSchedule.LongestText)
            {
                return text;
            }

            values.Problems[Schedule] = $"A schedule's text has at most {DesignedSchedule.LongestText} characters; one in the address has {text.Length}. It is cut off there.";
            return text[..DesignedSchedule.LongestText];
        }
    }

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= DesignerState.MostCounted ? count : null;

    internal static IReadOnlyList<double>? RatesOf(string text)
    {
        double[] rates = [.. text.Split(',').Select(rate => Number(rate) ?? 0)];
        return rates.Length <= DesignerState.MostRates && rates.All(rate => rate > 0) ? rates : null;
    }

    private static bool? Flag(string text) => text switch { "1" => true, "0" => false, _ => null };

    private static (double From, double To)? Span(string text, int epochs) =>
        text.Split(',') is [var from, var to] && Number(from) is >= 0 and var start && Number(to) is { } end && end > start && end <= epochs ? (start, end) : null;

    private static double? Moments(string text) => Number(text) is >= 0 and var moment ? moment : null;

    private static WhatIf? Question(string text) => text.Split(',') is [var kind, var at, var amount]
        && QueryValues.WordOf<ChangeKind>(kind) is { } change && Moments(at) is { } moment && Number(amount) is { } number ? new WhatIf(change, moment, number) : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Word<T>(T value) where T : struct, Enum => QueryValues.Word(value);

    // What may stand in a query as it is and makes JSON readable there.
    private static string Escaped(string value) => Uri.EscapeDataString(value)
        .Replace("%2C", ",", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal);
}
