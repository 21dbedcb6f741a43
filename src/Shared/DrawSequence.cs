namespace Cawb.Detection.Data;

/// <summary>Draws one after the other; a place to keep the position, nothing more.</summary>
internal struct DrawSequence(Draws draws)
{
    private ulong position;

    internal double Unit() => draws.Unit(position++);

    internal double Between(double from, double to) => draws.Between(position++, from, to);

    internal int Below(int count) => draws.Below(position++, count);
}
