using System.Net;
using System.Text;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>Which addresses a browser may be sent to with an answer (RFC 9700 §4.1, RFC 8252 §7), and which are a client's pages.</summary>
internal static class RedirectAddress
{
    // Names of answers of this server: one that the address brings itself would come twice.
    private static readonly string[] OurParameters = ["code", "state", "iss", "error", "error_description", "error_uri", "response", "id_token"];

    /// <summary>Why <paramref name="text"/> is no redirect URI for such a client; null where it is one.</summary>
    public static string? Mistake(string text, bool isNative, bool allowsThisMachine)
    {
        if (Canonical(text) is not { } uri)
        {
            return "must be an absolute address in its canonical form, without fragment, user or wildcard";
        }

        if (uri.Query.TrimStart('?').Split('&').Any(pair => OurParameters.Contains(pair.Split('=')[0], StringComparer.OrdinalIgnoreCase)))
        {
            return "must not have a query parameter that an answer of this server has";
        }

        if (uri.Scheme == Uri.UriSchemeHttps)
        {
            // OpenID Connect Dynamic Client Registration §2.
            return IsThisMachine(uri) && !isNative && !allowsThisMachine ? "must not be on the local machine for a web client" : null;
        }

        if (uri.Scheme == Uri.UriSchemeHttp)
        {
            // RFC 8252 §7.3.
            return IsThisMachine(uri) && (isNative || allowsThisMachine) ? null : "must be https; plain http is for the loopback address of a native client";
        }

        // RFC 8252 §7.1: a domain name, reversed, which also keeps javascript, data and file out.
        return isNative && uri.Scheme.Contains('.') ? null : "must be https, or for a native client loopback or a private-use scheme such as com.example.app";
    }

    /// <summary>An https address on the web, as it was written.</summary>
    public static bool IsPage(string text, bool allowsThisMachine) =>
        Canonical(text) is { } uri
        && (uri.Scheme == Uri.UriSchemeHttps && (allowsThisMachine || !IsThisMachine(uri))
            || uri.Scheme == Uri.UriSchemeHttp && allowsThisMachine && IsThisMachine(uri));

    /// <summary>
    /// Addresses are compared character by character, so one that can be written in two ways is refused: upper case in the
    /// host, a default port, dot segments, characters to be escaped, the root's dot. A name of other letters is written as DNS
    /// has it (RFC 5890 §2.3.2.1): people compare the host with one that they know, and headers have ASCII alone.
    /// </summary>
    private static Uri? Canonical(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.AbsoluteUri == text || uri.AbsoluteUri == text + "/")
        && Ascii.IsValid(text) && !text.Contains('#') && uri.UserInfo.Length == 0 && !uri.IsFile
        && !uri.Host.Contains('*') && !uri.Host.EndsWith('.')
            ? uri
            : null;

    private static bool IsThisMachine(Uri uri) =>
        uri.Host is "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal)
        // No address at all is this machine to most systems.
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
}
