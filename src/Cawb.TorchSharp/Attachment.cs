using System.Runtime.CompilerServices;

namespace Cawb.TorchSharp;

/// <summary>One scheduler's place on an optimizer. Two that write the same rates would be silent nonsense, so there may be one.</summary>
internal sealed class Attachment
{
    private static readonly ConditionalWeakTable<Optimizer, List<Attachment>> All = [];

    private readonly List<Attachment> others;
    private bool isAlone;
    private bool isRemoved;

    private Attachment(List<Attachment> others) => this.others = others;

    /// <param name="optimizer">What is driven.</param>
    /// <param name="atOnce">Whether another attachment is an error now; else at the first step.</param>
    /// <exception cref="InvalidOperationException">There is another one.</exception>
    public static Attachment Add(Optimizer optimizer, bool atOnce)
    {
        var others = All.GetOrCreateValue(optimizer);
        if (atOnce && others.Count > 0)
        {
            throw new InvalidOperationException("The optimizer has a scheduler already, and both would write its rates. Detach() the other one first; to combine two, follow one schedule made of both.");
        }

        foreach (var other in others)
        {
            other.isAlone = false;
        }

        var attachment = new Attachment(others);
        others.Add(attachment);
        return attachment;
    }

    /// <exception cref="InvalidOperationException">There is another one, or this one has been removed.</exception>
    public void RequireAlone()
    {
        if (isAlone)
        {
            return;
        }

        if (isRemoved)
        {
            throw new InvalidOperationException("This scheduler has been detached from its optimizer, or has become part of another one: step that one.");
        }

        if (others.Count > 1)
        {
            throw new InvalidOperationException(
                $"The optimizer has {others.Count} schedulers, and each would write its rates. Detach() the others, or combine them: schedulers.SequentialLR for one after the other, schedulers.ChainedLR for all at once.");
        }

        isAlone = true;
    }

    public void Remove()
    {
        isRemoved = true;
        isAlone = false;
        others.Remove(this);
    }
}
