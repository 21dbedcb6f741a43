using System.Globalization;
using Cawb.Insight;

namespace Cawb.TorchSharp;

/// <summary>Looks whether the optimizer has kept the values that were set at the last step.</summary>
internal sealed class RateWatch(Action<AuditFinding>? found)
{
    public void Look(LearningRateScheduler scheduler, IReadOnlyList<GroupSettings> settings)
    {
        foreach (var parameter in scheduler.Parameters)
        {
            var planned = parameter.Values;
            for (var group = 0; group < planned.Length; group++)
            {
                var applied = settings[group].ValueOf(parameter.Name);
                if (applied != planned[group])
                {
                    Tell(new AuditFinding("external-write", parameter.Name, group, scheduler.Position, 1, planned[group], applied, Sentence(parameter.Name, group, scheduler.Position, planned[group], applied)));
                }
            }
        }
    }

    private static string Sentence(string parameter, int group, long batch, double planned, double applied) => string.Create(
        CultureInfo.InvariantCulture,
        $"At batch {batch} group {group} had the {parameter} {applied:R} in place of the planned {planned:R}: something else writes it, such as a second scheduler or a line of the training loop.");

    private void Tell(AuditFinding finding)
    {
        if (found is null)
        {
            throw new InvalidOperationException(finding.Message);
        }

        found(finding);
    }
}
