// Reads a schedule from a file and prints its rates beside those of a scheduler of PyTorch. Compiled ahead of time it is one file of a few megabytes that needs no .NET:
//   dotnet publish samples/NativeAot -c Release
//   NativeAot schedule.json
using System.Globalization;
using Cawb;
using Cawb.Foreign;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var path])
{
    Console.Error.WriteLine("Give the file of a schedule, such as samples/NativeAot/schedule.json.");
    return 2;
}

try
{
    var plan = TrainingPlan.FromEpochs(epochs: 30, batchesPerEpoch: 100);
    var ours = new LearningRateScheduler(plan, ScheduleText.Load(path), 0.1);
    // PyTorch counts steps, here one after every batch; on a plan of one batch per epoch a step is an epoch.
    var cosine = ForeignSchedules.Create("torch.CosineAnnealingLR", """{"T_max": 3000, "eta_min": 0.005}""", [0.1]);
    var theirs = new LearningRateScheduler(TrainingPlan.FromBatches(plan.TotalBatches, batchesPerEpoch: 1), cosine.LearningRates[0], 0.1);

    Console.WriteLine("epoch   the file   CosineAnnealingLR");
    for (; !ours.IsFinished; ours.Step(), theirs.Step())
    {
        // A batch would be trained here.
        if (ours.Epochs % 5 == 0)
            Console.WriteLine($"{ours.Epochs,5}   {ours.LearningRates[0]:F6}   {theirs.LearningRates[0]:F6}");
    }

    return 0;
}
catch (ScheduleTextException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
