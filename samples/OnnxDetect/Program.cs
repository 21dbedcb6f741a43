// OnnxDetect FILE.onnx IMAGE: prints what a network finds that was exported by: cawb export WEIGHTS --nms. Needs ONNX Runtime, and SkiaSharp to decode the image.
using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

using var session = new InferenceSession(args[0]);
var notes = session.ModelMetadata.CustomMetadataMap;
string[] names = JsonSerializer.Deserialize<string[]>(notes["classes"])!;
var side = JsonSerializer.Deserialize<int[]>(notes["imgsz"])![0];

// The image in the upper left corner of a grey square, as large as it can be.
using var image = SKImage.FromEncodedData(args[1]) ?? throw new InvalidDataException($"{args[1]} is no image.");
var scale = (float)side / Math.Max(image.Width, image.Height);
using var square = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
using var canvas = new SKCanvas(square);
canvas.Clear(new SKColor(114, 114, 114));
canvas.DrawImage(image, SKRect.Create(image.Width * scale, image.Height * scale), new SKSamplingOptions(SKFilterMode.Linear));

// Planes of red, green and blue, from 0 to 1.
var pixels = square.GetPixelSpan();
var planes = new float[3 * side * side];
for (var i = 0; i < planes.Length; i++)
{
    planes[i] = pixels[(i % (side * side) * 4) + (i / (side * side))] / 255f;
}

using var input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, side, side]);
using var results = session.Run(new RunOptions(), ["images"], [input], ["output0"]);
foreach (var box in results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(6).TakeWhile(box => box[4] > 0))
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names[(int)box[5]]} {box[4]:0.00} at {box[0] / scale:0}, {box[1] / scale:0} to {box[2] / scale:0}, {box[3] / scale:0}"));
}
