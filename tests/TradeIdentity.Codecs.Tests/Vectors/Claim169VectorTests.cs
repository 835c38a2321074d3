using System.Globalization;
using System.Text.Json;
using TradeIdentity.Codecs.Envelopes;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>The Claim 169 examples, by what their files say and not by their names.</summary>
public class Claim169VectorTests
{
    private static readonly Dictionary<string, long> Samples = new()
    {
        ["rightThumb"] = 50,
        ["rightPointerFinger"] = 51,
        ["rightMiddleFinger"] = 52,
        ["rightRingFinger"] = 53,
        ["rightLittleFinger"] = 54,
        ["leftThumb"] = 55,
        ["leftPointerFinger"] = 56,
        ["leftMiddleFinger"] = 57,
        ["leftRingFinger"] = 58,
        ["leftLittleFinger"] = 59,
        ["rightIris"] = 60,
        ["leftIris"] = 61,
        ["face"] = 62,
        ["rightPalm"] = 63,
        ["leftPalm"] = 64,
        ["voice"] = 65,
    };

    [Fact]
    public void Reads_every_code_as_expected()
    {
        var exceptions = VectorExceptions.Load();
        foreach (var file in VectorFolder.Files("claim169"))
        {
            var vector = VectorFolder.Json(file);
            var failure = Claim169Envelope.Decode(vector.GetProperty("qr_data").GetString(), DecryptionKey(vector), out var envelope);
            Assert.True(failure == Expected(vector), $"{VectorFolder.NameOf(file)}: {failure}");
            if (failure == EnvelopeFailure.None)
            {
                AssertIdentity(
                    vector.GetProperty("expected_claim169"), envelope!.Identity, VectorFolder.NameOf(file),
                    exceptions.For(VectorFolder.NameOf(file))?.Kind == "wrong-sample");
                AssertClaims(vector, envelope);
            }
        }
    }

    [Fact]
    public void Checks_every_signature_or_refuses_its_algorithm()
    {
        var exceptions = VectorExceptions.Load();
        foreach (var file in VectorFolder.Files("claim169"))
        {
            var vector = VectorFolder.Json(file);
            if (!vector.TryGetProperty("signing_key", out var signing))
            {
                continue;
            }

            Assert.Equal(EnvelopeFailure.None, Claim169Envelope.Decode(vector.GetProperty("qr_data").GetString(), DecryptionKey(vector), out var envelope));
            if (exceptions.For(VectorFolder.NameOf(file)) is { } entry)
            {
                using var another = TestKeys.P256Verification();
                Assert.Equal("eddsa", entry.Kind);
                Assert.Equal(SignatureCheck.AlgorithmNotAllowed, envelope!.Verify(another, [SignatureAlgorithm.ES256]));
                continue;
            }

            var point = Convert.FromHexString(signing.GetProperty("public_key_hex").GetString()!);
            Assert.True(VerificationKey.TryFromPoint(1, point.AsSpan(1, 32), point.AsSpan(33), out var key), file);
            using (key)
            {
                Assert.Equal(SignatureCheck.Valid, envelope!.Verify(key, [SignatureAlgorithm.ES256]));
                Assert.Equal(SignatureCheck.AlgorithmNotAllowed, envelope.Verify(key, [SignatureAlgorithm.PS256]));
            }
        }
    }

    [Fact]
    public void Needs_the_right_key_for_an_encrypted_code()
    {
        foreach (var vector in VectorFolder.Files("claim169").Select(VectorFolder.Json).Where(vector => !DecryptionKey(vector).IsEmpty))
        {
            var text = vector.GetProperty("qr_data").GetString();
            Assert.Equal(EnvelopeFailure.KeyNeeded, Claim169Envelope.Decode(text, [], out _));
            Assert.Equal(EnvelopeFailure.Decryption, Claim169Envelope.Decode(text, new byte[32], out _));
            Assert.Equal(EnvelopeFailure.Decryption, Claim169Envelope.Decode(text, new byte[16], out _));
        }
    }

    [Fact]
    public void Keeps_members_that_it_does_not_know()
    {
        var file = VectorFolder.Files("claim169").FirstOrDefault(file => file.EndsWith("unknown-fields.json", StringComparison.Ordinal));
        Assert.SkipWhen(file is null, "No vector with unknown fields.");
        Assert.Equal(EnvelopeFailure.None, Claim169Envelope.Decode(VectorFolder.Json(file!).GetProperty("qr_data").GetString(), [], out var envelope));
        Assert.Equal([30, 45, 70, 99], envelope!.Identity.Unknown.Keys.Order());
        Assert.Equal("43010203", Convert.ToHexString(envelope.Identity.Unknown[70].Span));
    }

    private static ReadOnlySpan<byte> DecryptionKey(JsonElement vector) =>
        vector.TryGetProperty("encryption_key", out var key) ? Convert.FromHexString(key.GetProperty("symmetric_key_hex").GetString()!) : [];

    private static EnvelopeFailure Expected(JsonElement vector) =>
        !vector.TryGetProperty("expected_error", out var error) ? EnvelopeFailure.None : error.GetString() switch
        {
            "Base45Decode" => EnvelopeFailure.Base45,
            "Decompress" => EnvelopeFailure.Compression,
            "CoseParse" => EnvelopeFailure.NotCose,
            "CborParse" or "CwtParse" => EnvelopeFailure.Cbor,
            "Claim169NotFound" => EnvelopeFailure.MissingClaim,
            "Claim169Invalid" => EnvelopeFailure.MalformedClaim,
            "DecryptionFailed" => EnvelopeFailure.Decryption,
            var other => throw new InvalidDataException($"Error {other}."),
        };

    private static void AssertIdentity(JsonElement expected, Claim169Identity identity, string file, bool hasWrongSample)
    {
        foreach (var member in expected.EnumerateObject())
        {
            if (Samples.TryGetValue(member.Name, out var number))
            {
                AssertSamples(member.Value, identity.Biometrics[number], hasWrongSample);
                continue;
            }

            var property = typeof(Claim169Identity).GetProperty(member.Name, System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance);
            Assert.True(property is not null, $"{file}: member {member.Name} has no property.");
            var found = property.GetValue(identity) switch
            {
                IReadOnlyList<long> list => string.Join(',', list),
                ReadOnlyMemory<byte> bytes => Convert.ToBase64String(bytes.Span),
                var other => Convert.ToString(other, CultureInfo.InvariantCulture),
            };
            var wanted = member.Value.ValueKind == JsonValueKind.Array ? string.Join(',', member.Value.EnumerateArray()) : member.Value.ToString();
            Assert.True(wanted == found, $"{file}: {member.Name} is {found}.");
        }
    }

    private static void AssertSamples(JsonElement expected, IReadOnlyList<Claim169Biometric> samples, bool areWrong)
    {
        Assert.Equal(expected.GetArrayLength(), samples.Count);
        foreach (var (wanted, sample) in expected.EnumerateArray().Zip(samples))
        {
            Assert.Equal(wanted.GetProperty("format").GetInt64(), sample.Format);
            Assert.Equal(wanted.GetProperty("subFormat").GetInt64(), sample.SubFormat);
            if (wanted.TryGetProperty("data", out var data))
            {
                Assert.Equal(!areWrong, data.GetString() == Convert.ToBase64String(sample.Data.Span));
            }
        }
    }

    private static void AssertClaims(JsonElement vector, Claim169Envelope envelope)
    {
        if (!vector.TryGetProperty("expected_cwt_meta", out var meta))
        {
            return;
        }

        foreach (var member in meta.EnumerateObject())
        {
            var found = member.Name switch
            {
                "issuer" => envelope.Claims.Issuer,
                "subject" => envelope.Claims.Subject,
                "expiresAt" => Seconds(envelope.Claims.ExpiresAt),
                "notBefore" => Seconds(envelope.Claims.NotBefore),
                "issuedAt" => Seconds(envelope.Claims.IssuedAt),
                var other => throw new InvalidDataException($"Claim {other}."),
            };
            Assert.Equal(member.Value.ToString(), found);
        }
    }

    private static string? Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
