namespace Cawb;

/// <summary>The kinds of JSON values.</summary>
internal enum TextNodeKind
{
    Number,
    Text,
    True,
    False,
    Null,
    Object,
    List,
}
