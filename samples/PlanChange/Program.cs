// A run of 10 epochs is stopped at epoch 6 and goes on, first with the same schedule and then as a run of 16 epochs.
using System.Globalization;
using Cawb;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// <state>
var plan = TrainingPlan.FromEpochs(10, batchesPerEpoch: 50);
var schedule = new CosineSchedule(durationEpochs: 10, minFactor: 0.1);
var scheduler = new LearningRateScheduler(plan, schedule, 0.1);
while (scheduler.Epochs < 6)
    scheduler.Step();

// A short JSON text, to be stored beside the weights.
var checkpoint = scheduler.CaptureState().ToJson();
// </state>

// <resume>
var resumed = new LearningRateScheduler(plan, schedule, 0.1);
resumed.Restore(SchedulerState.FromJson(checkpoint));
Console.WriteLine($"epoch {resumed.Epochs}: {resumed.LearningRates[0]:F6}");
// </resume>

// <refusal>
var other = new LearningRateScheduler(plan, new CosineSchedule(durationEpochs: 10, minFactor: 0.2), 0.1);
try
{
    other.Restore(SchedulerState.FromJson(checkpoint));
}
catch (ScheduleMismatchException mismatch)
{
    Console.WriteLine(mismatch.Message);
}
// </refusal>

// <change>
var change = PlanChange.Extend(plan, schedule, atEpochs: 6, totalEpochs: 16);
Console.WriteLine(change);
var longer = new LearningRateScheduler(change.PlanAfter, change.After, 0.1);
longer.Restore(SchedulerState.FromJson(checkpoint), change);
for (; !longer.IsFinished; longer.Step())
{
    if (longer.Position % 100 == 0)
        Console.WriteLine($"epoch {longer.Epochs}: {longer.LearningRates[0]:F6}");
}
// </change>
