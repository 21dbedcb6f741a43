using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Katsura;

/// <summary>Cycles of a ramp from <c>min_lr</c> and half a cosine back to it; every group gets the same absolute rates.</summary>
internal sealed class KatsuraScheduler : TorchScheduler
{
    private readonly int firstLength;
    private readonly double lengthMultiplier;
    private readonly double firstPeak;
    private readonly double floor;
    private readonly int rampSteps;
    private readonly double decay;
    private double peak;
    private double length;
    private double position;
    private double cycle;

    public KatsuraScheduler(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments.Integer("last_epoch", atLeast: -1))
    {
        firstLength = arguments.Integer("first_cycle_steps", atLeast: 1);
        lengthMultiplier = arguments.Number("cycle_mult", value => value > 0, "above 0");
        firstPeak = arguments.Number("max_lr");
        floor = arguments.Number("min_lr");
        rampSteps = arguments.Integer("warmup_steps", atLeast: 0);
        if (rampSteps >= firstLength)
            throw arguments.Fault("warmup_steps", $"must be below first_cycle_steps, {firstLength}; got {rampSteps}");
        decay = arguments.Number("gamma");
        (peak, length, position) = (firstPeak, firstLength, LastEpoch);
    }

    public override TorchScheduler Begin()
    {
        base.Begin();
        // The constructor ends by putting every group on the floor, whatever the first step computed.
        Array.Fill(Groups.Rates, floor);
        return this;
    }

    internal override void Advance()
    {
        position++;
        if (position >= length)
        {
            cycle++;
            position -= length;
            length = Math.Truncate((length - rampSteps) * lengthMultiplier) + rampSteps;
        }
        LastEpoch = Math.Floor(LastEpoch + 1);
        Set();
    }

    internal override void AdvanceTo(double position)
    {
        // Within the first cycle the count of cycles, and with it the peak, stays what it was.
        if (position < firstLength)
            (this.position, length) = (position, firstLength);
        else
            Locate(position);
        LastEpoch = Math.Floor(position);
        Set();
    }

    protected override double Next(int group, double rate) => position < rampSteps
        ? (peak - floor) * position / rampSteps + floor
        : floor + (peak - floor) * (1 + Math.Cos(Math.PI * (position - rampSteps) / (length - rampSteps))) / 2;

    private void Locate(double epoch)
    {
        if (lengthMultiplier == 1)
        {
            (cycle, position, length) = (Math.Floor(epoch / firstLength), epoch % firstLength, firstLength);
            return;
        }
        // Here cycles grow by the multiplier alone, while step() leaves the ramp out of it: the two disagree.
        cycle = Math.Truncate(Math.Log(epoch / firstLength * (lengthMultiplier - 1) + 1) / Math.Log(lengthMultiplier));
        var growth = Math.Pow(lengthMultiplier, cycle);
        position = epoch - Math.Truncate(firstLength * (growth - 1) / (lengthMultiplier - 1));
        length = firstLength * growth;
    }

    private void Set()
    {
        peak = firstPeak * Math.Pow(decay, cycle);
        Update();
    }
}
