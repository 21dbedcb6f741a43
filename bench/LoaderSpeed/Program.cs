using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using LoaderSpeed;

// make FOLDER COUNT      writes the images
// digest FOLDER SIZE N   SHA-256 of the first N batches' pixels
// serve FOLDER SIZE      reads numbers of batches from standard input, one a line, loads that many, and answers with the seconds they took
const int BatchSize = 16;
switch (args)
{
    case ["make", var folder, var count]:
        PhotoDataset.Write(folder, int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["digest", var folder, var size, var count]:
        Console.Out.WriteLine(Digest(folder, Number(size), Number(count)));
        return 0;
    case ["serve", var folder, var size]:
        Serve(folder, Number(size));
        return 0;
    default:
        Console.Error.WriteLine("LoaderSpeed make FOLDER COUNT | digest FOLDER SIZE N | serve FOLDER SIZE");
        return 2;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

// The consumer's own thread loads, so that nothing is loaded while the peer has its turn; no image is kept: every one is decoded from its file each time.
static TrainingLoader Open(string folder, int size) => new(
    DetectionData.Open(folder, CancellationToken.None).Training,
    new TrainingLoaderOptions { ImageSize = size, BatchSize = BatchSize, Seed = 0, Workers = 0, CacheBytes = 0 });

static string Digest(string folder, int size, int count)
{
    using var loader = Open(folder, size);
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var batch in Endless(loader).Take(count))
    {
        hash.AppendData(batch.Pixels);
    }

    return Convert.ToHexStringLower(hash.GetHashAndReset());
}

static void Serve(string folder, int size)
{
    using var loader = Open(folder, size);
    using var batches = Endless(loader).GetEnumerator();
    batches.MoveNext();
    Console.Out.WriteLine($"ready .NET-{Environment.Version} {loader.SamplesPerEpoch}");
    while (Console.In.ReadLine() is { } line)
    {
        var start = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Number(line); i++)
        {
            batches.MoveNext();
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F6} {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F6}"));
    }
}

// Whole batches only, as the peer has them.
static IEnumerable<TrainingBatch> Endless(TrainingLoader loader)
{
    for (var epoch = 0; ; epoch++)
    {
        foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
        {
            if (batch.Count == BatchSize)
            {
                yield return batch;
            }
        }
    }
}
