using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cawb.Web.Serving;

/// <summary>A script or style sheet whose parts lie in the assembly. Its address changes with its content, so that browsers may keep it.</summary>
internal sealed class Asset
{
    private readonly byte[] content;

    private Asset(string name, string type, params string[] resources)
    {
        content = [.. resources.SelectMany(resource => (byte[])[.. Resource(resource), (byte)'\n'])];
        Type = type;
        Address = $"assets/{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}/{name}";
    }

    /// <summary>The framework's own script.</summary>
    public static Asset Blazor { get; } = new("blazor.web.js", "text/javascript", "blazor.web.js");

    /// <summary>Charts under the pointer, as in reports; zoom, handles, and what happens while the server does not answer; the designer's clipboard and keys.</summary>
    public static Asset Script { get; } = new("pages.js", "text/javascript", "chart.js", "cawb.js", "designer.js");

    /// <summary>How everything looks: charts under the pointer, as in reports, pages, the designer.</summary>
    public static Asset Style { get; } = new("pages.css", "text/css", "chart.css", "cawb.css", "designer.css");

    /// <summary>Relative to the root.</summary>
    public string Address { get; }

    private string Type { get; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in (Asset[])[Blazor, Script, Style])
        {
            routes.MapGet("/" + asset.Address, (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.content, asset.Type + "; charset=utf-8");
            });
        }
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
