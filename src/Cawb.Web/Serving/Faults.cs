using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Cawb.Web.Serving;

/// <summary>What is said where a page cannot be made: a paragraph, never where in the program it happened.</summary>
internal static class Faults
{
    public static ExceptionHandlerOptions Options { get; } = new() { ExceptionHandler = Say };

    private static Task Say(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"This page has failed: {context.Features.Get<IExceptionHandlerFeature>()?.Error.Message} Nothing was changed. Load it again, or go back to the runs.", context.RequestAborted);
    }
}
