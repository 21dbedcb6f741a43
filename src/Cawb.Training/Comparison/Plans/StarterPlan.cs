using System.Text.Json;
using Cawb.Training.Options;

namespace Cawb.Training.Comparison.Plans;

/// <summary>A plan to start from: YOLOv5's own schedule against CAWB, with as many seeds as a difference of two arms needs.</summary>
public static class StarterPlan
{
    private const string Digits = "data/digits";
    private const string Baseline = "YOLOv5 linear";

    // The fewest pairs whose exact test can give p < 0.05.
    private const int Seeds = 6;

    /// <summary>A plan.</summary>
    /// <param name="name">Of the comparison.</param>
    /// <param name="data">The data set; null for the digits.</param>
    /// <param name="digits">Hyper-parameters that suit the digits.</param>
    public static ComparisonPlan Of(string name, string? data, HyperParameters digits)
    {
        var epochs = data is null ? 20 : 100;
        return new ComparisonPlan(
            name,
            "Replace this by the question that the comparison is to answer. Every arm trains with every seed; the others are held against the baseline, seed by seed.",
            data ?? Digits,
            epochs,
            Enumerable.Range(0, Seeds),
            Baseline,
            Options(data is null, digits),
            [
                Arm(Baseline, FormattableString.Invariant($$"""{"type":"yolov5","epochs":{{epochs}},"warmupEpochs":0}""")),
                Arm("CAWB", FormattableString.Invariant(
                    $$"""{"type":"cawb","epochs":{{epochs}},"bootEpochs":[{{epochs / 5}},{{epochs * 11 / 20}}],"annealing":{"type":"cosine","scale":0.65,"offset":0.35},"stepScale":0.7,"epochScale":4}""")),
            ],
            [])
        { DataCommand = data is null ? "./cawb data digits" : "" };
    }

    private static ComparisonArm Arm(string name, string schedule) => new(name, schedule, OptionValues.None);

    private static OptionValues Options(bool areDigits, HyperParameters digits)
    {
        var shared = OptionValues.None
            .With(TrainOption.Of(nameof(TrainOptions.Model)), JsonSerializer.SerializeToElement("n"))
            .With(TrainOption.Of(nameof(TrainOptions.BatchSize)), JsonSerializer.SerializeToElement(16))
            .With(TrainOption.Of(nameof(TrainOptions.ImageSize)), JsonSerializer.SerializeToElement(areDigits ? 96 : 640))
            .With(TrainOption.Of(nameof(TrainOptions.Warmup)), JsonSerializer.SerializeToElement("yolov5"));
        return areDigits
            ? shared.With(TrainOption.Of(nameof(TrainOptions.HyperParameters)), HyperParameterFile.Changed(digits))
            : shared;
    }
}
