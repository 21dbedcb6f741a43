using Cawb.Reports.Files;
using Cawb.Training.Pictures;
using Cawb.Training.Runs;
using Cawb.Web.Folder;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cawb.Web.Serving;

/// <summary>Pictures of runs: files in a run directory of the folder whose names are those of pictures, and nothing else.</summary>
internal static class RunFiles
{
    private const long MostBytes = 64 << 20;

    // A picture can hold no script that runs, whoever wrote it: not where it stands alone either.
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapGet("/pictures/{**path}", (string path, RunsFolder folder, HttpContext context) => Of(folder.Path, path, context));
    }

    /// <summary>The whole path of a picture; null where the folder has none there.</summary>
    /// <param name="folder">Of the runs.</param>
    /// <param name="path">Below it, with slashes.</param>
    internal static string? Find(string folder, string path)
    {
        var parts = path.Split('/');
        if (!PictureGroup.IsPicture(parts[^1]) || parts.Any(part => part is "" or "." or ".." || part.AsSpan().ContainsAny('\0', Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)))
        {
            return null;
        }

        var file = Path.Combine([folder, .. parts]);
        return RunState.IsRun(Path.GetDirectoryName(file) ?? folder) && File.Exists(file) && new Fence(folder).Has(file) ? file : null;
    }

    private static IResult Of(string folder, string path, HttpContext context)
    {
        if (Find(folder, path) is not { } file)
        {
            return Results.Text("There is no such picture.", "text/plain", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            var stamp = FileStamp.Of(file);
            if (stamp.Length > MostBytes)
            {
                return Results.Text("The file is larger than any picture of a run.", "text/plain", statusCode: StatusCodes.Status404NotFound);
            }

            // Pictures are replaced whole: an open file stays the one that it was.
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.CacheControl = PageAddress.IsVersion(context.Request.Query["v"], stamp.Changed) ? "private, max-age=31536000, immutable" : "no-cache";
            return Results.Stream(stream, Path.GetExtension(file) switch { ".png" => "image/png", ".jpg" => "image/jpeg", _ => "image/svg+xml" });
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return Results.Text("The picture cannot be read.", "text/plain", statusCode: StatusCodes.Status404NotFound);
        }
    }
}
