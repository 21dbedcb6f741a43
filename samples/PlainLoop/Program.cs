// A line is fitted by hand-written gradient descent; Cawb gives the rate of every batch. No training framework is needed.
using System.Globalization;
using Cawb;

const int Epochs = 20;
const int BatchesPerEpoch = 10;

// Warm boots at epochs 8 and 14 on a cosine, a warm-up of one epoch in front.
var plan = TrainingPlan.FromEpochs(Epochs, BatchesPerEpoch);
var schedule = new CawbSchedule(Epochs, [8, 14], Annealing.CosineTo(0.1), stepScale: 0.7, warmupEpochs: 1);
var scheduler = new LearningRateScheduler(plan, schedule, 0.6);

var (slope, offset) = (0.0, 0.0);
for (; !scheduler.IsFinished; scheduler.Step())
{
    foreach (var happened in scheduler.ReachedEvents)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {happened.Epochs,2}  {happened.Kind,-9}  rate {scheduler.LearningRates[0]:0.0000}  slope {slope:0.000}  offset {offset:0.000}"));
    }

    // The points of batch b lie on y = 3 x - 1.
    var (slopeGradient, offsetGradient) = (0.0, 0.0);
    for (var i = 0; i < 8; i++)
    {
        var x = ((scheduler.Position * 8) + i) * 0.618034 % 1;
        var error = (slope * x) + offset - ((3 * x) - 1);
        slopeGradient += error * x / 4;
        offsetGradient += error / 4;
    }

    slope -= scheduler.LearningRates[0] * slopeGradient;
    offset -= scheduler.LearningRates[0] * offsetGradient;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"y = {slope:0.00} x + {offset:0.00}"));
