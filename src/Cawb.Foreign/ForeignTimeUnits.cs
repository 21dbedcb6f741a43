namespace Cawb.Foreign;

/// <summary>How often the libraries' own documentation has their schedules stepped.</summary>
internal static class ForeignTimeUnits
{
    public static ForeignTimeUnit Of(string library, string function) => (library, function) switch
    {
        ("cawb" or "yolov5", _) => ForeignTimeUnit.Epoch,
        ("fvcore", _) => ForeignTimeUnit.Run,
        ("composer" or "hf" or "keras" or "optax" or "pytorch_warmup", _) => ForeignTimeUnit.Batch,
        ("torch", "CyclicLR" or "OneCycleLR") => ForeignTimeUnit.Batch,
        _ => ForeignTimeUnit.Step,
    };
}
