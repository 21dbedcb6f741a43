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
        var (request, headers) = (context.Request, context.Response.Headers);
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl) = (Policy, "nosniff", "no-cache");
        headers["Referrer-Policy"] = "no-referrer";
        // Not even as a picture on a page of another site.
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (Refusal(context) is { } reason)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(reason, context.RequestAborted);
            return;
        }

        if (!token.IsOpen && request.Query.ContainsKey(AccessToken.Parameter))
        {
            if (token.Is(request.Query[AccessToken.Parameter]))
            {
                // Lax, not strict: a link to a page, in a letter, is to open it.
                context.Response.Cookies.Append(
                    AccessToken.Cookie(context.Connection.LocalPort), request.Query[AccessToken.Parameter].ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
            }

            // A path that begins with two slashes would lead to another host.
            var rest = QueryString.Create(request.Query.Where(pair => pair.Key != AccessToken.Parameter));
            context.Response.Redirect($"/{request.Path.ToUriComponent().TrimStart('/')}{rest.ToUriComponent()}");
            return;
        }

        await next(context);
    }

    private string? Refusal(HttpContext context)
    {
        var request = context.Request;
        // Of the origin only the host counts: whoever puts an encrypting proxy in front has another scheme there.
        if (request.Headers.Origin is { Count: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)))
        {
            return "This server answers its own pages alone.";
        }

        if (token.IsOpen)
        {
            return request.Host.Host is "localhost" || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address)) ? null
                : "This server answers on this machine alone, at 127.0.0.1 or localhost. Start it with --listen for others.";
        }

        return token.Is(request.Query[AccessToken.Parameter]) || token.Is(request.Cookies[AccessToken.Cookie(context.Connection.LocalPort)]) ? null
            : $"This server needs the token that cawb serve printed: open the address with ?{AccessToken.Parameter}=... at its end.";
    }
}
