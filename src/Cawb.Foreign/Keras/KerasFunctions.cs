namespace Cawb.Foreign.Keras;

/// <summary>Keras 3's <c>optimizers.schedules</c>, in double precision (Keras itself: single). Values are absolute: base rates are not looked at.</summary>
internal static class KerasFunctions
{
    public static IEnumerable<ForeignFunction> All =>
    [
        Define("ExponentialDecay", "initial_learning_rate, decay_steps, decay_rate, staircase=false, name=\"ExponentialDecay\"",
            "It decays for ever, with staircase in a drop at each multiple of decay_steps itself.",
            arguments => new KerasExponential(Initial(arguments), DecaySteps(arguments, "decay_steps"), arguments.Number("decay_rate"), arguments.Flag("staircase"))),
        Define("PiecewiseConstantDecay", "boundaries, values, name=\"PiecewiseConstant\"",
            "A boundary step still has the old value; the new one holds from the next step on, and the last value stays.",
            PiecewiseConstant),
        Define("PolynomialDecay", "initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=false, name=\"PolynomialDecay\"",
            "The end rate is reached at decay_steps itself and stays; with cycle=True the rate jumps up after it and falls over the next multiple of decay_steps, counted from step 0.",
            arguments => new KerasPolynomial(
                Initial(arguments), DecaySteps(arguments, "decay_steps"), arguments.Number("end_learning_rate"), arguments.Number("power"), arguments.Flag("cycle"))),
        Define("InverseTimeDecay", "initial_learning_rate, decay_steps, decay_rate, staircase=false, name=\"InverseTimeDecay\"",
            "It decays for ever, with staircase in a drop at each multiple of decay_steps itself.",
            arguments => new KerasInverseTime(Initial(arguments), DecaySteps(arguments, "decay_steps"), arguments.Number("decay_rate"), arguments.Flag("staircase"))),
        Define("CosineDecay", "initial_learning_rate, decay_steps, alpha=0.0, name=\"CosineDecay\", warmup_target=null, warmup_steps=0",
            "The floor is reached at decay_steps after the warm-up and stays; warmup_steps has no effect while warmup_target is None.",
            arguments => new KerasCosine(
                Initial(arguments), DecaySteps(arguments, "decay_steps"), arguments.Number("alpha"), arguments.NumberOrNone("warmup_target"), arguments.Number("warmup_steps"))),
        Define("CosineDecayRestarts", "initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name=\"SGDRDecay\"",
            "It restarts at the boundary step itself, so the floor is not trained with, and goes on for ever; the rounding of a logarithm can miss a restart.",
            arguments => new KerasCosineRestarts(
                Initial(arguments),
                DecaySteps(arguments, "first_decay_steps"),
                arguments.Number("t_mul", value => value > 0, "above 0"),
                arguments.Number("m_mul"),
                arguments.Number("alpha"))),
    ];

    private static ForeignFunction Define(string function, string parameters, string sentence, Func<Arguments, ForeignOnlySchedule> make) =>
        new($"keras.{function}", new Signature(parameters), sentence, request =>
        {
            request.Arguments.Word("name");
            var schedule = make(request.Arguments);
            return ForeignOnlySchedule.Recipe(request, _ => schedule);
        });

    private static double Initial(Arguments arguments) => arguments.Number("initial_learning_rate");

    private static double DecaySteps(Arguments arguments, string name) => arguments.Number(name, steps => steps > 0, "above 0");

    private static KerasPiecewiseConstant PiecewiseConstant(Arguments arguments)
    {
        var (boundaries, values) = (arguments.Numbers("boundaries"), arguments.Numbers("values"));
        return values.Length == boundaries.Length + 1
            ? new KerasPiecewiseConstant(boundaries, values)
            : throw arguments.Fault("values", $"must have one number more than 'boundaries'; got {values.Length} for {boundaries.Length}");
    }
}
