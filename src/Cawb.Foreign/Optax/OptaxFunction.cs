namespace Cawb.Foreign.Optax;

/// <summary>One of optax's functions, alone or as a member of a join.</summary>
internal sealed record OptaxFunction(string Function, string Parameters, string AtBoundaryAndPastEnd, Func<Arguments, ForeignOnlySchedule> Make)
{
    public Signature Signature { get; } = new(Parameters);

    public ForeignFunction Define() => new($"optax.{Function}", Signature, AtBoundaryAndPastEnd, request =>
    {
        var schedule = Make(request.Arguments);
        return ForeignOnlySchedule.Recipe(request, _ => schedule);
    });
}
