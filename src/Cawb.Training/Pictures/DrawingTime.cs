namespace Cawb.Training.Pictures;

/// <summary>Sees to it that everything there is to look at takes no more than a hundredth of a training's time: where epochs are short, not every one of them is drawn.</summary>
/// <param name="clock">Where time comes from.</param>
internal sealed class DrawingTime(TimeProvider clock)
{
    private const double MostShare = 0.01;

    // The first pictures are drawn with code that is not compiled yet: they say nothing of the later ones, which the share is for.
    private (long Moment, TimeSpan Total) afterFirst;
    private TimeSpan ofLast;

    /// <summary>Whether new pictures would stay within the share, if they take as long as the last ones. The first ones are always due.</summary>
    public bool IsDue => ofLast == TimeSpan.Zero || Total - afterFirst.Total + ofLast <= clock.GetElapsedTime(afterFirst.Moment) * MostShare;

    /// <summary>Everything that was timed.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>Times work that every epoch has.</summary>
    public void Spend(Action work) => Timed(work);

    /// <summary>Times the drawing of a set of pictures.</summary>
    public void Draw(Action work)
    {
        var isFirst = ofLast == TimeSpan.Zero;
        ofLast = Timed(work);
        afterFirst = isFirst ? (clock.GetTimestamp(), Total) : afterFirst;
    }

    private TimeSpan Timed(Action work)
    {
        var begin = clock.GetTimestamp();
        work();
        var time = clock.GetElapsedTime(begin);
        Total += time;
        return time;
    }
}
