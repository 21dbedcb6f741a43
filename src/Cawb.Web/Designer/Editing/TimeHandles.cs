using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Types;

namespace Cawb.Web.Designer.Editing;

/// <summary>The times of a part of a schedule: where they are on the clock of the run, and the texts that moving them gives.</summary>
public sealed class TimeHandles
{
    // Single times that are a moment of their part's clock. The others are lengths without one.
    private static readonly string[] Moments = ["epochs", "durationEpochs", "totalEpochs", "warmupEpochs", "riseEpochs", "fromEpochs", "atEpochs", "offsetEpochs", "periodEpochs"];

    private readonly ScheduleTree tree;
    private readonly TreeNode node;
    private readonly double origin;

    /// <summary>Of one part.</summary>
    /// <param name="tree">The schedule.</param>
    /// <param name="path">Of the part.</param>
    /// <param name="runEpochs">Length of the run.</param>
    public TimeHandles(ScheduleTree tree, string path, double runEpochs)
    {
        ArgumentNullException.ThrowIfNull(tree);
        this.tree = tree;
        node = tree.Find(path);
        origin = OriginOf(tree.Root, node.Path);
        All = [.. (node.Type?.Fields ?? []).SelectMany(field => HandlesOf(field, runEpochs))];
        ListField = node.Type?.Fields.FirstOrDefault(field => field.Kind == FieldKind.Times && !node.HasParts)?.Name ?? "";
    }

    /// <summary>In the order of the fields.</summary>
    public IReadOnlyList<TimeHandle> All { get; }

    /// <summary>The field to which moments can be added; empty for none. The boundaries between parts come and go with the parts.</summary>
    public string ListField { get; }

    /// <summary>The text with a time at another moment of the run.</summary>
    /// <param name="handle">The time.</param>
    /// <param name="at">The moment, in epochs.</param>
    public string Moved(TimeHandle handle, double at)
    {
        ArgumentNullException.ThrowIfNull(handle);
        // What decimal fractions leave behind is no part of a moment.
        var value = Math.Round(Math.Clamp(at, handle.Minimum, handle.Maximum) - handle.Origin, 9);
        return handle.Index < 0 ? tree.WithField(node.Path, handle.Field, Number(value)) : WithTimes(handle.Field, [.. Times(handle.Field).Select((time, i) => i == handle.Index ? value : time)]);
    }

    /// <summary>The text without a time of a list.</summary>
    /// <param name="handle">Of a list.</param>
    public string Without(TimeHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var left = Times(handle.Field).Where((_, i) => i != handle.Index);
        return WithTimes(handle.Field, [.. left], levels => levels.RemoveAt(Math.Min(LevelAt(handle.Field, handle.Index), levels.Count - 1)));
    }

    /// <summary>The text with one more moment in <see cref="ListField"/>.</summary>
    /// <param name="at">A moment of the run, in epochs.</param>
    public string With(double at)
    {
        var (value, times) = (Math.Round(at - origin, 9), Times(ListField));
        var index = times.Count(time => time < value);
        return WithTimes(ListField, [.. times.Take(index), value, .. times.Skip(index)], levels =>
        {
            var place = Math.Min(LevelAt(ListField, index), levels.Count);
            levels.Insert(place, levels[Math.Max(0, place - 1)]?.DeepClone());
        });
    }

    /// <summary>A moment where there is room for one more in <see cref="ListField"/>: the middle of the longest stretch.</summary>
    /// <param name="runEpochs">Length of the run.</param>
    public double Free(double runEpochs)
    {
        double[] bounds = [origin, .. All.Where(handle => handle.Field == ListField || handle.Field == "warmupEpochs").Select(handle => handle.At).Order(), runEpochs];
        var (from, to) = bounds.Zip(bounds.Skip(1)).MaxBy(stretch => stretch.Second - stretch.First);
        var middle = (from + to) / 2;
        return to - from > 2 ? Math.Round(middle) : middle;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Levels stand beside the moments: one for each, or one more, of which the first is before them all.
    private static int LevelAt(string field, int index) => field == "boundaryEpochs" ? index + 1 : index;

    private static double OriginOf(TreeNode above, string path)
    {
        var child = above.Children.FirstOrDefault(child => child.Path == path || path.StartsWith(child.Path + "/", StringComparison.Ordinal));
        return child is null ? 0 : StartOf(above, child) + OriginOf(child, path);
    }

    // When the clock of a part begins on that of the one around it.
    private static double StartOf(TreeNode above, TreeNode child) => above.TypeName switch
    {
        "warmup" => above.Number("warmupEpochs") ?? 0,
        "shift" => above.Number("offsetEpochs") ?? 0,
        "sequence" when int.TryParse(child.Path.Split('/')[^1], out var index) && index > 0 && above.Json["boundaryEpochs"] is JsonArray boundaries && index <= boundaries.Count => TreeNode.NumberOf(boundaries[index - 1]) ?? 0,
        _ => 0,
    };

    private static string LabelOf(string field, int index) => field switch
    {
        "bootEpochs" => $"boot {index + 1}",
        "restarts" => $"restart {index + 1}",
        "milestoneEpochs" => $"milestone {index + 1}",
        "boundaryEpochs" => $"boundary {index + 1}",
        "pointEpochs" => $"point {index + 1}",
        "decayEndEpochs" => $"decay end {index + 1}",
        "warmupEpochs" => "warm-up end",
        "riseEpochs" => "end of the rise",
        "epochs" or "durationEpochs" or "totalEpochs" => "end",
        "periodEpochs" => "first repetition's end",
        "offsetEpochs" => "start",
        "atEpochs" => "switch",
        "fromEpochs" => "hold",
        _ => index < 0 ? field : $"{field} {index + 1}",
    };

    private IEnumerable<TimeHandle> HandlesOf(ScheduleField field, double runEpochs)
    {
        if (field.Kind == FieldKind.Time && Moments.Contains(field.Name) && node.Number(field.Name) is { } single)
        {
            yield return new(field.Name, -1, LabelOf(field.Name, -1), origin, single, origin, Math.Max(runEpochs, origin + single), CanGo: false);
        }

        if (field.Kind == FieldKind.Times)
        {
            var times = Times(field.Name);
            for (var i = 0; i < times.Count; i++)
            {
                var before = i > 0 ? origin + times[i - 1] : origin;
                var after = i < times.Count - 1 ? origin + times[i + 1] : Math.Max(runEpochs, origin + times[i]);
                yield return new(field.Name, i, LabelOf(field.Name, i), origin, times[i], Math.Min(before, origin + times[i]), Math.Max(after, origin + times[i]), CanGo: !node.HasParts);
            }
        }
    }

    private List<double> Times(string field) => node.Json[field] is JsonArray list ? [.. list.Select(TreeNode.NumberOf).OfType<double>()] : [];

    private string WithTimes(string field, IReadOnlyList<double> times, Action<JsonArray>? changeLevels = null)
    {
        var text = tree.WithField(node.Path, field, $"[{string.Join(',', times.Select(Number))}]");
        if (changeLevels is null || node.Json["levels"]?.DeepClone() is not JsonArray { Count: > 0 } levels)
        {
            return text;
        }

        changeLevels(levels);
        return ScheduleTree.Of(text)?.WithField(node.Path, "levels", levels.ToJsonString()) ?? text;
    }
}
