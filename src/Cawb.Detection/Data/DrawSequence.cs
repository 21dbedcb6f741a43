namespace Cawb.Detection.Data;

/// <summary>Draws one after the other; a place to keep the position, nothing more.</summary>
internal struct DrawSequence(Draws draws)
{
    private ulong _position;

    internal double Unit() => draws.Unit(_position++);

    internal double Between(double from, double to) => draws.Between(_position++, from, to);

    internal int Below(int count) => draws.Below(_position++, count);
}
