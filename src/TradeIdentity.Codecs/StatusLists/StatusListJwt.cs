using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using TradeIdentity.Codecs.Jose;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.StatusLists;

/// <summary>A Status List Token as a JWT (draft §5.1): <c>typ: statuslist+jwt</c>, ES256.</summary>
public static class StatusListJwt
{
    /// <summary>The <c>typ</c>.</summary>
    public const string Type = "statuslist+jwt";

    /// <summary>The media type under which it is served.</summary>
    public const string MediaType = "application/statuslist+jwt";

    /// <summary>Characters of the longest token that is looked at: 16 MB of zlib in base64url twice over, and the claims.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    private static readonly SignatureAlgorithm[] Allowed = [SignatureAlgorithm.ES256];

    /// <summary>Writes and signs a token. The same token and signature give the same text.</summary>
    /// <param name="token">What it says.</param>
    /// <param name="signer">Who signs.</param>
    public static string Encode(StatusListToken token, StatusListSigner signer)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(signer);
        return CompactJws.Encode(
            Object(writer => WriteHeader(writer, signer)),
            Object(writer => WriteClaims(writer, token)),
            input => signer.SignHash(SHA256.HashData(input)));
    }

    /// <summary>Reads a token and verifies it.</summary>
    /// <param name="text">The token, all of it.</param>
    /// <param name="subject">The URI that it was fetched for, which its <c>sub</c> must be.</param>
    /// <param name="key">The issuer's key, from the caller's trust list.</param>
    /// <param name="token">What it says; null unless the answer is <see cref="StatusListFailure.None"/>. Its times are the caller's to judge.</param>
    public static StatusListFailure Read(ReadOnlySpan<char> text, string subject, VerificationKey key, out StatusListToken? token)
    {
        token = null;
        if (!CompactJws.TryParse(text, MaxLength, out var jws))
        {
            return StatusListFailure.Malformed;
        }

        if (jws.Verify(key, Allowed) != SignatureCheck.Valid)
        {
            return StatusListFailure.Signature;
        }

        var failure = Read(jws, out var read);
        if (failure == StatusListFailure.None && read!.Subject != subject)
        {
            return StatusListFailure.Subject;
        }

        token = read;
        return failure;
    }

    /// <summary>Reads a token whose signature nobody has checked: for showing it, never for relying on it.</summary>
    /// <param name="text">The token, all of it.</param>
    /// <param name="token">What it says; null unless the answer is <see cref="StatusListFailure.None"/>.</param>
    public static StatusListFailure ReadUnverified(ReadOnlySpan<char> text, out StatusListToken? token)
    {
        token = null;
        return CompactJws.TryParse(text, MaxLength, out var jws) ? Read(jws, out token) : StatusListFailure.Malformed;
    }

    private static StatusListFailure Read(CompactJws jws, out StatusListToken? token)
    {
        token = null;
        if (jws.Type != Type)
        {
            return StatusListFailure.Type;
        }

        if (StrictJson.ReadObject(jws.Payload) is not { } claims)
        {
            return StatusListFailure.Malformed;
        }

        if (StrictJson.Text(claims, "sub") is not { } subject
            || !TryReadTime(claims, "iat", out var issuedAt) || issuedAt is null
            || !TryReadTime(claims, "exp", out var expiresAt)
            || !TryReadSeconds(claims, "ttl", StatusListTimes.MaxTimeToLive, out var timeToLive) || timeToLive <= 0
            || !claims.TryGetProperty("status_list", out var list))
        {
            return StatusListFailure.Claim;
        }

        var failure = StatusListJson.Read(list, out var statuses, out var aggregationUri);
        token = failure == StatusListFailure.None
            ? StatusListTimes.Token(subject, issuedAt.Value, expiresAt, timeToLive, statuses!, aggregationUri)
            : null;
        return failure;
    }

    private static bool TryReadTime(JsonElement claims, string name, out DateTimeOffset? time)
    {
        var read = TryReadSeconds(claims, name, StatusListTimes.MaxSeconds, out var seconds);
        time = seconds is { } given ? StatusListTimes.At(given) : null;
        return read;
    }

    private static bool TryReadSeconds(JsonElement claims, string name, double max, out double? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var given) || !(given >= 0 && given <= max))
        {
            return false;
        }

        seconds = given;
        return true;
    }

    private static void WriteHeader(Utf8JsonWriter writer, StatusListSigner signer)
    {
        writer.WriteString("alg", "ES256");
        writer.WriteString("kid", signer.KeyId);
        writer.WriteString("typ", Type);
        if (signer.Certificates.Count != 0)
        {
            writer.WriteStartArray("x5c");
            foreach (var certificate in signer.Certificates)
            {
                writer.WriteBase64StringValue(certificate.Span);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteClaims(Utf8JsonWriter writer, StatusListToken token)
    {
        writer.WriteString("sub", token.Subject);
        writer.WriteNumber("iat", token.IssuedAt.ToUnixTimeSeconds());
        if (token.ExpiresAt is { } expiresAt)
        {
            writer.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
        }

        if (token.TimeToLive is { } timeToLive)
        {
            writer.WriteNumber("ttl", (long)timeToLive.TotalSeconds);
        }

        writer.WritePropertyName("status_list");
        StatusListJson.Write(writer, token.Statuses, token.AggregationUri);
    }

    private static ReadOnlySpan<byte> Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
