namespace Cawb.Foreign.Optax;

/// <summary><c>(initial - end) (1 - share) ** power + end</c> over the transition; the initial value for ever where there is no transition.</summary>
internal sealed record OptaxPolynomial(double Initial, double End, double Power, double TransitionSteps, double TransitionBegin) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => TransitionSteps <= 0
        ? Initial
        : (Initial - End) * Math.Pow(1 - Math.Clamp(epochs - TransitionBegin, 0, TransitionSteps) / TransitionSteps, Power) + End;

    public override Schedule Candidate()
    {
        var (start, end) = (Level.Absolute(Initial), Level.Absolute(End));
        if (TransitionSteps <= 0)
            return new ConstantSchedule(start);
        return Equivalent.Delayed(
            Power == 1 ? new LinearSchedule(TransitionSteps, start, end) : new PolynomialSchedule(TransitionSteps, Power, start, end), TransitionBegin);
    }
}
