namespace TradeIdentity.Server.OpenId.Limits;

/// <summary>What the limits have to know of an endpoint's address.</summary>
internal static class ProtocolEndpoint
{
    internal static bool IsAny(PathString path) => Is(path, "/connect");

    /// <summary>Where a person's browser goes.</summary>
    internal static bool IsForBrowsers(PathString path) => Is(path, "/connect/authorize") || Is(path, "/connect/verify") || Is(path, "/connect/logout");

    /// <summary>Where nobody must authenticate, and something is stored or shown all the same.</summary>
    internal static bool IsOpen(PathString path) => IsForBrowsers(path) || Is(path, "/connect/device") || Is(path, "/connect/par") || IsRegistration(path);

    internal static bool IsRegistration(PathString path) => Is(path, "/connect/register");

    private static bool Is(PathString path, string endpoint) => path.StartsWithSegments(endpoint, StringComparison.OrdinalIgnoreCase);
}
