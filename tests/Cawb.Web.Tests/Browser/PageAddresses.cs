namespace Cawb.Web.Tests.Browser;

/// <summary>Every page of the server, for what holds for all of them.</summary>
internal static class PageAddresses
{
    public static IReadOnlyList<string> All { get; } = ["", "designer", "nowhere"];
}
