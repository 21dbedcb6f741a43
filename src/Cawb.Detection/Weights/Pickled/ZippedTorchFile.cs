using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>The format since PyTorch 1.6: a zip file with one folder, which has <c>data.pkl</c>, <c>byteorder</c> since 2.0, and <c>data/0</c>, <c>data/1</c>, ...</summary>
internal sealed class ZippedTorchFile : TorchFile
{
    private const string Pickle = "/data.pkl";

    private readonly ZipFile zip;
    private readonly string folder;

    public ZippedTorchFile(string path, SafeFileHandle file)
        : base(path, file)
    {
        zip = new ZipFile(path, file);
        folder = FindFolder();
        RequireByteOrder();
        var pickle = new byte[zip.LengthOf(folder + Pickle) is <= MaxPickleLength and var length
            ? (int)length
            : throw new WeightFileException(path, $"has a pickle of more than {MaxPickleLength} bytes; weights need a fraction of that. Save them again as a plain state dict: torch.save(model.state_dict(), FILE).")];
        zip.Read(folder + Pickle, pickle);
        Root = new PickleReader(path, pickle).Read();
    }

    public override object? Root { get; }

    public override void Require(PickledStorage storage)
    {
        if (zip.LengthOf(NameOf(storage)) is not { } length)
        {
            throw new WeightFileException(Path, $"lacks '{NameOf(storage)}', the elements of a tensor. The file is damaged; get it anew.");
        }

        if (length != storage.Length)
        {
            throw new WeightFileException(Path, $"has {length} bytes in '{NameOf(storage)}', where {storage.Count} elements of {storage.Type} take {storage.Length}. The file is damaged or hostile; get it anew.");
        }
    }

    public override void Read(PickledStorage storage, Span<byte> target) => zip.Read(NameOf(storage), target);

    private string NameOf(PickledStorage storage) => $"{folder}/data/{storage.Key}";

    private string FindFolder()
    {
        var folders = zip.Names.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal)).Select(name => name[..^Pickle.Length]).Where(name => !name.Contains('/')).ToArray();
        if (folders is not [var only])
        {
            throw new WeightFileException(Path, folders.Length == 0
                ? "is a zip file without the data.pkl that torch.save writes. Give a .pt file of YOLOv5, or weights as safetensors."
                : "is a zip file with two data.pkl, where torch.save writes one. The file is damaged or hostile; get it anew.");
        }

        return zip.LengthOf($"{only}/constants.pkl") is null
            ? only
            : throw new WeightFileException(Path, "is a TorchScript program, which has the network's code instead of its description. Give the .pt file that it was exported from.");
    }

    private void RequireByteOrder()
    {
        var name = $"{folder}/byteorder";
        if (zip.LengthOf(name) is not { } length)
        {
            return;
        }

        var order = new byte[Math.Min(length, 16)];
        if (order.Length == length)
        {
            zip.Read(name, order);
        }

        if (!order.AsSpan().SequenceEqual("little"u8))
        {
            throw new WeightFileException(Path, $"has elements in the byte order '{Encoding.Latin1.GetString(order)}'; 'little' is read here. Save the weights again on a machine of the usual kind.");
        }
    }
}
