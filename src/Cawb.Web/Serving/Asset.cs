using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cawb.Web.Serving;

/// <summary>A script or style sheet that lies in the assembly. Its address changes with its content, so that browsers may keep it.</summary>
internal sealed class Asset
{
    private readonly byte[] content;

    private Asset(string name, string type)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        content = new byte[stream.Length];
        stream.ReadExactly(content);
        Type = type;
        Address = $"assets/{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}/{name}";
    }

    /// <summary>The framework's own script.</summary>
    public static Asset Blazor { get; } = new("blazor.web.js", "text/javascript");

    /// <summary>Charts under the pointer, as in reports.</summary>
    public static Asset ChartScript { get; } = new("chart.js", "text/javascript");

    /// <summary>Ours: zoom, handles, and what happens while the server does not answer.</summary>
    public static Asset Script { get; } = new("cawb.js", "text/javascript");

    /// <summary>Of the designer: the clipboard, and keys in trees and tabs.</summary>
    public static Asset DesignerScript { get; } = new("designer.js", "text/javascript");

    /// <summary>How charts look under the pointer, as in reports.</summary>
    public static Asset ChartStyle { get; } = new("chart.css", "text/css");

    /// <summary>How the designer looks.</summary>
    public static Asset DesignerStyle { get; } = new("designer.css", "text/css");

    /// <summary>How everything looks.</summary>
    public static Asset Style { get; } = new("cawb.css", "text/css");

    /// <summary>Relative to the root.</summary>
    public string Address { get; }

    private string Type { get; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in (Asset[])[Blazor, ChartScript, Script, DesignerScript, ChartStyle, Style, DesignerStyle])
        {
            routes.MapGet("/" + asset.Address, (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.content, asset.Type + "; charset=utf-8");
            });
        }
    }
}
