namespace Cawb;

/// <summary>Gives the fields of a schedule another end.</summary>
internal readonly record struct EndShift(double FromEpochs, double ToEpochs)
{
    public object Of(FieldFormat field, object value)
    {
        var (from, to) = this;
        return (field.EndMove, value) switch
        {
            (EndMove.Follows, double) => to,
            (EndMove.Follows, Schedule part) => part.WithEnd(to),
            // The parts that make the end move with it; one that ended before goes on as it was.
            (EndMove.Follows, IReadOnlyList<Schedule> parts) => new ValueList<Schedule>(parts.Select(part => part.EndEpochs == from || part.EndEpochs > to ? part.WithEnd(to) : part)),
            (EndMove.Scales, double epochs) => epochs / from * to,
            (EndMove.Drops, IReadOnlyList<double> moments) => new ValueList<double>(moments.Where(moment => moment < to)),
            _ => value,
        };
    }
}
