using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Jose;

/// <summary>
/// A JWS in compact form (RFC 7515 §7.1): three parts of base64url without padding, a JSON header with no duplicate names.
/// Parsing verifies nothing; <see cref="Verify"/> checks the bytes that were received.
/// </summary>
public sealed class CompactJws
{
    private const int MaxHeaderBytes = 16_384;
    private const int MaxSignatureBytes = 1024;

    private readonly byte[] _signingInput;
    private readonly byte[] _signature;

    private CompactJws(byte[] signingInput, JsonElement header, byte[] payload, byte[] signature)
    {
        _signingInput = signingInput;
        _signature = signature;
        Header = header;
        Payload = payload;
        Algorithm = SignatureAlgorithms.FromJose(Text("alg"));
        KeyId = Text("kid");
        Type = Text("typ");
    }

    /// <summary>The header, a JSON object.</summary>
    public JsonElement Header { get; }

    /// <summary>The payload, as signed.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary><c>alg</c>; <see cref="SignatureAlgorithm.None"/> for one that is not verified here.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary><c>kid</c>; null where it is absent.</summary>
    public string? KeyId { get; }

    /// <summary><c>typ</c>; null where it is absent.</summary>
    public string? Type { get; }

    /// <summary>Parses <paramref name="text"/>, all of it, without verifying anything.</summary>
    /// <param name="text">Three parts with a dot between.</param>
    /// <param name="maxLength">The most characters that are looked at.</param>
    /// <param name="jws">The token; null where the answer is false.</param>
    /// <returns>
    /// False for another number of parts, base64url that is padded or not canonical (bits left over that are not zero), a header
    /// that is no JSON object, has a name twice, or has a <c>crit</c> or <c>b64</c> (RFC 7797), of which none is understood here.
    /// </returns>
    public static bool TryParse(ReadOnlySpan<char> text, int maxLength, [NotNullWhen(true)] out CompactJws? jws)
    {
        jws = null;
        Span<Range> parts = stackalloc Range[4];
        if (text.Length > maxLength
            || text.Split(parts, '.') != 3
            || !CanonicalBase64Url.TryDecode(text[parts[0]], MaxHeaderBytes, out var headerBytes)
            || !CanonicalBase64Url.TryDecode(text[parts[1]], maxLength, out var payload)
            || !CanonicalBase64Url.TryDecode(text[parts[2]], MaxSignatureBytes, out var signature)
            || StrictJson.ReadObject(headerBytes) is not { } header
            || header.TryGetProperty("crit", out _)
            || header.TryGetProperty("b64", out _))
        {
            return false;
        }

        jws = new CompactJws(Encoding.ASCII.GetBytes(text[..parts[1].End.Value].ToArray()), header, payload, signature);
        return true;
    }

    /// <summary>Checks the signature.</summary>
    /// <param name="key">The key that the caller trusts for this token.</param>
    /// <param name="allowed">The algorithms that the caller accepts.</param>
    public SignatureCheck Verify(VerificationKey key, IReadOnlyCollection<SignatureAlgorithm> allowed)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Algorithm is SignatureAlgorithm.None || !allowed.Contains(Algorithm))
        {
            return SignatureCheck.AlgorithmNotAllowed;
        }

        return key.HasCurveOf(Algorithm) ? key.Verify(Algorithm, _signingInput, _signature) : SignatureCheck.KeyOfAnotherType;
    }

    /// <summary>Encodes a token.</summary>
    /// <param name="header">UTF-8 of a JSON object.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="sign">Gives the signature of the bytes handed to it; for ES256, r ‖ s of 64 bytes. Keys stay outside.</param>
    /// <returns>Header, payload and signature in base64url with dots between.</returns>
    public static string Encode(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private string? Text(string name) => StrictJson.Text(Header, name);
}
