using Cawb.Reports.Charts;
using Cawb.Web.Designer.Address;
using Cawb.Web.Designer.Editing;
using Cawb.Web.Designer.Looking;

namespace Cawb.Web.Designer;

/// <summary>The state of one page and what follows from it. Panels change the state here; the page draws what has changed.</summary>
public sealed class DesignerSession
{
    /// <summary>Characters of all texts together, so that an address can hold them.</summary>
    public const int MostText = 128 * 1024;

    private const int BatchesAround = 10;

    private readonly Evaluations evaluations = new();
    private readonly DesignerCharts charts = new();
    private List<string> lastRight = [];

    /// <summary>A session that shows something.</summary>
    /// <param name="state">To begin with.</param>
    public DesignerSession(DesignerState state)
    {
        State = state;
        Show(state);
    }

    /// <summary>The state is another one: with its second argument whether that is a step to come back to, rather than a letter of many.</summary>
    public event Action<DesignerState, bool>? Changed;

    /// <summary>What is shown.</summary>
    public DesignerState State { get; private set; }

    /// <summary>The schedules, in their order.</summary>
    public IReadOnlyList<DesignerRow> Rows { get; private set; } = [];

    /// <summary>The schedule that is edited.</summary>
    public DesignerRow Current => Rows[State.Selected];

    /// <summary>Its parts; null where the text is none of ours.</summary>
    public ScheduleTree? Tree { get; private set; }

    /// <summary>The part that is edited; null where there are none.</summary>
    public TreeNode? Node { get; private set; }

    /// <summary>What an edit could not do; empty after one that could.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>What is laid over the curves; null for nothing.</summary>
    public Overlay? Overlay { get; private set; }

    /// <summary>The run that <see cref="Overlay"/> is of, or is to be; empty for none.</summary>
    public string OverlaidRun { get; private set; } = "";

    /// <summary>Why the run cannot be laid over the curves; empty where it can.</summary>
    public string OverlayProblem { get; private set; } = "";

    /// <summary>The times of the part that can be dragged; null where there are none.</summary>
    public TimeHandles? Handles => Tree is null || Node is null ? null : new TimeHandles(Tree, Node.Path, State.Epochs);

    /// <summary>The curves; null where there is nothing to draw.</summary>
    public Chart? RateChart => charts.Rate(State, Rows, Overlay);

    /// <summary>The momentum; null where nothing drives it, or nobody asked.</summary>
    public Chart? MomentumChart => State.ShowsMomentum ? charts.Momentum(State, Rows) : null;

    /// <summary>The weight decay; null where nothing drives it, or nobody asked.</summary>
    public Chart? WeightDecayChart => State.ShowsWeightDecay ? charts.WeightDecay(State, Rows) : null;

    /// <summary>A schedule in the run that is shown, for questions.</summary>
    /// <param name="text">Of the schedule.</param>
    public (ScheduleReading Reading, Evaluation? Evaluation) Evaluate(string text) => evaluations.Of(text, State);

    /// <summary>What is wrong with a part or a field of the schedule that is edited; empty where nothing is.</summary>
    /// <param name="path">Such as <c>parts/1/stepScale</c>; an item of a list belongs to its field.</param>
    public string FaultAt(string path) => Current.Fault is { } fault && (fault.Path == path || (ItemsOf(fault.Path) == path && path.Length > 0)) ? fault.Message : "";

    /// <summary>Changes what is shown.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="isStep">Whether somebody may want to come back to what was before.</param>
    public void Change(DesignerState state, bool isStep = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Schedules.Sum(schedule => (long)schedule.Text.Length) > MostText)
        {
            Refuse($"All schedules of a page together have at most {MostText} characters. Take one out first.");
            return;
        }

        Refusal = "";
        Show(state);
        Changed?.Invoke(State, isStep);
    }

    /// <summary>Shows a state that comes from an address.</summary>
    /// <param name="state">The new state.</param>
    public void Visit(DesignerState state)
    {
        Refusal = "";
        Show(state);
    }

    /// <summary>Edits the schedule at hand.</summary>
    /// <param name="text">What it is then; right or not.</param>
    /// <param name="isStep">Whether somebody may want to come back to what was before.</param>
    public void Write(string text, bool isStep = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > DesignedSchedule.LongestText)
        {
            Refuse($"A schedule's text has at most {DesignedSchedule.LongestText} characters; this one has {text.Length}. Take parts out of it.");
            return;
        }

        Change(State.WithText(Canonical(text)) with { Moment = State.Moment }, isStep);
    }

    /// <summary>Edits the schedule at hand by its parts.</summary>
    /// <param name="edit">Gives the new text.</param>
    /// <param name="isStep">Whether somebody may want to come back to what was before.</param>
    public void Edit(Func<ScheduleTree, string> edit, bool isStep = false)
    {
        ArgumentNullException.ThrowIfNull(edit);
        if (Tree is not { } tree)
        {
            return;
        }

        string text;
        try
        {
            text = edit(tree);
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            Refuse($"This cannot be done to this schedule. {fault.Message}");
            return;
        }

        Write(text, isStep);
    }

    /// <summary>Shows the batches around a moment.</summary>
    /// <param name="epochs">The moment.</param>
    public void LookAt(double epochs)
    {
        var around = (double)BatchesAround / State.Batches;
        var (from, to) = (Math.Max(0, epochs - around), Math.Min(State.Epochs, epochs + around));
        if (to > from)
        {
            Change(State with { Zoom = (from, to) }, isStep: true);
        }
    }

    /// <summary>Lays the rates of a run of the folder over the curves.</summary>
    /// <param name="name">Of the run; empty for none.</param>
    /// <param name="overlay">Null where there is none, or it cannot be read.</param>
    /// <param name="problem">Why it cannot; empty where it can.</param>
    public void LayRun(string name, Overlay? overlay, string problem) => (OverlaidRun, Overlay, OverlayProblem) = (name, overlay, problem);

    /// <summary>Lays the rates of a file over the curves, instead of those of a run.</summary>
    /// <param name="overlay">Null where it cannot be read.</param>
    public void LayFile(Overlay? overlay)
    {
        LayRun("", overlay, "");
        Change(State with { Run = "" });
    }

    /// <summary>The text without its blanks and defaults, where it is a schedule of ours; else as it is.</summary>
    private static string Canonical(string text)
    {
        if (ForeignCallText.Of(text) is not null)
        {
            return text.Trim();
        }

        try
        {
            return ScheduleText.Parse(text).CanonicalText;
        }
        catch (ScheduleTextException)
        {
            return text;
        }
    }

    // An item of a list, or the value of a level, stands in the field of the list or level.
    private static string ItemsOf(string path) => path.LastIndexOf('/') is > 0 and var end && path[(end + 1)..] is var last && (last == "absolute" || last.All(char.IsAsciiDigit)) ? ItemsOf(path[..end]) : path;

    private void Refuse(string why)
    {
        Refusal = why;
        Changed?.Invoke(State, false);
    }

    private void Show(DesignerState state)
    {
        state = Fitting(state);
        List<DesignerRow> rows = [];
        var right = new List<string>();
        foreach (var (design, i) in state.Schedules.Select((design, i) => (design, i)))
        {
            var (reading, evaluation) = evaluations.Of(design.Text, state);
            // Schedules that were added or taken out have moved the others; what was right stays with its place only while their number does.
            var before = lastRight.Count == state.Schedules.Count ? lastRight[i] : "";
            right.Add(evaluation is not null ? design.Text : before);
            evaluation ??= before.Length > 0 ? evaluations.Of(before, state).Evaluation : null;
            rows.Add(new(i, design, NameOf(design, rows), reading.Fault, evaluation));
        }

        (State, Rows, lastRight) = (state, rows, right);
        Tree = ScheduleTree.Of(state.Current.Text);
        Node = Tree?.Find(state.Node);
        State = state with { Node = Node?.Path ?? "" };
    }

    private static DesignerState Fitting(DesignerState state)
    {
        var zoom = state.Zoom is { } span && Math.Min(span.To, state.Epochs) is var to && to > span.From ? ((double, double)?)(span.From, to) : null;
        return state with { Zoom = zoom, Moment = state.Moment is { } moment ? Math.Min(moment, state.Epochs) : null, Selected = Math.Clamp(state.Selected, 0, state.Schedules.Count - 1) };
    }

    private static string NameOf(DesignedSchedule design, List<DesignerRow> before)
    {
        var name = design.Name.Length > 0 ? design.Name
            : ForeignCallText.Of(design.Text)?.Function is { Length: > 0 } function ? new DesignedSchedule("", function).Name
            : ScheduleTree.Of(design.Text)?.Root.TypeName is { Length: > 0 } type ? new DesignedSchedule("", type).Name : "";
        return Unique(name.Length > 0 ? name : "schedule", taken => before.Exists(row => row.Name == taken));
    }

    /// <summary>The name, with a number behind it where it is taken.</summary>
    internal static string Unique(string name, Func<string, bool> isTaken)
    {
        var (free, number) = (name, 1);
        while (isTaken(free))
        {
            number++;
            free = $"{name} ({number})";
        }

        return free;
    }
}
