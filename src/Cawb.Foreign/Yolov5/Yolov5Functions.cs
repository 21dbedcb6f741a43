namespace Cawb.Foreign.Yolov5;

/// <summary>The rates of YOLOv5's <c>train.py</c>. Time is in epochs; group 0 holds the biases.</summary>
internal static class Yolov5Functions
{
    private const int UsualGroupCount = 3;

    public static IEnumerable<ForeignFunction> All => [Define("cos_lr", isCosine: true), Define("linear_lr", isCosine: false)];

    private static ForeignFunction Define(string function, bool isCosine) => new(
        $"yolov5.{function}",
        new Signature("epochs, nb, batch_size=16, nbs=64, optimizer=\"SGD\", start_epoch=0, cos_lr=null, hyp"),
        isCosine
            ? "The warm-up includes its last batch and lasts at least 100; after it, epoch e trains with the factor of epoch e - 1, so the last factor is never trained with, and past the end the cosine would rise again."
            : "The warm-up includes its last batch and lasts at least 100; after it, epoch e trains with the factor of epoch e - 1, so the last factor is never trained with, and past the end the line would go on below it.",
        request => Build(request, Yolov5Run.Read(request.Arguments, isCosine)));

    private static ForeignRecipe Build(ForeignRequest request, Yolov5Run run)
    {
        var initialRate = Yolov5Run.Hyper(request.Arguments).Number("lr0");
        var baseRates = request.HasBaseRates ? request.BaseRates : Enumerable.Repeat(initialRate, UsualGroupCount).ToArray();
        List<ForeignOnlySchedule> rates = [.. baseRates.Select((_, group) => new Yolov5LearningRate(run, IsBias: group == 0))];
        List<ForeignOnlySchedule> momenta = request.Arguments.Choice("optimizer", "SGD", "Adam", "AdamW", "RMSProp") == "SGD"
            ? [.. baseRates.Select(_ => new Yolov5Momentum(run))]
            : [];
        return new ForeignRecipe(() => new FunctionScheduler(request.Name, rates, baseRates, baseRates, momenta, run.StartEpoch))
        {
            BaseRates = baseRates,
            LearningRates = rates,
            Momenta = momenta,
            CheckTimes = [.. Enumerable.Range(run.StartEpoch * run.BatchesPerEpoch, Math.Min(2048, Math.Max(1, (run.Epochs - run.StartEpoch) * run.BatchesPerEpoch)))
                .Select(batch => (double)batch / run.BatchesPerEpoch)],
        };
    }
}
