// dotnet run docs/icon/paint.cs: paints icon.svg as icon.png, as large as nuget.org shows it at most.
#:project ../../src/Cawb.Reports/Cawb.Reports.csproj
using System.Runtime.CompilerServices;
using SkiaSharp;
using Svg.Skia;

var folder = Folder();
using var picture = new SKSvg();
picture.Load(Path.Combine(folder, "icon.svg"));
var scale = 128 / picture.Picture!.CullRect.Width;
picture.Save(Path.Combine(folder, "icon.png"), SKColors.Transparent, SKEncodedImageFormat.Png, 100, scale, scale);

static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
