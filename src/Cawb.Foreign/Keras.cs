namespace Cawb.Foreign;

/// <summary>Keras 3's <c>optimizers.schedules</c>, in double precision (Keras itself: single). Values are absolute: base rates are not looked at.</summary>
internal static class Keras
{
    public static IEnumerable<ForeignFunction> Rows =>
    [
        Row("ExponentialDecay", "initial_learning_rate, decay_steps, decay_rate, staircase=false, name=\"ExponentialDecay\"",
            "It decays for ever, with staircase in a drop at each multiple of decay_steps itself.",
            (a, request) => Shapes.OnBase(Initial(a), Shapes.Powers(request, a.Number("decay_rate"), Steps(a, "decay_steps"), a.Flag("staircase")))),
        Row("PiecewiseConstantDecay", "boundaries, values, name=\"PiecewiseConstant\"",
            "A boundary step still has the old value; the new one holds from the next step on, and the last value stays.",
            PiecewiseConstant),
        Row("PolynomialDecay", "initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=false, name=\"PolynomialDecay\"",
            "The end rate is reached at decay_steps itself and stays; with cycle=True the rate jumps up after it and falls over the next multiple of decay_steps, counted from step 0.",
            Polynomial),
        Row("InverseTimeDecay", "initial_learning_rate, decay_steps, decay_rate, staircase=false, name=\"InverseTimeDecay\"",
            "It decays for ever, with staircase in a drop at each multiple of decay_steps itself.",
            InverseTime),
        Row("CosineDecay", "initial_learning_rate, decay_steps, alpha=0.0, name=\"CosineDecay\", warmup_target=null, warmup_steps=0",
            "The floor is reached at decay_steps after the warm-up and stays; warmup_steps has no effect while warmup_target is None.",
            Cosine),
        Row("CosineDecayRestarts", "initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name=\"SGDRDecay\"",
            "It restarts at the boundary step itself, so the floor is not trained with, and goes on for ever; the rounding of a logarithm can miss a restart.",
            Restarts),
    ];

    private static ForeignFunction Row(string function, string parameters, string sentence, Func<Arguments, ForeignRequest, Schedule> make) =>
        new($"keras.{function}", new Signature(parameters), ForeignTimeUnit.Batch, sentence, request =>
        {
            request.Arguments.Word("name");
            return request.Recipe(make(request.Arguments, request)) with { FaultAt = function == "CosineDecayRestarts" ? Cycles(request.Arguments).FaultAt : _ => "" };
        })
        {
            HasOwnRates = true,
        };

    private static double Initial(Arguments arguments) => arguments.Number("initial_learning_rate");

    private static double Steps(Arguments arguments, string name) => arguments.Number(name, steps => steps > 0, "above 0");

    private static Schedule PiecewiseConstant(Arguments arguments, ForeignRequest request)
    {
        var (boundaries, values) = (arguments.Numbers("boundaries"), arguments.Numbers("values"));
        // At whole steps "after the boundary" is "from the next step on".
        return values.Length == boundaries.Length + 1
            ? Shapes.Levels(request.Clock, [.. boundaries.Select(boundary => Math.Floor(boundary) + 1)], [.. values.Select(Level.Absolute)])
            : throw arguments.Fault("values", $"must have one number more than 'boundaries'; got {values.Length} for {boundaries.Length}");
    }

    private static Schedule Polynomial(Arguments arguments, ForeignRequest request)
    {
        var (initial, end, steps, power) = (Initial(arguments), arguments.Number("end_learning_rate"), Steps(arguments, "decay_steps"), arguments.Number("power"));
        if (!arguments.Flag("cycle") || request.Clock.RunSteps <= steps)
            return Shapes.Line(request.Clock, steps, power, Level.Absolute(initial), Level.Absolute(end));
        return request.Formula(
            "jumps up to a longer curve at every multiple of decay_steps; nearest is the same without cycle, or a sequence of polynomial schedules",
            (step, _) => (initial - end) * Math.Pow(1 - step / (steps * (step == 0 ? 1 : Math.Ceiling(step / steps))), power) + end);
    }

    private static Schedule InverseTime(Arguments arguments, ForeignRequest request)
    {
        var (steps, rate, isStaircase) = (Steps(arguments, "decay_steps"), arguments.Number("decay_rate"), arguments.Flag("staircase"));
        return Shapes.OnBase(Initial(arguments), !isStaircase || request.Clock.IsWhole(steps)
            ? new InverseTimeSchedule(rate, request.Clock.At(steps), isStaircase)
            : request.Expression($"1 / (1 + {Text.Of(rate)} * floor(x / {Text.Of(steps)}))"));
    }

    /// <remarks>Without a target there is no warm-up, whatever the warm-up steps say: that is the library's switch.</remarks>
    private static Schedule Cosine(Arguments arguments, ForeignRequest request)
    {
        var (initial, steps, alpha) = (Initial(arguments), Steps(arguments, "decay_steps"), arguments.Number("alpha"));
        var (target, warmupSteps) = (arguments.NumberOrNone("warmup_target"), arguments.Number("warmup_steps"));
        var peak = target ?? initial;
        var curve = new CosineSchedule(request.Clock.At(steps), Level.Absolute(peak), Level.Absolute(peak * alpha));
        return target is null ? curve : Shapes.Ramped(request.Clock, curve, warmupSteps, Level.Absolute(initial));
    }

    private static LogarithmicCycles Cycles(Arguments arguments) => new(Steps(arguments, "first_decay_steps"), arguments.Number("t_mul", value => value > 0, "above 0"));

    private static Schedule Restarts(Arguments arguments, ForeignRequest request)
    {
        var (initial, alpha, height, cycles) = (Initial(arguments), arguments.Number("alpha"), arguments.Number("m_mul"), Cycles(arguments));
        FormulaSchedule Formula() => request.Formula(
            LogarithmicCycles.Why(request.Clock),
            (step, _) =>
            {
                var (cycle, position, length) = cycles.Locate(step);
                return double.IsInfinity(cycle) ? initial * alpha : initial * ((1 - alpha) * 0.5 * Math.Pow(height, cycle) * (1 + Math.Cos(Math.PI * position / length)) + alpha);
            });
        if (!cycles.AreExact(request.Clock))
            return Formula();
        Schedule Cycle(double top, double bottom) => Shapes.Restarts(request.Clock, cycles.First, cycles.Multiplier, Level.Absolute(top), Level.Absolute(bottom), height, Formula);
        if (height == 1 || alpha == 0)
            return Cycle(initial, initial * alpha);
        // The floor stays while the height above it shrinks.
        return Cycle(initial * (1 - alpha), 0) is var above && above is FormulaSchedule ? above : new SumSchedule(new ConstantSchedule(Level.Absolute(initial * alpha)), above);
    }
}
