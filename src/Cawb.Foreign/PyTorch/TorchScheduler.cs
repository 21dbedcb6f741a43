namespace Cawb.Foreign.PyTorch;

/// <summary>
/// What PyTorch's schedulers share: <c>step()</c> updates each rate from its present value (the chainable form), <c>step(epoch)</c> computes it
/// afresh where there is a closed form.
/// </summary>
internal abstract class TorchScheduler(string name, ParameterGroups groups, double lastEpoch) : ForeignScheduler(name, groups)
{
    protected double LastEpoch { get; set; } = lastEpoch;

    /// <summary>Whether the call is the one that the library's constructor makes.</summary>
    protected bool IsInitial { get; private set; }

    /// <summary>The second half of the library's constructor, which makes the first step.</summary>
    public virtual TorchScheduler Begin()
    {
        Groups.RememberInitialRates();
        StepInitially();
        return this;
    }

    /// <summary>Takes the constructor's step back, as a sequence does with its members.</summary>
    public virtual void Undo() => LastEpoch--;

    public void StepInitially()
    {
        IsInitial = true;
        Advance();
        IsInitial = false;
    }

    internal override void Advance()
    {
        LastEpoch++;
        Update();
    }

    internal override void AdvanceTo(double position)
    {
        LastEpoch = position;
        for (var group = 0; group < Groups.Count; group++)
            Groups.Rates[group] = ClosedForm(group, Groups.InitialRates[group]);
        UpdateMomenta();
    }

    protected void Update()
    {
        for (var group = 0; group < Groups.Count; group++)
            Groups.Rates[group] = Next(group, Groups.Rates[group]);
        UpdateMomenta();
    }

    /// <summary>The rate after <see cref="LastEpoch"/> steps from the rate before.</summary>
    protected abstract double Next(int group, double rate);

    /// <summary>The rate after <see cref="LastEpoch"/> steps from the initial rate; the chainable form where the library has no other.</summary>
    protected virtual double ClosedForm(int group, double initialRate) => Next(group, Groups.Rates[group]);

    protected virtual void UpdateMomenta()
    {
    }
}
