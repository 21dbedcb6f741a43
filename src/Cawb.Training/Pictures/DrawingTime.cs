namespace Cawb.Training.Pictures;

/// <summary>Sees to it that everything there is to look at takes no more than a hundredth of a training's time: where epochs are short, not every one of them is drawn.</summary>
/// <param name="clock">Where time comes from.</param>
internal sealed class DrawingTime(TimeProvider clock)
{
    private const double MostShare = 0.01;
    private readonly long start = clock.GetTimestamp();
    private TimeSpan ofLast;

    /// <summary>Whether new pictures would stay within the share, if they take as long as the last ones. The first ones are always due.</summary>
    public bool IsDue => ofLast == TimeSpan.Zero || Total + ofLast <= clock.GetElapsedTime(start) * MostShare;

    /// <summary>Everything that was timed.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>Times work that every epoch has.</summary>
    public void Spend(Action work) => Timed(work);

    /// <summary>Times the drawing of a set of pictures.</summary>
    public void Draw(Action work) => ofLast = Timed(work);

    private TimeSpan Timed(Action work)
    {
        var begin = clock.GetTimestamp();
        work();
        var time = clock.GetElapsedTime(begin);
        Total += time;
        return time;
    }
}
