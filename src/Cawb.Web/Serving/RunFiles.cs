using Microsoft.AspNetCore.Routing;

namespace Cawb.Web.Serving;

/// <summary>Pictures of runs.</summary>
internal static class RunFiles
{
    public static void Map(IEndpointRouteBuilder routes) => ArgumentNullException.ThrowIfNull(routes);
}
