// Trains to a step, saves, and goes on in another process with the same bits.
//   dotnet run -- SGD 30                      straight to step 30
//   dotnet run -- SGD 11 save checkpoint      to step 11, then saves
//   dotnet run -- SGD 30 load checkpoint      goes on from the checkpoint to step 30
// The last line names the weights: two runs that print the same name have the same weights, bit for bit.
using System.Security.Cryptography;
using Cawb;
using Cawb.TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

OlderLinux.Enable();
set_num_threads(1);
random.manual_seed(1);

var (kind, steps) = (args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
Linear[] layers = [nn.Linear(4, 8), nn.Linear(8, 8), nn.Linear(8, 1)];
var model = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2]);
using var optimizer = Make(kind);

var plan = TrainingPlan.FromEpochs(epochs: 5, batchesPerEpoch: 8);
var scheduler = optimizer
    .Follow([new CawbSchedule(5, [2], Annealing.Cosine()), new OneCycleSchedule(5), new CosineSchedule(5, minFactor: 0.1)], plan)
    .WithMomentum(new LinearSchedule(2, Level.Absolute(0.8), Level.Base));

if (args is [_, _, "load", var path])
{
    using var reader = new BinaryReader(File.OpenRead(path));
    model.load(reader);
    scheduler.load_state_dict(reader);
}

for (; scheduler.Position < steps; scheduler.step())
{
    using var scope = NewDisposeScope();
    // Data are a function of the position, so that a resumed run sees what it would have seen.
    using var generator = new Generator((ulong)scheduler.Position);
    var inputs = randn(16, 4, generator: generator);
    var loss = nn.functional.mse_loss(model.forward(inputs), inputs.sum(1, keepdim: true));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
}

if (args is [_, _, "save", var target])
{
    // Under another name first: a program that is killed here leaves the checkpoint before.
    using (var writer = new BinaryWriter(File.Create(target + ".part")))
    {
        model.save(writer);
        scheduler.save_state_dict(writer);
    }

    File.Move(target + ".part", target, overwrite: true);
}

using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
foreach (var parameter in model.parameters())
{
    sum.AppendData(parameter.bytes);
}

Console.WriteLine($"step {scheduler.Position}, weights {Convert.ToHexStringLower(sum.GetHashAndReset())}");

OptimizerHelper Make(string name) => name switch
{
    "SGD" => new SGD(layers.Select((layer, i) => new SGD.ParamGroup(layer.parameters(), new SGD.Options { LearningRate = 0.1 / (i + 1) })), 0.1, momentum: 0.9),
    "AdamW" => new AdamW(layers.Select((layer, i) => new AdamW.ParamGroup(layer.parameters(), new AdamW.Options { LearningRate = 0.01 / (i + 1) })), 0.01),
    _ => throw new ArgumentException($"{name} is none of SGD and AdamW."),
};
