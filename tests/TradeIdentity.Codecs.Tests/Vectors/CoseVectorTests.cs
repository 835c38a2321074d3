using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>The examples of the COSE working group, by what their files say and not by their names.</summary>
public class CoseVectorTests
{
    private static readonly SignatureAlgorithm[] Allowed =
    [
        SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512,
        SignatureAlgorithm.PS256, SignatureAlgorithm.PS384, SignatureAlgorithm.PS512,
    ];

    [Fact]
    public void Judges_every_message_as_expected()
    {
        var exceptions = VectorExceptions.Load();
        var wrong = VectorFolder.Files("cose-wg")
            .Where(file => exceptions.For(VectorFolder.NameOf(file)) is null)
            .Select(file => (Name: VectorFolder.NameOf(file), Found: Judge(VectorFolder.Json(file))))
            .Where(judged => judged.Found is not null);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Exceptions_fail_for_the_reason_that_is_given()
    {
        var exceptions = VectorExceptions.Load();
        foreach (var file in VectorFolder.Files("cose-wg"))
        {
            if (exceptions.For(VectorFolder.NameOf(file)) is { } entry)
            {
                Assert.True(FailsFor(entry.Kind, VectorFolder.Json(file)), $"{VectorFolder.NameOf(file)} is no longer an exception: {entry.Why}");
            }
        }
    }

    [Fact]
    public void Reads_the_claims_of_every_token()
    {
        var read = 0;
        foreach (var file in VectorFolder.Files("cose-wg/CWT"))
        {
            var input = VectorFolder.Json(file).GetProperty("input");
            if (!input.TryGetProperty("plaintext_hex", out var hex) || Convert.FromHexString(hex.GetString()!) is not [>= 0xA0 and <= 0xB7, ..] claims)
            {
                continue;
            }

            Assert.True(CwtClaims.TryRead(claims, NumericDates.FractionsAllowed, out var token), file);
            Assert.NotNull(token.IssuedAt);
            Assert.Equal(token.IssuedAt.Value.Millisecond == 0, CwtClaims.TryRead(claims, NumericDates.WholeSeconds, out _));
            read++;
        }

        Assert.NotEqual(0, read);
    }

    // Null where the file is judged as it says.
    private static string? Judge(JsonElement file)
    {
        var mustFail = file.TryGetProperty("fail", out var fail) && fail.GetBoolean();
        var input = file.GetProperty("input");
        var message = Message(file);
        var (section, signers) = Signers(input);
        if (section is null)
        {
            return "no test for its kind of message, and no exception";
        }

        if (!CoseSigned.TryParse(message, out var signed) || signed.Signers.Count != signers.Length)
        {
            return mustFail ? null : "not read";
        }

        var checks = signers.Select((signer, at) =>
        {
            using var key = Key(signer.GetProperty("key"));
            return signed.Verify(key, Allowed, External(signer), at);
        }).ToArray();
        var valid = checks.All(check => check == SignatureCheck.Valid) && signed.Payload!.Value.Span.SequenceEqual(Plaintext(input));
        return valid != mustFail ? null : string.Join(", ", checks);
    }

    private static bool FailsFor(string kind, JsonElement file)
    {
        var input = file.GetProperty("input");
        var message = Message(file);
        var isSigned = CoseSigned.TryParse(message, out var signed);
        var isEncrypted = CoseEncrypt0.TryParse(message, out var encrypted);
        return kind switch
        {
            "mac" => (input.TryGetProperty("mac", out _) || input.TryGetProperty("mac0", out _)) && !isSigned && !isEncrypted,
            "enveloped" => input.TryGetProperty("enveloped", out _) && !isSigned && !isEncrypted,
            "content-encryption" => isEncrypted && !encrypted!.TryDecrypt(new byte[CoseEncrypt0.KeyLength], out _)
                && input.GetProperty("encrypted").GetProperty("protected").GetProperty("alg").GetString()!.StartsWith("AES-CCM", StringComparison.Ordinal),
            "eddsa" => isSigned && signed!.Signers[0].Headers.AlgorithmNumber == -8 && Verify(signed) == SignatureCheck.AlgorithmNotAllowed,
            "critical" => isSigned && Verify(signed!) == SignatureCheck.UnknownCriticalHeader,
            _ => false,
        };
    }

    private static SignatureCheck Verify(CoseSigned signed)
    {
        using var key = TestKeys.P256Verification();
        return signed.Verify(key, Allowed);
    }

    private static (JsonElement? Section, JsonElement[] Signers) Signers(JsonElement input)
    {
        if (input.TryGetProperty("sign0", out var sign1))
        {
            return (sign1, [sign1]);
        }

        return input.TryGetProperty("sign", out var sign) ? (sign, [.. sign.GetProperty("signers").EnumerateArray()]) : (null, []);
    }

    private static byte[] Message(JsonElement file) => Convert.FromHexString(file.GetProperty("output").GetProperty("cbor").GetString()!);

    private static byte[] External(JsonElement signer) =>
        signer.TryGetProperty("external", out var hex) ? Convert.FromHexString(hex.GetString()!) : [];

    private static byte[] Plaintext(JsonElement input) => input.TryGetProperty("plaintext_hex", out var hex)
        ? Convert.FromHexString(hex.GetString()!)
        : Encoding.UTF8.GetBytes(input.GetProperty("plaintext").GetString()!);

    private static VerificationKey Key(JsonElement key)
    {
        VerificationKey? read;
        if (key.GetProperty("kty").GetString() == "RSA")
        {
            Assert.True(VerificationKey.TryFromRsa(Number(key, "n"), Number(key, "e"), out read));
            return read;
        }

        var (curve, length) = key.GetProperty("crv").GetString() switch
        {
            "P-256" => (1, 32),
            "P-384" => (2, 48),
            "P-521" => (3, 66),
            var other => throw new InvalidDataException($"Curve {other}."),
        };
        Assert.True(VerificationKey.TryFromPoint(curve, Padded(Number(key, "x"), length), Padded(Number(key, "y"), length), out read));
        return read;
    }

    private static byte[] Padded(byte[] number, int length) => [.. new byte[length - number.Length], .. number];

    private static byte[] Number(JsonElement key, string name) => key.TryGetProperty(name + "_hex", out var hex)
        ? Convert.FromHexString(hex.GetString()!)
        : Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
}
