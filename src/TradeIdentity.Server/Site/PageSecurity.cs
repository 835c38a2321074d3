namespace TradeIdentity.Server.Site;

/// <summary>What the page of this request may load and where its forms may lead: nothing but what it names here.</summary>
public sealed class PageSecurity
{
    // More than any client of sense has; a header has to end somewhere.
    private const int MostFormTargets = 20;

    private readonly SortedSet<string> _frames = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _formTargets = new(StringComparer.Ordinal);
    private bool _script;

    /// <summary>The page has a script of ours, which talks to this server alone.</summary>
    public void AllowScript() => _script = true;

    /// <summary>
    /// A form of the page may end, by redirects, at <paramref name="redirectUri"/>. Chromium holds form-action against every
    /// redirect that follows a post (CSP 3 §6.4.2 leaves it open), so the client at the end must be named.
    /// </summary>
    public void AllowFormTo(string redirectUri)
    {
        if (_formTargets.Count < MostFormTargets && Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri))
        {
            // The scheme of an app has no host to name.
            _formTargets.Add(uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : uri.Scheme + ":");
        }
    }

    /// <summary>The page loads <paramref name="address"/> in a frame.</summary>
    public void AllowFrame(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _frames.Add(address.GetLeftPart(UriPartial.Authority));
    }

    internal string ContentSecurityPolicy() =>
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        + (_script ? "script-src 'self'; connect-src 'self'; " : "")
        + (_frames.Count > 0 ? $"frame-src {string.Join(' ', _frames)}; " : "")
        + $"form-action {string.Join(' ', _formTargets.Prepend("'self'"))}; base-uri 'none'; frame-ancestors 'none'";
}
