using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TradeIdentity.Server.OpenId.Dpop;

/// <summary>What a token is bound to, its <c>cnf</c> (RFC 7800 §3.1): a key of DPoP (RFC 9449 §6.1) or a certificate (RFC 8705 §3.1).</summary>
/// <param name="KeyThumbprint"><c>jkt</c>.</param>
/// <param name="CertificateThumbprint"><c>x5t#S256</c>.</param>
internal sealed record Confirmation(string? KeyThumbprint, string? CertificateThumbprint)
{
    private const string OfKey = "jkt";
    private const string OfCertificate = "x5t#S256";

    /// <summary>A token that is bound to nothing.</summary>
    public static Confirmation None { get; } = new(null, null);

    public static JsonNode ForKey(string thumbprint) => new JsonObject { [OfKey] = thumbprint };

    public static JsonNode ForCertificate(X509Certificate2 certificate) => new JsonObject { [OfCertificate] = Thumbprint(certificate) };

    /// <summary>RFC 8705 §3.1.</summary>
    public static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));

    /// <returns>Null for a binding that is none of these: nobody here could tell whether it is kept.</returns>
    public static Confirmation? Read(string? claim)
    {
        if (string.IsNullOrEmpty(claim))
        {
            return None;
        }

        // Of our own making, in a token whose signature was checked.
        using var document = JsonDocument.Parse(claim);
        return document.RootElement.EnumerateObject().ToArray() switch
        {
            [{ Name: OfKey } key] => new Confirmation(key.Value.GetString(), null),
            [{ Name: OfCertificate } certificate] => new Confirmation(null, certificate.Value.GetString()),
            _ => null,
        };
    }
}
