namespace Cawb.Torch.Interop;

/// <summary><c>cawb_tag</c> of native/torch.h.</summary>
internal enum ArgumentTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    String = 5,
    IntList = 6,
    DoubleList = 7,
    BoolList = 8,
    TensorList = 9,
    Device = 10,
    Default = 11,
}
