using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenIddict.Abstractions;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>
/// Whether who presents a token holds what it is bound to. For UserInfo and for the API alike: a bound token is no bearer
/// token, and a bearer token gains nothing by the other scheme (RFC 9449 §7.1, §7.2).
/// </summary>
internal sealed class CheckPossession(CheckDpopProof check, PassProofOnce pass)
{
    private const string Scheme = "DPoP ";

    /// <summary>The token of <c>Authorization: DPoP …</c>; null for another scheme, or more than one header.</summary>
    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim(' ') : null;

    /// <param name="request">The request that presents it.</param>
    /// <param name="token">The access token, as it came.</param>
    /// <param name="claim">Its <c>cnf</c>, as JSON.</param>
    /// <param name="certificate">That of the connection, if any.</param>
    /// <param name="cancellationToken">Cancels the wait; the proof may have been used.</param>
    public async Task<Refusal?> OfAccessTokenAsync(HttpRequest request, string token, string? claim, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var isDpop = Token(request) is not null;
        switch (Confirmation.Read(claim))
        {
            case { KeyThumbprint: { } bound } when isDpop:
                return check.Execute(request, token).TryGet(out var proof, out var refusal)
                    ? Same(proof.Thumbprint, bound) ? await pass.ExecuteAsync(proof, cancellationToken) : Wrong("The access token is bound to another key.")
                    : refusal;
            case { CertificateThumbprint: { } bound } when !isDpop:
                return OfCertificate(certificate, bound);
            case { KeyThumbprint: null, CertificateThumbprint: null } when !isDpop:
                return null;
            default:
                return Wrong("The access token is not of the scheme with which it was presented.");
        }
    }

    /// <summary>RFC 8705 §3.1.</summary>
    public static Refusal? OfCertificate(X509Certificate2? certificate, string bound) =>
        certificate is not null && Same(Confirmation.Thumbprint(certificate), bound)
            ? null
            : Wrong("The token is bound to another certificate than that of this connection.");

    public static bool Same(string thumbprint, string bound) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(thumbprint), Encoding.UTF8.GetBytes(bound));

    private static Refusal Wrong(string detail) => new(OpenIddictConstants.Errors.InvalidToken, detail);
}
