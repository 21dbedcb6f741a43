using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Detection;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

public sealed partial class TrainingSession
{
    private const string WeightPrefix = "weights.";
    private const string AveragePrefix = "average.";

    /// <summary>The numbers of the position as JSON; with <see cref="WriteTensors"/> all that is needed to go on.</summary>
    public string CaptureState()
    {
        var state = new JsonObject
        {
            ["epoch"] = Epoch,
            ["batch"] = Batch,
            ["averageUpdates"] = average.Updates,
            ["lossSums"] = new JsonArray(sums.Box, sums.Objectness, sums.Class, sums.Total),
            ["bestAveragePrecision"] = BestAveragePrecision,
            ["bestEpoch"] = BestEpoch,
            ["bestFitness"] = BestFitness,
            ["bestFitnessEpoch"] = BestFitnessEpoch,
            ["lastStep"] = driver.LastStep,
            ["scheduler"] = JsonNode.Parse(driver.CaptureState()),
        };
        if (groups.Steps > 0)
        {
            state["optimizerSteps"] = groups.Steps;
        }

        return state.ToJsonString();
    }

    /// <summary>Writes weights, their average, the optimizer's buffers and gathered gradients as safetensors, in full precision.</summary>
    public void WriteTensors(Stream stream)
    {
        using var scope = NewDisposeScope();
        var tensors = new List<KeyValuePair<string, Tensor>>();
        tensors.AddRange(model.Tensors.Select(tensor => KeyValuePair.Create(WeightPrefix + tensor.Name, tensor.Value)));
        tensors.AddRange(average.Model.Tensors.Select(tensor => KeyValuePair.Create(AveragePrefix + tensor.Name, tensor.Value)));
        tensors.AddRange(groups.NamedBuffers());
        if (step.IsGathering)
        {
            tensors.AddRange(groups.NamedGradients().Select(tensor => KeyValuePair.Create(GradientPrefix(0) + tensor.Key, tensor.Value)));
            for (var other = 1; other <= gradientsOfOthers.Count; other++)
            {
                tensors.AddRange(groups.NamedGradients(gradientsOfOthers[other - 1]).Select(tensor => KeyValuePair.Create(GradientPrefix(other) + tensor.Key, tensor.Value)));
            }
        }

        Safetensors.Write(stream, tensors);
    }

    /// <summary>Writes the averaged weights alone, under YOLOv5's names: what detection and evaluation need.</summary>
    public void WriteWeights(Stream stream) => WeightFile.Write(stream, average.Model, data.ClassNames, options.ImageSize);

    /// <summary>The run's batches, as a state that <see cref="CaptureState"/> gave has them.</summary>
    public static long BatchesOf(string state) => PlanOf(state).TotalBatches;

    /// <summary>Epochs and batches of the run that a state belongs to.</summary>
    /// <param name="state">The JSON.</param>
    internal static TrainingPlan PlanOf(string state)
    {
        using var document = JsonDocument.Parse(state);
        return SchedulerState.FromJson(document.RootElement.GetProperty("scheduler").GetRawText()).Plan;
    }

    /// <summary>Takes up a position that <see cref="CaptureState"/> and <see cref="WriteTensors"/> saved, in a session with the same options, schedule and data.</summary>
    /// <param name="state">The JSON.</param>
    /// <param name="tensors">The safetensors.</param>
    /// <param name="path">Where the tensors come from, for messages.</param>
    /// <param name="isOfOtherLength">Whether the run was made longer or shorter since: position, weights and momentum are taken, and the rates are this session's.</param>
    /// <exception cref="TrainingException">The state belongs to another network or another run.</exception>
    public void Restore(string state, Stream tensors, string path, bool isOfOtherLength = false)
    {
        using var noGrad = no_grad();
        using var content = Safetensors.Read(tensors, path);
        foreach (var tensor in model.Tensors)
        {
            tensor.Value.copy_(Saved(WeightPrefix + tensor.Name, tensor.Value));
        }

        foreach (var tensor in average.Model.Tensors)
        {
            tensor.Value.copy_(Saved(AveragePrefix + tensor.Name, tensor.Value));
        }

        groups.RestoreBuffers(content.Tensors.GetValueOrDefault);
        RestoreGradients(content.Tensors);
        RestoreNumbers(JsonDocument.Parse(state).RootElement, isOfOtherLength);

        Tensor Saved(string name, Tensor like) =>
            content.Tensors.TryGetValue(name, out var saved) && saved.shape.AsSpan().SequenceEqual(like.shape)
                ? saved
                : throw new TrainingException($"{path}: the checkpoint has no tensor '{name}' of the shape {EngineException.Describe(like)}; it belongs to another network.");
    }

    // Each of as many ranks as there were gets its own again. On another number rank 0 gets their sum, which is what the step would have made of them.
    private void RestoreGradients(IReadOnlyDictionary<string, Tensor> saved)
    {
        using var scope = NewDisposeScope();
        ForgetOthers();
        var parts = Enumerable.Range(0, int.MaxValue).TakeWhile(rank => saved.Keys.Any(name => name.StartsWith(GradientPrefix(rank), StringComparison.Ordinal))).Select(Part).ToArray();
        step.IsGathering = parts.Length > 0;
        groups.Optimizer.zero_grad();
        var own = parts.Where((_, rank) => parts.Length == ranks.Size ? rank == ranks.Rank : ranks.Rank == 0);
        foreach (var (gradient, addend) in own.SelectMany(part => groups.Gradients.Zip(part)))
        {
            gradient.Add_(addend);
        }

        if (parts.Length == ranks.Size && ranks.Rank == 0)
        {
            gradientsOfOthers.AddRange(parts[1..].Select(part => Array.ConvertAll(part, gradient => gradient.DetachFromDisposeScope())));
        }

        Tensor[] Part(int rank)
        {
            groups.RestoreGradients(name => saved.GetValueOrDefault(GradientPrefix(rank) + name));
            return [.. groups.Gradients.Select(gradient => gradient.clone())];
        }
    }

    private void RestoreNumbers(JsonElement state, bool isOfOtherLength)
    {
        var numbers = state.GetProperty("lossSums").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var (scheduler, lastStep) = (state.GetProperty("scheduler").GetRawText(), state.GetProperty("lastStep").GetInt64());
        if (isOfOtherLength)
        {
            driver.RestorePosition(scheduler, lastStep);
        }
        else
        {
            driver.Restore(scheduler, lastStep);
        }

        sums = new LossTerms(numbers[0], numbers[1], numbers[2], numbers[3]);
        groups.Steps = state.TryGetProperty("optimizerSteps", out var steps) ? steps.GetInt64() : 0;
        average.Updates = state.GetProperty("averageUpdates").GetInt64();
        BestAveragePrecision = state.GetProperty("bestAveragePrecision").GetDouble();
        BestFitness = state.GetProperty("bestFitness").GetDouble();
        BestFitnessEpoch = state.GetProperty("bestFitnessEpoch").GetInt32();
        BestEpoch = state.GetProperty("bestEpoch").GetInt32();
        Epoch = state.GetProperty("epoch").GetInt32();
        Batch = state.GetProperty("batch").GetInt32();
    }

    // Rank 0 has the name that one process alone has.
    private static string GradientPrefix(int rank) => rank == 0 ? "gradients." : FormattableString.Invariant($"gradients-{rank}.");
}
