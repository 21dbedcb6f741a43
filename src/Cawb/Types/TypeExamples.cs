namespace Cawb.Types;

/// <summary>One schedule of each type, over a run of 100 epochs, and one annealing: to look at, to paste, to begin with.</summary>
internal static class TypeExamples
{
    private static readonly Dictionary<string, string> Schedules = new(StringComparer.Ordinal)
    {
        ["cawb"] = """{"type": "cawb", "epochs": 100, "bootEpochs": [30, 60, 85], "annealing": {"type": "cosine"}, "stepScale": 0.8, "warmupEpochs": 3}""",
        ["constant"] = """{"type": "constant", "level": 0.5}""",
        ["linear"] = """{"type": "linear", "durationEpochs": 100, "end": 0.01}""",
        ["polynomial"] = """{"type": "polynomial", "durationEpochs": 100, "power": 2}""",
        ["exponential"] = """{"type": "exponential", "factor": 0.97, "intervalEpochs": 1}""",
        ["geometric"] = """{"type": "geometric", "durationEpochs": 100, "start": 1, "end": 0.01}""",
        ["step"] = """{"type": "step", "intervalEpochs": 30, "factor": 0.1}""",
        ["multiStep"] = """{"type": "multiStep", "milestoneEpochs": [60, 85], "factor": 0.1}""",
        ["inverseTime"] = """{"type": "inverseTime", "rate": 1, "intervalEpochs": 20}""",
        ["inverseSquareRoot"] = """{"type": "inverseSquareRoot", "timescaleEpochs": 10}""",
        ["cosine"] = """{"type": "cosine", "durationEpochs": 100, "end": 0.01}""",
        ["cosineRestarts"] = """{"type": "cosineRestarts", "restarts": [15, 45], "totalEpochs": 100, "end": 0.05}""",
        ["cyclic"] = """{"type": "cyclic", "start": 0.1, "riseEpochs": 10, "fallEpochs": 15}""",
        ["oneCycle"] = """{"type": "oneCycle", "totalEpochs": 100, "riseEpochs": 30, "start": 0.04, "end": 0.000004}""",
        ["tanh"] = """{"type": "tanh", "durationEpochs": 100}""",
        ["kDecay"] = """{"type": "kDecay", "durationEpochs": 100, "k": 2}""",
        ["rex"] = """{"type": "rex", "durationEpochs": 100}""",
        ["warmupStableDecay"] = """{"type": "warmupStableDecay", "warmupEpochs": 5, "stableEpochs": 75, "decayEpochs": 20}""",
        ["warmupStableDecaySimplified"] = """{"type": "warmupStableDecaySimplified", "warmupEpochs": 5, "decayEpochs": 10, "decayEndEpochs": [50, 100], "end": 0.1}""",
        ["piecewiseConstant"] = """{"type": "piecewiseConstant", "boundaryEpochs": [40, 70], "levels": [1, 0.3, 0.1]}""",
        ["interpolated"] = """{"type": "interpolated", "pointEpochs": [0, 10, 100], "levels": [0.1, 1, 0.01]}""",
        ["yolov5"] = """{"type": "yolov5", "epochs": 100, "warmupEpochs": 3}""",
        ["warmup"] = """{"type": "warmup", "warmupEpochs": 10, "schedule": {"type": "cosine", "durationEpochs": 90}}""",
        ["sequence"] = """{"type": "sequence", "boundaryEpochs": [40], "parts": [{"type": "constant"}, {"type": "cosine", "durationEpochs": 60}]}""",
        ["product"] = """{"type": "product", "parts": [{"type": "cosine", "durationEpochs": 100}, {"type": "step", "intervalEpochs": 50, "factor": 0.5}]}""",
        ["sum"] = """{"type": "sum", "parts": [{"type": "cosine", "durationEpochs": 100}, {"type": "constant", "level": 0.1}]}""",
        ["scale"] = """{"type": "scale", "factor": 0.5, "schedule": {"type": "cosine", "durationEpochs": 100}}""",
        ["clamp"] = """{"type": "clamp", "min": 0.2, "max": 0.8, "schedule": {"type": "cosine", "durationEpochs": 100}}""",
        ["repeat"] = """{"type": "repeat", "periodEpochs": 25, "times": 4, "schedule": {"type": "cosine", "durationEpochs": 25}}""",
        ["shift"] = """{"type": "shift", "offsetEpochs": 20, "schedule": {"type": "cosine", "durationEpochs": 80}}""",
        ["holdPerEpoch"] = """{"type": "holdPerEpoch", "schedule": {"type": "exponential", "factor": 0.9, "intervalEpochs": 1}}""",
        ["holdFrom"] = """{"type": "holdFrom", "fromEpochs": 60, "schedule": {"type": "cosine", "durationEpochs": 100}}""",
        ["switch"] = """{"type": "switch", "atEpochs": 50, "before": {"type": "cosine", "durationEpochs": 100}, "after": {"type": "linear", "durationEpochs": 100}}""",
        ["plateau"] = """{"type": "plateau", "factor": 0.5, "patience": 3, "goal": "maximize", "schedule": {"type": "cosine", "durationEpochs": 100}}""",
    };

    private static readonly Dictionary<string, string> Annealings = new(StringComparer.Ordinal)
    {
        ["cosine"] = """{"type": "cosine"}""",
        ["linear"] = """{"type": "linear"}""",
        ["polynomial"] = """{"type": "polynomial", "power": 2}""",
        ["exponential"] = """{"type": "exponential", "ratio": 0.1}""",
    };

    /// <summary>Strict JSON that <see cref="ScheduleText"/> reads.</summary>
    public static string OfSchedule(string type) => Schedules[type];

    /// <summary>Strict JSON that stands for an annealing in it.</summary>
    public static string OfAnnealing(string type) => Annealings[type];
}
