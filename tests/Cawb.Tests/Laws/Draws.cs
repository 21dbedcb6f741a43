using Cawb.Yolov5;

namespace Cawb.Tests.Laws;

/// <summary>Random legal schedules of every type, nested to a depth: the same for the same seed.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random random = new(seed);

    public static IReadOnlyList<string> Types { get; } = [.. TextFormats.Schedules.Select(format => format.Name)];

    public double Real(double min, double max) => min + (max - min) * random.NextDouble();

    public int Whole(int min, int max) => random.Next(min, max + 1);

    public bool Chance(double share) => random.NextDouble() < share;

    public TrainingPlan Plan() => TrainingPlan.FromEpochs(Whole(1, 12), Whole(1, 9), Whole(1, 3));

    /// <summary>Any type, plateaus included.</summary>
    public Schedule Any(int depth = 3) =>
        Chance(0.1) ? new PlateauSchedule(Inner(depth), new PlateauRule(Real(0, 0.99), Whole(0, 3), Pick<MetricGoal>(), Real(0, 0.1), Pick<ThresholdMode>(), Whole(0, 2), Level())) : Inner(depth);

    /// <summary>Any type that may stand inside another one.</summary>
    public Schedule Inner(int depth)
    {
        var types = Types.Where(type => type != "plateau" && (depth > 0 || !IsComposition(type))).ToList();
        return Of(types[Whole(0, types.Count - 1)], depth);
    }

    public Schedule Of(string type, int depth) => type switch
    {
        "cawb" => WarmBoots(),
        "constant" => new ConstantSchedule(Level()),
        "linear" => new LinearSchedule(Length(), Level(), Level()),
        "polynomial" => new PolynomialSchedule(Length(), Real(0.2, 4), Level(), Level()),
        "exponential" => new ExponentialSchedule(Real(0.01, 1), Length(), Chance(0.5)),
        "geometric" => new GeometricSchedule(Length(), Positive(), Positive()),
        "step" => new StepSchedule(Length(), Real(0, 1), Real(0, 1)),
        "multiStep" => new MultiStepSchedule(Moments(Whole(0, 4)), Real(0, 2)),
        "inverseTime" => new InverseTimeSchedule(Real(0, 3), Length(), Chance(0.5)),
        "inverseSquareRoot" => new InverseSquareRootSchedule(Length()),
        "cosine" => new CosineSchedule(Length(), Level(), Level()),
        "cosineRestarts" => CosineRestarts(),
        "cyclic" => Cyclic(),
        "oneCycle" => OneCycle(),
        "tanh" => new TanhSchedule(Length(), Level(), Level(), Real(-6, 0), Real(0.1, 3)),
        "kDecay" => KDecay(),
        "rex" => new RexSchedule(Length(), Level(), Level()),
        "warmupStableDecay" => new WarmupStableDecaySchedule(Chance(0.3) ? 0 : Length(), Chance(0.3) ? 0 : Length(), Length(), Level(), Level(), Positive(), Pick<DecayShape>()),
        "warmupStableDecaySimplified" => Simplified(),
        "piecewiseConstant" => PiecewiseConstant(),
        "interpolated" => Interpolated(),
        "yolov5" => new Yolov5Schedule(Whole(1, 12), Real(0, 5), Level(), Real(0, 1), Pick<Yolov5Curve>()),
        "warmup" => new WarmupSchedule(Inner(depth - 1), Length(), Level()),
        "sequence" => Sequence(depth),
        "product" => new ProductSchedule(Parts(Whole(1, 3), depth)),
        "sum" => new SumSchedule(Parts(Whole(1, 3), depth)),
        "scale" => new ScaleSchedule(Inner(depth - 1), Real(0, 3)),
        "clamp" => Clamp(depth),
        "repeat" => new RepeatSchedule(Inner(depth - 1), Length(), Chance(0.3) ? int.MaxValue : Whole(1, 4)),
        "shift" => new ShiftSchedule(Inner(depth - 1), Chance(0.5) ? Length() : -Length()),
        "holdPerEpoch" => new HoldPerEpochSchedule(Inner(depth - 1)),
        "holdFrom" => new HoldFromSchedule(Inner(depth - 1), Length()),
        "switch" => new SwitchSchedule(Inner(depth - 1), Inner(depth - 1), Length()),
        "plateau" => new PlateauSchedule(Inner(depth - 1), new PlateauRule()),
        _ => throw new InvalidOperationException($"The tests draw no schedule of the type {type}."),
    };

    public double Length() => Chance(0.5) ? Whole(1, 10) : Real(0.3, 9);

    public Level Level() => Chance(0.2) ? Cawb.Level.Absolute(Real(0, 0.5)) : Chance(0.3) ? Cawb.Level.Base : Cawb.Level.Factor(Chance(0.2) ? 0 : Real(0, 1.5));

    public IReadOnlyList<Schedule> Parts(int count, int depth) => [.. Enumerable.Range(0, count).Select(_ => Inner(depth - 1))];

    public IReadOnlyList<double> Moments(int count) => [.. Enumerable.Range(0, count).Select(_ => Length()).Distinct().Order()];

    private static bool IsComposition(string type) => type is "warmup" or "sequence" or "product" or "sum" or "scale" or "clamp" or "repeat" or "shift" or "holdPerEpoch" or "holdFrom" or "switch";

    private T Pick<T>() where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return values[Whole(0, values.Length - 1)];
    }

    private Level Positive() => Chance(0.3) ? Cawb.Level.Absolute(Real(0.01, 0.5)) : Cawb.Level.Factor(Real(0.01, 1.5));

    private CawbSchedule WarmBoots()
    {
        var epochs = Chance(0.7) ? Whole(5, 14) : Real(5, 14);
        var warmup = Chance(0.4) ? 0 : Chance(0.5) ? Whole(1, 3) : Real(0.1, 3);
        var boots = Enumerable.Range(0, Whole(0, 4)).Select(_ => Chance(0.6) ? Whole(4, 13) : Real(warmup + 0.01, epochs)).Where(boot => boot > warmup && boot < epochs).Distinct();
        var mode = Pick<EpochScaleMode>();
        return new CawbSchedule(
            epochs, boots, Annealing(), Real(0.1, 1.5), mode == EpochScaleMode.Add ? Real(0, 5) : Real(0.3, 5), mode, warmup, Real(0, 1), Pick<AnnealingUpdate>());
    }

    private Annealing Annealing() => Whole(0, 4) switch
    {
        0 => Cawb.Annealing.Cosine(Real(0.3, 3), Real(-0.2, 1), Real(0.2, 1)),
        1 => Cawb.Annealing.Linear(Real(-0.2, 1), Real(0.2, 1)),
        2 => Cawb.Annealing.Polynomial(Real(0.3, 3), Real(0, 1), Real(0, 1)),
        3 => Cawb.Annealing.Exponential(Real(0.01, 3), Real(0, 1), Real(0, 1)),
        _ => Cawb.Annealing.Expression("(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35"),
    };

    private CosineRestartsSchedule CosineRestarts()
    {
        var moments = Moments(Whole(1, 4));
        var cycles = Chance(0.5) ? CyclePlan.Geometric(Whole(1, 3), Whole(1, 2), Whole(1, 3)) : CyclePlan.FromRestarts(moments.SkipLast(1), moments[^1]);
        var shortest = Enumerable.Range(0, cycles.Count).Min(i => cycles.EndOf(i) - cycles.StartOf(i));
        return new CosineRestartsSchedule(cycles, Level(), Level(), Real(0, 1), Chance(0.5) ? 0 : shortest * Real(0, 0.9));
    }

    private CyclicSchedule Cyclic()
    {
        var mode = Pick<CyclicMode>();
        return new CyclicSchedule(Level(), Level(), Length(), Length(), mode, mode == CyclicMode.Exponential ? Real(0.5, 1) : 1);
    }

    private OneCycleSchedule OneCycle()
    {
        var total = Length();
        return new OneCycleSchedule(total, total * Real(0.05, 0.45), Level(), Level(), Level(), Pick<Interpolation>(), Chance(0.5));
    }

    private KDecaySchedule KDecay()
    {
        var curve = Pick<KDecayCurve>();
        return new KDecaySchedule(Length(), Real(0.3, 3), Level(), Level(), curve, curve == KDecayCurve.Polynomial ? Real(0.3, 3) : 1);
    }

    private WarmupStableDecaySimplifiedSchedule Simplified()
    {
        var (warmup, decay) = (Chance(0.3) ? 0 : Length(), Length());
        var ends = new List<double>();
        for (var i = Whole(1, 3); i > 0; i--)
            ends.Add((ends.Count > 0 ? ends[^1] : warmup) + decay + Real(0.01, 3));
        return new WarmupStableDecaySimplifiedSchedule(warmup, ends, decay, Level(), Level(), Positive(), Pick<DecayShape>());
    }

    private PiecewiseConstantSchedule PiecewiseConstant()
    {
        var moments = Moments(Whole(0, 4));
        return new PiecewiseConstantSchedule(moments, Enumerable.Range(0, moments.Count + 1).Select(_ => Level()));
    }

    private InterpolatedSchedule Interpolated()
    {
        var moments = Moments(Whole(1, 4));
        return new InterpolatedSchedule(moments, moments.Select(_ => Level()), Pick<Interpolation>());
    }

    private SequenceSchedule Sequence(int depth)
    {
        var moments = Moments(Whole(0, 3));
        return new SequenceSchedule(Parts(moments.Count + 1, depth), moments);
    }

    private ClampSchedule Clamp(int depth)
    {
        var (low, high) = (Real(0, 0.5), Real(0.5, 1));
        return new ClampSchedule(Inner(depth - 1), Cawb.Level.Factor(low), Chance(0.5) ? Cawb.Level.Factor(high) : Cawb.Level.Absolute(high));
    }
}
