using System.Text.Json;
using TorchSharp;

namespace Cawb.TorchSharp.Tests;

public sealed class ReferenceTests
{
    public static TheoryData<string> Cases => [.. TorchCase.All.Where(found => !found.IsRoundingFault).Select(found => found.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_real_optimizer_gets_PyTorchs_numbers_at_every_step(string id)
    {
        var asked = TorchCase.All.Single(found => found.Id == id);
        using var optimizer = Fresh(asked);
        if (asked.EndsInConstructor)
        {
            Assert.ThrowsAny<ArgumentException>(() => NamedScheduler.Make(optimizer, asked));
            return;
        }

        var scheduled = NamedScheduler.Make(optimizer, asked);
        var (rates, momenta) = (asked.Rates, asked.Momenta);
        for (var call = 0; call < rates[0].Length; call++)
        {
            if (call > 0 && !Step(scheduled, asked, call - 1))
                break;
            for (var group = 0; group < rates.Length; group++)
            {
                asked.AssertClose(rates[group], call, Optimizers.Rates(optimizer)[group], $"rate of group {group}");
                Assert.Equal(Optimizers.Rates(optimizer)[group], scheduled.get_last_lr().ElementAt(group));
                if (momenta is not null)
                    asked.AssertClose(momenta[group], call, Optimizers.Momenta(optimizer)[group], $"momentum of group {group}");
            }
        }
    }

    [Fact]
    public void A_restart_that_PyTorch_misses_by_a_rounded_logarithm_comes_here()
    {
        foreach (var asked in TorchCase.All.Where(found => found.IsRoundingFault))
        {
            using var optimizer = Fresh(asked);
            var scheduled = NamedScheduler.Make(optimizer, asked);
            var missed = 0;
            for (var call = 0; call < asked.Rates[0].Length; call++)
            {
                if (call > 0)
                    Step(scheduled, asked, call - 1);
                var (theirs, ours) = (asked.Rates[0][call], Optimizers.Rates(optimizer)[0]);
                // The last value of a cycle in place of the first of the next one.
                if (theirs == asked.Number("eta_min", 0) && ours == asked.BaseRates[0])
                    missed++;
                else
                    asked.AssertClose(asked.Rates[0], call, ours, "rate");
            }

            Assert.NotEqual(0, missed);
        }
    }

    private static torch.optim.Optimizer Fresh(TorchCase asked)
    {
        torch.optim.Optimizer optimizer = asked.Has("optimizer") ? Optimizers.Adam(asked.BaseRates) : Optimizers.Sgd(asked.BaseRates);
        if (asked.Has("resume_groups"))
        {
            var groups = asked.Parameters.GetProperty("resume_groups");
            foreach (var (group, i) in optimizer.ParamGroups.Select((group, i) => (group, i)))
            {
                group.InitialLearningRate = groups.GetProperty("initial_lr")[i].GetDouble();
                group.LearningRate = groups.GetProperty("lr")[i].GetDouble();
            }
        }

        return optimizer;
    }

    /// <summary>One call as the case has it; false where TorchSharp's own signature cannot say it: it takes whole epochs, PyTorch fractions too.</summary>
    private static bool Step(ScheduledOptimizer scheduled, TorchCase asked, int call)
    {
        if (asked.Has("metrics"))
        {
            scheduled.step(TorchCase.Numbers(asked.Parameters.GetProperty("metrics"))[call]);
            return true;
        }

        if (!asked.Has("step_args"))
        {
            scheduled.step();
            return true;
        }

        var argument = asked.Parameters.GetProperty("step_args")[call];
        if (argument.ValueKind == JsonValueKind.Null)
        {
            scheduled.step();
            return true;
        }

        if (argument.GetDouble() != Math.Floor(argument.GetDouble()))
            return false;
        scheduled.step((int?)argument.GetDouble());
        return true;
    }
}
