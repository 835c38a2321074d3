using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Server.Site;

/// <summary>Where a page sends the person when its step is done: an address of this server, and of few of its paths.</summary>
internal static class ReturnAddress
{
    internal const string Parameter = "returnUrl";

    /// <summary>Where one goes who came from nowhere.</summary>
    internal const string Default = "/account";

    // A query can hold a signed request object; the server's limit for all headers is 16 KiB.
    private const int MaxLength = 8 * 1024;

    private static readonly PathString[] Allowed = ["/connect/authorize", "/connect/verify", "/connect/logout", "/account", "/device", "/consent", "/act-for", "/mandates", "/credentials", "/notices", "/webhooks", "/aeo", "/company", "/invitations"];

    /// <summary><paramref name="address"/> if the person may be sent there, else <see cref="Default"/>.</summary>
    internal static string Safe(string? address) => IsSafe(address) ? address : Default;

    // RFC 9700 §4.11.2: no open redirect. A browser takes a second slash or a backslash for another host.
    internal static bool IsSafe([NotNullWhen(true)] string? address)
    {
        if (address is null || address.Length > MaxLength || !address.StartsWith('/') || address.AsSpan().ContainsAny("\\\r\n\t"))
        {
            return false;
        }

        var end = address.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? address : address[..end];
        return !path.Contains("//", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal) && !path.Contains('%', StringComparison.Ordinal)
            && Array.Exists(Allowed, allowed => new PathString(path).StartsWithSegments(allowed));
    }
}
