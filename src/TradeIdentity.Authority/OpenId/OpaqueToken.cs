using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TradeIdentity.Authority.OpenId;

/// <summary>A bearer token that means nothing by itself: 256 random bits under a prefix that tells its kind, kept as its digest alone.</summary>
internal static class OpaqueToken
{
    private const int RandomBytes = 32;

    /// <summary>RFC 7591 §1.2: lets someone register a client.</summary>
    public const string InitialAccess = "ti1i_";

    /// <summary>RFC 7592 §1.2: lets a client read and change its own registration.</summary>
    public const string RegistrationAccess = "ti1r_";

    public static string New(string prefix)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(bytes);
        return prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>What is stored; null for a text that cannot be such a token, however long it is.</summary>
    public static byte[]? Digest(string prefix, string? token) =>
        token is not null && token.Length == prefix.Length + Base64Url.GetEncodedLength(RandomBytes) && token.StartsWith(prefix, StringComparison.Ordinal)
            ? SHA256.HashData(Encoding.UTF8.GetBytes(token))
            : null;
}
