namespace Cawb.TorchSharp;

/// <summary>Has a TorchSharp optimizer follow schedules.</summary>
public static class OptimizerExtensions
{
    /// <summary>Has every group follow one schedule, step by step.</summary>
    /// <param name="optimizer">Any of TorchSharp's but Rprop.</param>
    /// <param name="schedule">Of the learning rate; the base value of a group is the rate it was made with.</param>
    /// <param name="plan">Length of the run, and batches per epoch; one step is one batch.</param>
    /// <exception cref="InvalidOperationException">The optimizer has a scheduler already.</exception>
    /// <exception cref="NotSupportedException">The optimizer is one that no schedule can drive.</exception>
    public static ScheduledOptimizer Follow(this Optimizer optimizer, Schedule schedule, TrainingPlan plan) => new(optimizer, schedule, plan);

    /// <summary>Has each group follow a schedule of its own.</summary>
    /// <param name="optimizer">Any of TorchSharp's but Rprop.</param>
    /// <param name="schedules">Of the learning rate, one per group in the optimizer's order.</param>
    /// <param name="plan">Length of the run, and batches per epoch; one step is one batch.</param>
    /// <exception cref="ArgumentException">There are not as many schedules as groups.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has a scheduler already.</exception>
    /// <exception cref="NotSupportedException">The optimizer is one that no schedule can drive.</exception>
    public static ScheduledOptimizer Follow(this Optimizer optimizer, IReadOnlyList<Schedule> schedules, TrainingPlan plan) => new(optimizer, schedules, plan);

    /// <summary>Has every group follow one schedule, with one <c>step()</c> after each epoch.</summary>
    /// <param name="optimizer">Any of TorchSharp's but Rprop.</param>
    /// <param name="schedule">Of the learning rate; every batch of an epoch trains with the value at the epoch's start.</param>
    /// <param name="epochs">Length of the run, 1 or more.</param>
    /// <exception cref="InvalidOperationException">The optimizer has a scheduler already.</exception>
    /// <exception cref="NotSupportedException">The optimizer is one that no schedule can drive.</exception>
    public static ScheduledOptimizer FollowPerEpoch(this Optimizer optimizer, Schedule schedule, int epochs) => new(optimizer, schedule, TrainingPlan.FromEpochs(epochs, batchesPerEpoch: 1));
}
