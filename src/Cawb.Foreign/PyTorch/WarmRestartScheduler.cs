namespace Cawb.Foreign.PyTorch;

/// <summary>Half a cosine per cycle; each cycle is <c>T_mult</c> times as long as the one before.</summary>
/// <remarks>
/// <c>step(epoch)</c> finds the cycle with a logarithm, whose rounding can miss a restart: the rate is then the floor where it should be the base.
/// </remarks>
internal sealed class WarmRestartScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly int firstLength = arguments.Integer("T_0", atLeast: 1);
    private readonly int multiplier = arguments.Integer("T_mult", atLeast: 1);
    private readonly double floor = arguments.Number("eta_min");
    private double length = arguments.Integer("T_0");
    private double position = arguments.Integer("last_epoch");

    internal override void Advance()
    {
        if (LastEpoch < 0)
        {
            AdvanceTo(0);
            return;
        }
        position++;
        if (position >= length)
        {
            position -= length;
            length *= multiplier;
        }
        LastEpoch = Math.Floor(LastEpoch + 1);
        Update();
    }

    internal override void AdvanceTo(double position)
    {
        if (position < 0)
            throw new ArgumentOutOfRangeException(nameof(position), $"{Name}: the library refuses a negative epoch; got {Text.Of(position)}.");
        Locate(position);
        LastEpoch = Math.Floor(position);
        Update();
    }

    protected override double Next(int group, double rate) =>
        floor + (Groups.InitialRates[group] - floor) * (1 + Math.Cos(Math.PI * position / length)) / 2;

    private void Locate(double epoch)
    {
        if (epoch < firstLength)
        {
            (position, length) = (epoch, firstLength);
        }
        else if (multiplier == 1)
        {
            (position, length) = (epoch % firstLength, firstLength);
        }
        else
        {
            var cycle = Math.Truncate(Math.Log(epoch / firstLength * (multiplier - 1) + 1) / Math.Log(multiplier));
            position = epoch - firstLength * (Math.Pow(multiplier, cycle) - 1) / (multiplier - 1);
            length = firstLength * Math.Pow(multiplier, cycle);
        }
    }
}
