namespace Cawb.Code;

/// <summary>The schedule types in Python. Each does what its type's evaluation does, operation by operation where a rounding would show, with comparisons at the boundaries.</summary>
internal static class PythonSources
{
    /// <summary>Functions that several types call; a curve goes from a start at progress 0 to an end at 1.</summary>
    public static IReadOnlyDictionary<string, string> Functions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["periods_up_to"] = """
            def periods_up_to(period, t):
                # The quotient is rounded; the products decide.
                count = math.floor(t / period)
                if (count + 1) * period <= t:
                    return count + 1
                return count - 1 if count * period > t else count
            """,
        ["linear_curve"] = """
            def linear_curve(start, end, progress):
                return end + (start - end) * (1 - progress)
            """,
        ["cosine_curve"] = """
            def cosine_curve(start, end, progress):
                return end + (start - end) * (1 + math.cos(math.pi * progress)) / 2
            """,
        ["mirror_cosine_curve"] = """
            def mirror_cosine_curve(start, end, progress):
                return end + (start - end) * (2 * (1 - progress) - (1 + math.cos(math.pi * progress)) / 2)
            """,
        ["square_root_curve"] = """
            def square_root_curve(start, end, progress):
                return end + (start - end) * (1 - math.sqrt(progress))
            """,
        ["square_curve"] = """
            def square_curve(start, end, progress):
                return end + (start - end) * (1 - progress * progress)
            """,
        ["exponential_curve"] = """
            def exponential_curve(start, end, progress):
                if start == end or progress == 1:
                    return end
                start, end = start or 1e-300 * end, end or 1e-300 * start  # the curve has no 0
                return start * (end / start) ** progress
            """,
        ["inverse_proportional_curve"] = """
            def inverse_proportional_curve(start, end, progress):
                if start == end or progress == 1:
                    return end
                start, end = start or 1e-6 * end, end or 1e-6 * start  # the curve has no 0
                return 1 / (progress / end + (1 - progress) / start)
            """,
        ["plateau"] = """
            def plateau(value, reductions, factor, min_value=0, min_change=0):
                # The value after so many reductions.
                for _ in range(reductions):
                    reduced = max(value * factor, min(value, min_value))
                    if value - reduced <= min_change:
                        break
                    value = reduced
                return value
            """,
    };

    /// <summary>The type whose levels are not all that depends on the base: its helper takes the base as well.</summary>
    public const string WithBase = "yolov5";

    /// <summary>The bodies of the helpers of types, by the types' names in the text form; parameters are t, the time in epochs, and the fields.</summary>
    public static IReadOnlyDictionary<string, string> Bodies { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cawb"] = """
            boots = bisect.bisect_right(boot_epochs, t)
            start, end = [warmup_epochs, *boot_epochs, epochs][boots : boots + 2]
            length = end - start
            if boots < len(boot_epochs):
                length = length * epoch_scale if epoch_scale_mode == "multiply" else length + epoch_scale
            if t < warmup_epochs:
                return warmup_start_factor + (annealing(0, length) - warmup_start_factor) * t / warmup_epochs
            if t < epochs and annealing_update == "perEpoch":
                t = max(math.floor(t), start)
            x = min(min(t, epochs) - start, length)
            return step_scale**boots * annealing(x, length)
            """,
        ["linear"] = """
            return end + (start - end) * (1 - min(t / duration_epochs, 1))
            """,
        ["polynomial"] = """
            return end + (start - end) * (1 - min(t / duration_epochs, 1)) ** power
            """,
        ["exponential"] = """
            return factor ** (periods_up_to(interval_epochs, t) if is_staircase else t / interval_epochs)
            """,
        ["geometric"] = """
            return exponential_curve(start, end, min(t / duration_epochs, 1))
            """,
        ["step"] = """
            return max(factor ** periods_up_to(interval_epochs, t), min_factor)
            """,
        ["multiStep"] = """
            return factor ** bisect.bisect_right(milestone_epochs, t)
            """,
        ["inverseTime"] = """
            return 1 / (1 + rate * (periods_up_to(interval_epochs, t) if is_staircase else t / interval_epochs))
            """,
        ["inverseSquareRoot"] = """
            return math.sqrt(timescale_epochs / (t + timescale_epochs))
            """,
        ["cosine"] = """
            return end + (start - end) * (1 + math.cos(math.pi * min(t / duration_epochs, 1))) / 2
            """,
        ["cosineRestarts"] = """
            if t >= total_epochs:
                return end
            cycle = bisect.bisect_right(restarts, t)
            cycle_start, cycle_end = [0, *restarts, total_epochs][cycle : cycle + 2]
            peak = start * peak_factor**cycle
            if start >= end:
                peak = max(peak, end)
            x = t - cycle_start
            if x < warmup_epochs:
                return end + (peak - end) * x / warmup_epochs
            progress = (x - warmup_epochs) / (cycle_end - cycle_start - warmup_epochs)
            return end + (peak - end) * (1 + math.cos(math.pi * progress)) / 2
            """,
        ["cyclic"] = """
            cycle_epochs = rise_epochs + fall_epochs
            cycle = periods_up_to(cycle_epochs, t)
            x = t - cycle * cycle_epochs
            height = 0.5**cycle if mode == "halving" else decay**t
            share = x / rise_epochs if x <= rise_epochs else max((cycle_epochs - x) / fall_epochs, 0)
            return start + (peak - start) * share * height
            """,
        ["oneCycle"] = """
            fall_start = 2 * rise_epochs if has_three_phases else rise_epochs
            if t < rise_epochs:
                return interpolation(start, peak, t / rise_epochs)
            if t < fall_start:
                return interpolation(peak, start, (t - rise_epochs) / rise_epochs)
            top = start if has_three_phases else peak
            return interpolation(top, end, min((t - fall_start) / (total_epochs - fall_start), 1))
            """,
        ["tanh"] = """
            u = min(t / duration_epochs, 1)
            return end + (start - end) * (1 - math.tanh(lower * (1 - u) + upper * u)) / 2
            """,
        ["kDecay"] = """
            bent = min(t / duration_epochs, 1) ** k
            share = (1 + math.cos(math.pi * bent)) / 2 if curve == "cosine" else (1 - bent) ** power
            return end + (start - end) * share
            """,
        ["rex"] = """
            left = 1 - min(t / duration_epochs, 1)
            return end + (start - end) * left / (0.5 + left / 2)
            """,
        ["warmupStableDecay"] = """
            decay_start = warmup_epochs + stable_epochs
            decay_end = decay_start + decay_epochs
            if t < warmup_epochs:
                return start + (peak - start) * t / warmup_epochs
            if t < decay_start:
                return peak
            return shape(peak, end, min((t - decay_start) / (decay_end - decay_start), 1))
            """,
        ["warmupStableDecaySimplified"] = """
            if t < warmup_epochs:
                return start + (peak - start) * t / warmup_epochs
            decays = bisect.bisect_right(decay_end_epochs, t)
            if decays == len(decay_end_epochs):
                return end
            decay_end = decay_end_epochs[decays]
            decay_start = decay_end - decay_epochs
            return shape(peak, end, (t - decay_start) / (decay_end - decay_start)) if t >= decay_start else peak
            """,
        ["piecewiseConstant"] = """
            return levels[bisect.bisect_right(boundary_epochs, t)]
            """,
        ["interpolated"] = """
            i = bisect.bisect_right(point_epochs, t)
            if i == 0 or i == len(point_epochs):
                return levels[0 if i == 0 else -1]
            progress = (t - point_epochs[i - 1]) / (point_epochs[i] - point_epochs[i - 1])
            return interpolation(levels[i - 1], levels[i], progress)
            """,
        ["yolov5"] = """
            t = min(t, epochs)
            epoch = min(math.floor(t), epochs - 1)
            if t <= warmup_epochs and warmup_epochs > 0:
                peak = base * curve(1, final_factor, epoch / epochs)
                return start + (peak - start) * t / warmup_epochs
            if epoch != math.floor(warmup_epochs):
                epoch = max(epoch - 1, 0)  # after the warm-up YOLOv5's scheduler is one epoch behind
            return base * curve(1, final_factor, epoch / epochs)
            """,
        ["warmup"] = """
            if t >= warmup_epochs:
                return schedule(t - warmup_epochs)
            return start + (schedule(0) - start) * t / warmup_epochs
            """,
        ["sequence"] = """
            i = bisect.bisect_right(boundary_epochs, t)
            return parts[i](t - [0, *boundary_epochs][i])
            """,
        ["repeat"] = """
            if t >= times * period_epochs:
                return schedule(period_epochs)
            return schedule(t - periods_up_to(period_epochs, t) * period_epochs)
            """,
    };
}
