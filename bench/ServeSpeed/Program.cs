using System.Globalization;
using Cawb.Web.Tests.Browser;
using Cawb.Web.Tests.Runs;
using ServeSpeed;

// ServeSpeed CAWB.DLL [DATA]   measures the pages of that program; with a data set, also what an open page costs a training on it.
if (args is not [var program, .. var rest])
{
    Console.Error.WriteLine("ServeSpeed CAWB.DLL [DATA]");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("cawb-serve-speed-").FullName;
try
{
    await using var browser = await Chromium.StartAsync();
    var figures = new Figures();
    Figures.Begin();
    await Designing.MeasureAsync(browser, program, Directory.CreateDirectory(Path.Combine(folder, "none")).FullName, figures);

    var many = Path.Combine(folder, "many");
    for (var i = 0; i < Painting.Runs; i++)
    {
        WrittenRun.Finish(Path.Combine(many, string.Create(CultureInfo.InvariantCulture, $"run-{i:D3}")), 20, i);
    }

    await Painting.OfManyRunsAsync(browser, program, many, figures);
    var longest = Path.Combine(folder, "long");
    WrittenRun.Finish(Path.Combine(longest, "run"), Painting.Epochs);
    await Painting.OfALongRunAsync(browser, program, longest, figures);
    await Crowd.MeasureAsync(browser, program, Path.Combine(folder, "live"), figures);
    if (rest is [var data])
    {
        await Watched.MeasureAsync(program, data, Path.Combine(folder, "trained"), figures);
    }

    return figures.AreMet ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
