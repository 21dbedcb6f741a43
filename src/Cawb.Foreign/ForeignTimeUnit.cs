namespace Cawb.Foreign;

/// <summary>What 1.0 of a foreign schedule's time is.</summary>
public enum ForeignTimeUnit
{
    /// <summary>One call or one unit of the argument, which the library's documentation makes once per epoch: most of PyTorch, timm, mmengine, katsura.</summary>
    Step,

    /// <summary>The same, made after every batch: Hugging Face, optax, Keras, Composer, pytorch_warmup, PyTorch's cyclic and one-cycle schedules.</summary>
    Batch,

    /// <summary>One epoch, with values of its own for every batch within: YOLOv5, the published CAWB, mmengine's lists of epochs and iterations, Composer's epochs where their batches are not known.</summary>
    Epoch,

    /// <summary>The whole run: fvcore's <c>where</c>.</summary>
    Run,
}
