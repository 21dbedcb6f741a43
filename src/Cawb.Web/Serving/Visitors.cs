using System.Net;
using Microsoft.AspNetCore.Http;

namespace Cawb.Web.Serving;

/// <summary>
/// Lets in who may come. Without a token these are pages of this server on this machine: a page of another site must reach neither the addresses (it would be of another origin) nor, by a name of its own
/// that leads here, the pages. With a token it is whoever has it.
/// </summary>
internal sealed class Visitors(RequestDelegate next, AccessToken token)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public async Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl) = (Policy, "nosniff", "no-cache");
        headers["Referrer-Policy"] = "no-referrer";
        if (Refusal(context) is { } reason)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(reason, context.RequestAborted);
            return;
        }

        if (!token.IsOpen && context.Request.Query.ContainsKey(AccessToken.Parameter))
        {
            context.Response.Cookies.Append(AccessToken.Cookie, context.Request.Query[AccessToken.Parameter].ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
            var rest = context.Request.Query.Where(pair => pair.Key != AccessToken.Parameter);
            context.Response.Redirect(context.Request.Path + QueryString.Create(rest));
            return;
        }

        await next(context);
    }

    private string? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin is { Count: > 0 } origin && !string.Equals(origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return "This page answers its own site alone.";
        }

        if (token.IsOpen)
        {
            return request.Host.Host is "localhost" || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address)) ? null
                : "This page answers on this machine alone, by http://127.0.0.1 or http://localhost. Start it with --listen for others.";
        }

        return token.Is(request.Query[AccessToken.Parameter]) || token.Is(request.Cookies[AccessToken.Cookie]) ? null
            : $"This page needs the token that cawb serve printed: open the address with ?{AccessToken.Parameter}=... at its end.";
    }
}
