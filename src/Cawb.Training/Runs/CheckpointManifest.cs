using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cawb.Reports.Files;
using Cawb.Training.Json;

namespace Cawb.Training.Runs;

/// <summary>A slot's file: which files make up its checkpoint, how long they are and what they hash to.</summary>
internal sealed record CheckpointManifest(int Epoch, long Batch, long MetricsLength, string StateJson, IReadOnlyList<CheckpointManifest.Part> Parts)
{
    private static readonly string[] Names = ["epoch", "batch", "metricsBytes", "parts", "state"];
    private static readonly string[] PartMembers = ["name", "file", "bytes", "sha256"];
    private static readonly string[] RootNames = ["sha256", "checkpoint"];

    /// <summary>The document: the checkpoint, and before it the hash of its text, so that no changed letter goes unnoticed.</summary>
    public byte[] ToBytes()
    {
        var checkpoint = new JsonObject
        {
            ["epoch"] = Epoch,
            ["batch"] = Batch,
            ["metricsBytes"] = MetricsLength,
            ["parts"] = JsonText.List(Parts, part => new JsonObject { ["name"] = part.Name, ["file"] = part.File, ["bytes"] = part.Length, ["sha256"] = part.Sha256 }),
            ["state"] = JsonNode.Parse(StateJson),
        }.ToJsonString();
        return Encoding.UTF8.GetBytes($"{{\"sha256\":\"{Hash(checkpoint)}\",\n\"checkpoint\":{checkpoint}}}\n");
    }

    /// <exception cref="FileException">The file cannot be read, or is not what was written.</exception>
    public static CheckpointManifest Read(string path)
    {
        try
        {
            var root = PlacedJson.Read(path);
            var members = root.Object("A checkpoint", RootNames);
            var checkpoint = root.Required(members, "A checkpoint", "checkpoint");
            if (root.Required(members, "A checkpoint", "sha256").String("'sha256'") != Hash(checkpoint.RawText))
            {
                throw new FileException(path, "its text is not the one that was written (the SHA-256 differs).");
            }
            var fields = checkpoint.Object("A checkpoint", Names);
            PlacedJson Get(string name) => checkpoint.Required(fields, "A checkpoint", name);
            return new CheckpointManifest(
                (int)Get("epoch").Integer("'epoch'", 0, int.MaxValue),
                Get("batch").Integer("'batch'", 0, long.MaxValue),
                Get("metricsBytes").Integer("'metricsBytes'", 0, long.MaxValue),
                Get("state").RawText,
                [.. Get("parts").Array("'parts'").Select(ReadPart)]);
        }
        catch (FileException fault) when (fault.InnerException is not IOException and not UnauthorizedAccessException)
        {
            throw new FileException(path, $"the checkpoint is damaged: {fault.Message.Replace(path + ": ", "", StringComparison.Ordinal)}", fault);
        }
    }

    private static Part ReadPart(PlacedJson part)
    {
        var members = part.Object("A part", PartMembers);
        PlacedJson Get(string name) => part.Required(members, "A part", name);
        var file = Get("file").String("'file'");
        if (file != Path.GetFileName(file))
        {
            throw Get("file").Complaint($"'file' must be a plain file name; got '{file}'.");
        }
        return new Part(Get("name").String("'name'"), file, Get("bytes").Integer("'bytes'", 0, long.MaxValue), Get("sha256").String("'sha256'"));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal sealed record Part(string Name, string File, long Length, string Sha256);
}
