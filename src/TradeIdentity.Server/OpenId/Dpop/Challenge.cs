namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>What the engine answers in terms of Bearer, for the schemes that there are (RFC 9449 §7.1, RFC 9110 §11.6.1).</summary>
internal static class Challenge
{
    private const string Bearer = "Bearer";

    private static readonly string Algorithms = $"algs=\"{string.Join(' ', CheckDpopProof.Algorithms)}\"";

    /// <param name="http">Whose answer has the engine's status and challenge.</param>
    /// <param name="error">That of the answer.</param>
    public static void Write(HttpContext http, string? error)
    {
        if (error is CheckDpopProof.Invalid or CheckDpopProof.UseNonce)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        if (http.Response.Headers.WWWAuthenticate is not [{ } challenge] || !challenge.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return;
        }

        if (CheckPossession.Token(http.Request) is not null)
        {
            var parameters = challenge[Bearer.Length..].Trim();
            http.Response.Headers.WWWAuthenticate = parameters.Length == 0 ? $"DPoP {Algorithms}" : $"DPoP {parameters}, {Algorithms}";
        }
        else if (http.Request.Headers.Authorization.Count == 0)
        {
            // Whoever asks with nothing learns both ways.
            http.Response.Headers.Append("WWW-Authenticate", $"DPoP {Algorithms}");
        }
    }
}
