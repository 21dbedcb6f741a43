namespace Cawb.Foreign.Mmengine;

/// <summary>
/// What mmengine's schedulers share: within [begin, end) each step updates the present rate; outside the rate is left alone, so that several schedulers take turns.
/// </summary>
internal abstract class MmengineScheduler : ForeignScheduler
{
    /// <summary>mmengine's stand-in for "no end".</summary>
    public const int NoEnd = 1_000_000_000;

    private readonly double begin;
    private readonly double end;
    private double globalStep = -1;

    protected MmengineScheduler(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups)
    {
        EpochLength = arguments.Has("epoch_length") ? arguments.Integer("epoch_length", atLeast: 1) : 1;
        begin = arguments.Number("begin", value => value >= 0, "0 or more") * EpochLength;
        end = arguments.Number("end") is var last && last < NoEnd ? last * EpochLength : NoEnd;
        if (begin >= end)
            throw arguments.Fault("end", $"must lie after 'begin', {Text.Of(begin)}; got {Text.Of(end)}");
        if (arguments.Integer("last_step") != -1)
            throw arguments.Fault("last_step", "must be -1: resuming is not offered, because mmengine needs the state of its optimizer for it; step to the place instead");
        arguments.Flag("by_epoch");
        arguments.Flag("verbose");
    }

    /// <summary>How many steps one epoch of the arguments is; 1 unless they are turned into iterations.</summary>
    protected int EpochLength { get; }

    /// <summary>Steps within the window, 0 for the first one.</summary>
    protected double LastStep { get; private set; } = -1;

    protected double WindowSteps => end - begin;

    /// <summary>The second half of the library's constructor, which makes the first step.</summary>
    public MmengineScheduler Begin()
    {
        Groups.RememberInitialRates();
        Advance();
        return this;
    }

    internal override void Advance()
    {
        globalStep++;
        if (globalStep < begin || globalStep >= end)
            return;
        LastStep++;
        for (var group = 0; group < Groups.Count; group++)
            Groups.Rates[group] = Next(group, Groups.Rates[group]);
    }

    /// <summary>The rate after <see cref="LastStep"/> steps of the window from the rate before.</summary>
    protected abstract double Next(int group, double rate);
}
