namespace Cawb.Foreign;

/// <summary>The walker of all whose rates are functions of the position: <c>step()</c> goes one on, <c>step(position)</c> jumps.</summary>
internal sealed class PositionScheduler : ForeignScheduler
{
    private readonly ForeignRecipe recipe;
    private readonly IReadOnlyList<double> baseRates;
    private double position;

    public PositionScheduler(string name, ForeignRecipe recipe, IReadOnlyList<double> baseRates)
        : base(name, recipe.InitialRates.Count > 0 ? recipe.InitialRates : recipe.LearningRates.Select((rate, group) => rate.ValueAt(recipe.FirstStep, baseRates[group])))
    {
        this.recipe = recipe;
        this.baseRates = baseRates;
        position = recipe.FirstStep;
        MomentumValues = [.. recipe.Momenta.Select(momentum => momentum.ValueAt(position, 1))];
    }

    private protected override void Advance() => MoveTo(position + 1, recipe.LearningRates);

    private protected override void AdvanceTo(double position)
    {
        if (!recipe.TakesPosition)
            base.AdvanceTo(position);
        MoveTo(position, recipe.JumpRates.Count > 0 ? recipe.JumpRates : recipe.LearningRates);
    }

    private void MoveTo(double next, IReadOnlyList<Schedule> schedules)
    {
        if (recipe.FaultAt(next) is { Length: > 0 } problem)
            throw Raised(problem);
        for (var group = 0; group < Rates.Length; group++)
            Rates[group] = schedules[group].ValueAt(next, baseRates[group]);
        for (var group = 0; group < MomentumValues.Length; group++)
            MomentumValues[group] = recipe.Momenta[group].ValueAt(next, 1);
        position = next;
    }
}
