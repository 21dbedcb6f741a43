// A TorchSharp model with two parameter groups, each on a schedule of its own, momentum driven too.
using System.Globalization;
using Cawb;
using Cawb.TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

// Debian 12 and Ubuntu 22.04 have an older C++ library than TorchSharp asks for.
OlderLinux.Enable();
random.manual_seed(1);

var hidden = nn.Linear(4, 16);
var output = nn.Linear(16, 1);
var model = nn.Sequential(hidden, nn.ReLU(), output);
using var optimizer = new SGD(
    [
        new SGD.ParamGroup(hidden.parameters(), new SGD.Options { LearningRate = 0.05 }),
        new SGD.ParamGroup(output.parameters(), new SGD.Options { LearningRate = 0.02 }),
    ],
    lr: 0.05,
    momentum: 0.9);

const int Epochs = 12;
const int BatchesPerEpoch = 20;
var plan = TrainingPlan.FromEpochs(Epochs, BatchesPerEpoch);
var scheduler = optimizer
    .Follow([new CawbSchedule(Epochs, [6], Annealing.Cosine(), stepScale: 0.7), new CosineSchedule(Epochs)], plan)
    .WithMomentum(new LinearSchedule(2, Level.Absolute(0.8), Level.Base));

// Any name of PyTorch would do in its place, with PyTorch's numbers:
//   var scheduler = schedulers.OneCycleLR(optimizer, max_lr: 0.1, epochs: Epochs, steps_per_epoch: BatchesPerEpoch);
while (!scheduler.IsFinished)
{
    // Tensors of a batch end with its scope.
    using var scope = NewDisposeScope();
    var inputs = randn(32, 4);
    var targets = inputs.sum(1, keepdim: true).tanh();
    var loss = nn.functional.mse_loss(model.forward(inputs), targets);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    scheduler.step();
    if (scheduler.Position % BatchesPerEpoch == 0)
    {
        var rates = string.Join(", ", scheduler.get_last_lr().Select(rate => rate.ToString("0.0000", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {scheduler.Position / BatchesPerEpoch,2}  loss {loss.item<float>():0.0000}  next rates {rates}"));
    }
}
