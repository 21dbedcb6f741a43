using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>
/// Reads Python's pickles (protocols 0 to 5) as data. A pickle is a program for a stack machine; this one knows no class and calls no function, but keeps their names. What it makes are
/// <see cref="PickledList"/>, <see cref="PickledDictionary"/>, <see cref="PickledObject"/>, <see cref="PickledGlobal"/>, <see cref="PickledTensor"/>, string, long, double, bool, byte[] and null.
/// </summary>
/// <remarks>
/// Every instruction makes at most one value, of no more than the bytes that it has in the file, and their number is limited; so are memory and time. Values may hold each other in circles.
/// Source of the instructions: Python's <c>pickletools</c>.
/// </remarks>
internal sealed class PickleReader(string path, byte[] bytes)
{
    // YOLOv5n with averaged weights and the optimizer's state takes 68,000, YOLOv5x twice as many.
    private const int MaxInstructions = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];
    private readonly Dictionary<string, PickledStorage> storages = new(StringComparer.Ordinal);
    private int instructions;

    /// <summary>Of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>What the pickles referred to, by key.</summary>
    public IReadOnlyDictionary<string, PickledStorage> Storages => storages;

    /// <summary>Reads the pickle that begins at <see cref="Position"/>.</summary>
    /// <exception cref="WeightFileException">It is damaged, hostile or cut off.</exception>
    public object? Read()
    {
        stack.Clear();
        marks.Clear();
        memo.Clear();
        while (true)
        {
            Count(1);
            var at = Position;
            var instruction = Byte();
            if (instruction == '.')
            {
                return Pop();
            }

            if (!Push(instruction) && !Combine(instruction) && !Remember(instruction))
            {
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"has the unknown instruction 0x{instruction:x2} at byte {at} of its pickle"));
            }
        }
    }

    /// <summary>Instructions that put a value from the file on the stack.</summary>
    private bool Push(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'N': stack.Add(null); break;
            case 0x88: stack.Add(true); break;
            case 0x89: stack.Add(false); break;
            case (byte)'K': stack.Add((long)Byte()); break;
            case (byte)'M': stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case (byte)'J': stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 0x8a: stack.Add(Whole(Take(Byte()))); break;
            case 0x8b: stack.Add(Whole(Take(Length(4)))); break;
            case (byte)'G': stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case (byte)'I' or (byte)'L': stack.Add(WrittenWhole(Text(Line()))); break;
            case (byte)'F': stack.Add(WrittenReal(Text(Line()))); break;
            case (byte)'S': stack.Add(Plain(Text(Line())).Trim('\'', '"')); break;
            case (byte)'V': stack.Add(Plain(Text(Line()))); break;
            case (byte)'T' or (byte)'X': stack.Add(Text(Take(Length(4)))); break;
            case (byte)'U' or 0x8c: stack.Add(Text(Take(Byte()))); break;
            case 0x8d: stack.Add(Text(Take(Length(8)))); break;
            case (byte)'B': stack.Add(Take(Length(4)).ToArray()); break;
            case (byte)'C': stack.Add(Take(Byte()).ToArray()); break;
            case 0x8e or 0x96: stack.Add(Take(Length(8)).ToArray()); break;
            case (byte)']' or (byte)')' or 0x8f: stack.Add(new PickledList()); break;
            case (byte)'}': stack.Add(new PickledDictionary()); break;
            case (byte)'c': stack.Add(new PickledGlobal(Text(Line()), Text(Line()))); break;
            case (byte)'(': marks.Add(stack.Count); break;
            case 0x80: _ = Byte(); break;
            case 0x95: _ = Take(8); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Instructions that make one value of those on the stack.</summary>
    private bool Combine(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'t' or (byte)'l' or 0x91: stack.Add(new PickledList(PopToMark())); break;
            case 0x85: stack.Add(new PickledList(PopLast(1))); break;
            case 0x86: stack.Add(new PickledList(PopLast(2))); break;
            case 0x87: stack.Add(new PickledList(PopLast(3))); break;
            case (byte)'d': { var pairs = PopToMark(); stack.Add(new PickledDictionary()); SetItems(pairs); break; }
            case (byte)'s': SetItems(PopLast(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case (byte)'a': AddItems(PopLast(1)); break;
            case (byte)'e' or 0x90: AddItems(PopToMark()); break;
            case (byte)'b': SetAttributes(Pop()); break;
            case (byte)'R' or 0x81: { var arguments = Pop(); stack.Add(Called(Pop(), arguments)); break; }
            case 0x92: { var arguments = PopLast(2); stack.Add(Called(Pop(), arguments[0])); break; }
            case (byte)'i': stack.Add(Called(new PickledGlobal(Text(Line()), Text(Line())), new PickledList(PopToMark()))); break;
            case (byte)'o': { var parts = PopToMark(); stack.Add(Called(parts.FirstOrDefault(), new PickledList([.. parts.Skip(1)]))); break; }
            case 0x93: { var parts = PopLast(2); stack.Add(new PickledGlobal(Name(parts[0]), Name(parts[1]))); break; }
            case (byte)'P': stack.Add(Outside(Text(Line()))); break;
            case (byte)'Q': stack.Add(Outside(Pop())); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Instructions that move values about.</summary>
    private bool Remember(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'0': Discard(); break;
            case (byte)'1': _ = PopToMark(); break;
            case (byte)'2': stack.Add(Top()); break;
            case (byte)'p': memo[MemoIndex()] = Top(); break;
            case (byte)'q': memo[Byte()] = Top(); break;
            case (byte)'r': memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case 0x94: memo[memo.Count] = Top(); break;
            case (byte)'g': stack.Add(Recalled(MemoIndex())); break;
            case (byte)'h': stack.Add(Recalled(Byte())); break;
            case (byte)'j': stack.Add(Recalled(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            default: return false;
        }

        return true;
    }

    private void SetItems(List<object?> pairs)
    {
        if (pairs.Count % 2 != 0)
        {
            throw Damaged("has a key without a value in its pickle");
        }

        var items = Top() switch
        {
            PickledDictionary dictionary => dictionary,
            PickledObject made => made.Items,
            _ => throw Damaged("puts keys into something in its pickle that has none"),
        };
        for (var i = 0; i < pairs.Count; i += 2)
        {
            items.Set(pairs[i], pairs[i + 1]);
        }
    }

    private void AddItems(List<object?> items)
    {
        if (Top() is PickledList list)
        {
            list.AddRange(items);
        }
        else if (Top() is not PickledObject)
        {
            throw Damaged("appends to something in its pickle that is no list");
        }
    }

    /// <summary>Attributes are taken over by reference: a copy for each of many objects would let a small file fill the memory.</summary>
    private void SetAttributes(object? state)
    {
        if (Top() is PickledObject made)
        {
            // A class with slots gives a pair.
            made.Attributes = state as PickledDictionary ?? (state as PickledList)?.Items.Take(2).OfType<PickledDictionary>().FirstOrDefault() ?? made.Attributes;
        }
        else if (Top() is not (PickledDictionary or PickledList or PickledTensor))
        {
            throw Damaged("gives attributes to something in its pickle that has none");
        }
    }

    private object? Called(object? callable, object? arguments)
    {
        if (callable is not PickledGlobal function || arguments is not PickledList given)
        {
            return new PickledObject(callable as PickledGlobal, arguments);
        }

        switch (function.Module, function.Name)
        {
            case ("collections", "OrderedDict"):
                return Ordered(given);
            case ("torch._utils", "_rebuild_tensor_v2" or "_rebuild_tensor"):
                return PickledTensor.Read(given, path);
            case ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state") or ("torch", "Size") when given.Items.Count > 0:
                return given.Items[0];
            case ("torch._tensor", "_rebuild_from_type_v2") when given.Items is [PickledGlobal { Module: "torch._utils" } inner, _, PickledList parts, ..]:
                return Called(inner, parts);
            case ("copyreg" or "copy_reg", "_reconstructor" or "__newobj__") when given.Items is [PickledGlobal type, ..]:
                return new PickledObject(type, given);
            default:
                return new PickledObject(function, given);
        }
    }

    private PickledDictionary Ordered(PickledList arguments)
    {
        var made = new PickledDictionary();
        if (arguments.Items is [PickledList pairs, ..])
        {
            // The same pairs may be asked for many times.
            Count(pairs.Items.Count);
            foreach (var pair in pairs.Items)
            {
                if (pair is PickledList { Items: [var key, var value] })
                {
                    made.Set(key, value);
                }
            }
        }

        return made;
    }

    private object Outside(object? id)
    {
        // The older format puts the source text of a class beside its name.
        if (id is PickledList { Items: ["module", PickledGlobal type, ..] })
        {
            return type;
        }

        var found = PickledStorage.Read(id, path);
        if (found is PickledStorage storage && !storages.TryAdd(storage.Key, storage) && storages[storage.Key] != storage)
        {
            throw Damaged($"describes the elements '{storage.Key}' in two ways");
        }

        return found;
    }

    private void Count(int more)
    {
        instructions += more;
        if (instructions > MaxInstructions)
        {
            throw new WeightFileException(
                path,
                string.Create(CultureInfo.InvariantCulture, $"has more than {MaxInstructions:N0} instructions in its pickle; weights need a fraction of that. Save them again as a plain state dict: torch.save(model.state_dict(), FILE)."));
        }
    }

    private object? Top() => stack.Count > Floor ? stack[^1] : throw Damaged("takes more from its pickle's stack than lies there");

    private object? Pop()
    {
        var top = Top();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private void Discard()
    {
        if (marks.Count > 0 && marks[^1] == stack.Count)
        {
            marks.RemoveAt(marks.Count - 1);
        }
        else
        {
            _ = Pop();
        }
    }

    private List<object?> PopLast(int count)
    {
        if (stack.Count - Floor < count)
        {
            throw Damaged("takes more from its pickle's stack than lies there");
        }

        var popped = stack.GetRange(stack.Count - count, count);
        stack.RemoveRange(stack.Count - count, count);
        return popped;
    }

    private List<object?> PopToMark()
    {
        if (marks.Count == 0)
        {
            throw Damaged("ends a group in its pickle that it did not begin");
        }

        var popped = PopLast(stack.Count - Floor);
        marks.RemoveAt(marks.Count - 1);
        return popped;
    }

    /// <summary>Below it lie the values of groups that are not ended.</summary>
    private int Floor => marks.Count > 0 ? marks[^1] : 0;

    private object? Recalled(long index) => memo.TryGetValue(index, out var value) ? value : throw Damaged($"recalls value {index} in its pickle, which it did not keep");

    private long MemoIndex() => WrittenWhole(Text(Line())) is long index ? index : throw Damaged("keeps a value in its pickle under what is no number");

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - Position)
        {
            throw Damaged($"has a pickle that ends at byte {bytes.Length}, in the middle of a value");
        }

        var taken = bytes.AsSpan(Position, count);
        Position += count;
        return taken;
    }

    private int Length(int width)
    {
        var length = width == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return length <= (ulong)(bytes.Length - Position) ? (int)length : throw Damaged($"claims a value of {length} bytes in its pickle, of which {bytes.Length - Position} are left");
    }

    private ReadOnlySpan<byte> Line()
    {
        var length = bytes.AsSpan(Position).IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Damaged($"has a pickle that ends at byte {bytes.Length}, in the middle of a line");
        }

        var line = Take(length);
        Position++;
        return line;
    }

    private string Text(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return Utf8.GetString(encoded);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("has a text in its pickle that is no Unicode");
        }
    }

    private string Name(object? value) => value as string ?? throw Damaged("names a class in its pickle by what is no text");

    /// <summary>Only the oldest protocol, which torch.save does not use, writes texts with escapes.</summary>
    private string Plain(string text) => !text.Contains('\\', StringComparison.Ordinal)
        ? text
        : throw new WeightFileException(path, "has a text in the oldest pickle protocol that is not plain. Save the weights again with torch.save, without pickle_protocol.");

    /// <summary>In two's complement. What has more than 64 bits stays bytes: nothing that is read here is so large.</summary>
    private static object Whole(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > sizeof(long))
        {
            return digits.ToArray();
        }

        Span<byte> whole = stackalloc byte[sizeof(long)];
        whole.Fill(digits.Length > 0 && digits[^1] >= 0x80 ? (byte)0xff : (byte)0);
        digits.CopyTo(whole);
        return BinaryPrimitives.ReadInt64LittleEndian(whole);
    }

    /// <summary>In decimal digits; what has more than 64 bits stays a text.</summary>
    private object WrittenWhole(string text)
    {
        var digits = text.TrimEnd('L');
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : digits.TrimStart('-') is { Length: > 0 } rest && rest.All(char.IsAsciiDigit) ? digits
            : throw Damaged("has a whole number in its pickle that is none");
    }

    private double WrittenReal(string text) => text.Length <= 64 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Damaged("has a number in its pickle that is none");

    private WeightFileException Damaged(string fault) => new(path, $"{fault}. The file is damaged or no file of torch.save; get it anew.");
}
