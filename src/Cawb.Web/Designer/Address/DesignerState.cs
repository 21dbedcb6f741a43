namespace Cawb.Web.Designer.Address;

/// <summary>Everything that the designer shows; immutable. <see cref="DesignerAddress"/> writes it into an address and reads it back.</summary>
public sealed record DesignerState
{
    /// <summary>Schedules over each other.</summary>
    public const int MostSchedules = 12;

    /// <summary>Base rates, one for each parameter group.</summary>
    public const int MostRates = 4;

    /// <summary>Epochs of a run, batches of an epoch.</summary>
    public const int MostCounted = 10_000_000;

    /// <summary>Batches of a run. More of them would keep the page waiting; <c>cawb plot</c> takes them.</summary>
    public const long MostBatches = 10_000_000;

    private const string ArticleText =
        """{"type":"cawb","epochs":150,"bootEpochs":[30,80],"annealing":{"type":"cosine","scale":0.65,"offset":0.35},"stepScale":0.7,"epochScale":4,"warmupEpochs":3}""";

    private const string CosineText = """{"type":"warmup","warmupEpochs":3,"schedule":{"type":"cosine","durationEpochs":147,"end":0.05}}""";

    /// <summary>What the designer opens with: the article's warm boots beside a cosine.</summary>
    public static DesignerState Start { get; } = new();

    /// <summary>At least one, at most <see cref="MostSchedules"/>.</summary>
    public IReadOnlyList<DesignedSchedule> Schedules { get; init; } = [new(ArticleText, "warm boots"), new(CosineText, "cosine")];

    /// <summary>Length of the run, 1 to <see cref="MostCounted"/>.</summary>
    public int Epochs { get; init; } = 150;

    /// <summary>Batches of an epoch, 1 to <see cref="MostCounted"/>.</summary>
    public int Batches { get; init; } = 625;

    /// <summary>Base learning rates above 0: one, or one for each group.</summary>
    public IReadOnlyList<double> BaseRates { get; init; } = [0.1];

    /// <summary>Whether the curves have one point for each epoch, its first batch, instead of all batches.</summary>
    public bool IsPerEpoch { get; init; }

    /// <summary>Whether the axis of the rate is logarithmic.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether the schedules are shown as a training uses them.</summary>
    public Trained Trained { get; init; }

    /// <summary>Whether the momentum is shown beneath.</summary>
    public bool ShowsMomentum { get; init; }

    /// <summary>Whether the weight decay is shown beneath.</summary>
    public bool ShowsWeightDecay { get; init; }

    /// <summary>The part of the run that is shown, in epochs; null for all of it.</summary>
    public (double From, double To)? Zoom { get; init; }

    /// <summary>The schedule that is edited and asked about, 0-based.</summary>
    public int Selected { get; init; }

    /// <summary>The part of it that is edited, as a path such as <c>parts/1/schedule</c>; empty for the whole.</summary>
    public string Node { get; init; } = "";

    /// <summary>The moment that is explained, in epochs; null for the peak.</summary>
    public double? Moment { get; init; }

    /// <summary>The question about a run under way; null for none yet.</summary>
    public WhatIf? WhatIf { get; init; }

    /// <summary>A run whose rates are laid over the curves, relative to the folder of runs; empty for none.</summary>
    public string Run { get; init; } = "";

    /// <summary>What is shown beneath the curves.</summary>
    public Panel Panel { get; init; }

    /// <summary>What a schedule is written as.</summary>
    public CopyAs CopyAs { get; init; }

    /// <summary>Of the page that shows it, from the root.</summary>
    public string Address => DesignerAddress.Print(this) is { Length: > 0 } query ? $"designer?{query}" : "designer";

    /// <summary>The schedule that is edited.</summary>
    public DesignedSchedule Current => Schedules[Selected];

    /// <summary>The run.</summary>
    public TrainingPlan Plan => TrainingPlan.FromEpochs(Epochs, Batches);

    /// <summary>Equal when both have the same address.</summary>
    /// <param name="other">Another state.</param>
    public bool Equals(DesignerState? other) => other is not null && DesignerAddress.Print(this) == DesignerAddress.Print(other);

    /// <inheritdoc/>
    public override int GetHashCode() => DesignerAddress.Print(this).GetHashCode(StringComparison.Ordinal);

    /// <summary>The same with another text for the schedule that is edited.</summary>
    /// <param name="text">At most <see cref="DesignedSchedule.LongestText"/> characters.</param>
    public DesignerState WithText(string text) => WithSchedule(Selected, Current.WithText(text));

    /// <summary>The same with another schedule in a place.</summary>
    /// <param name="index">0-based.</param>
    /// <param name="schedule">What stands there.</param>
    public DesignerState WithSchedule(int index, DesignedSchedule schedule) =>
        this with { Schedules = [.. Schedules.Select((one, i) => i == index ? schedule : one)] };

    /// <summary>The same with one more schedule, which is the one that is edited then.</summary>
    /// <param name="schedule">Stands after the one that was edited.</param>
    public DesignerState With(DesignedSchedule schedule) => this with
    {
        Schedules = [.. Schedules.Take(Selected + 1), schedule, .. Schedules.Skip(Selected + 1)],
        Selected = Selected + 1,
        Node = "",
        Moment = null,
    };

    /// <summary>The same without a schedule.</summary>
    /// <param name="index">0-based; the last one stays.</param>
    public DesignerState Without(int index) => Schedules.Count == 1 ? this : this with
    {
        Schedules = [.. Schedules.Where((_, i) => i != index)],
        Selected = Math.Min(index < Selected ? Selected - 1 : Selected, Schedules.Count - 2),
        Node = index == Selected ? "" : Node,
    };
}
