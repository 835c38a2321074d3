using System.Formats.Cbor;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using TradeIdentity.Codecs.Envelopes;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Tests.Envelopes;

public sealed class HcertEnvelopeTests : IDisposable
{
    private const long ExpiresAt = 1_800_000_000;
    private readonly ECDsa _key = TestKeys.P256();
    private readonly byte[] _certificate;
    private readonly DocumentSigner _signer;

    public HcertEnvelopeTests()
    {
        using var certificate = new CertificateRequest("CN=Example", _key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        _certificate = certificate.RawData;
        Assert.True(DocumentSigner.TryFromCertificate(_certificate, out var signer));
        _signer = signer;
    }

    [Fact]
    public void Reads_and_verifies_an_envelope()
    {
        var text = Text(Signed(Claims(), protectedKid: _signer.KeyId.ToArray()));
        Assert.Equal(EnvelopeFailure.None, HcertEnvelope.Decode(text, out var envelope));
        Assert.Equal(SignatureCheck.Valid, envelope!.Verify(_signer));
        Assert.Equal("NL", envelope.Issuer);
        Assert.Equal([0xA0], envelope.Certificate.ToArray());
    }

    [Fact]
    public void Accepts_until_the_very_second_of_expiry()
    {
        HcertEnvelope.DecodeCose(Signed(Claims()), out var envelope);
        Assert.False(envelope!.IsExpired(DateTimeOffset.FromUnixTimeSeconds(ExpiresAt)));
        Assert.True(envelope.IsExpired(DateTimeOffset.FromUnixTimeSeconds(ExpiresAt).AddMilliseconds(1)));
    }

    [Fact]
    public void The_protected_kid_beats_the_unprotected()
    {
        byte[] right = _signer.KeyId.ToArray(), wrong = new byte[8];
        Assert.Equal(SignatureCheck.Valid, Check(Signed(Claims(), right, wrong)));
        Assert.Equal(SignatureCheck.Valid, Check(Signed(Claims(), null, right)));
        Assert.Equal(SignatureCheck.OtherKeyId, Check(Signed(Claims(), wrong, right)));
        Assert.Equal(SignatureCheck.OtherKeyId, Check(Signed(Claims(), null, null)));
    }

    [Fact]
    public void Names_the_layer_that_fails()
    {
        var cose = Signed(Claims());
        Assert.Equal(EnvelopeFailure.Prefix, Failure("HC2:" + Base45.Encode(Compressed(cose))));
        Assert.Equal(EnvelopeFailure.Prefix, Failure(""));
        Assert.Equal(EnvelopeFailure.TooLong, Failure("HC1:" + new string('0', 4297)));
        Assert.Equal(EnvelopeFailure.Base45, Failure("HC1:abc"));
        Assert.Equal(EnvelopeFailure.Compression, Failure("HC1:" + Base45.Encode(cose)));
        Assert.Equal(EnvelopeFailure.Compression, Failure("HC1:" + Base45.Encode([.. Compressed(cose), 0])));
        Assert.Equal(EnvelopeFailure.Compression, Failure("HC1:" + Base45.Encode(Compressed(new byte[65_537]))));
        Assert.Equal(EnvelopeFailure.NotCose, Failure(Text([0x01, 0x02])));
        Assert.Equal(EnvelopeFailure.NotCose, Failure(Text([.. cose, 0])));
        Assert.Equal(EnvelopeFailure.Cbor, Failure(Text(Signed([0x80]))));
        Assert.Equal(EnvelopeFailure.MissingClaim, Failure(Text(Signed(Claims(withExpiry: false)))));
        Assert.Equal(EnvelopeFailure.MissingClaim, Failure(Text(Signed(Claims(hcert: null)))));
        Assert.Equal(EnvelopeFailure.MissingClaim, Failure(Text(Signed(Claims(hcert: [0xA1, 0x02, 0xA0])))));
        Assert.Equal(EnvelopeFailure.MalformedClaim, Failure(Text(Signed(Claims(hcert: [0x01])))));
        Assert.Equal(EnvelopeFailure.None, Failure(Text(cose)));
    }

    [Fact]
    public void Takes_a_certificate_only_as_a_whole()
    {
        Assert.False(DocumentSigner.TryFromCertificate([], out _));
        Assert.False(DocumentSigner.TryFromCertificate(_certificate.AsSpan(1), out _));
        Assert.False(DocumentSigner.TryFromCertificate([.. _certificate, 0], out _));
        Assert.Equal(SHA256.HashData(_certificate)[..8], _signer.KeyId.ToArray());
    }

    [Fact]
    public void Answers_for_arbitrary_texts() => Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"].Array[0, 100].Sample(
        text => HcertEnvelope.Decode("HC1:" + new string(text), out var envelope) != EnvelopeFailure.None && envelope is null, iter: 3000);

    public void Dispose()
    {
        _signer.Dispose();
        _key.Dispose();
    }

    private static EnvelopeFailure Failure(string text) => HcertEnvelope.Decode(text, out _);

    private SignatureCheck Check(byte[] cose) => HcertEnvelope.DecodeCose(cose, out var envelope) == EnvelopeFailure.None ? envelope!.Verify(_signer) : SignatureCheck.Invalid;

    private byte[] Signed(byte[] payload, byte[]? protectedKid = null, byte[]? unprotectedKid = null)
    {
        var signer = new CoseSigner(_key, HashAlgorithmName.SHA256);
        if (protectedKid is not null)
        {
            signer.ProtectedHeaders.Add(CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes(protectedKid));
        }

        // The platform refuses to write one label in both headers, as some issuers do: put in behind its back.
        var message = CoseSign1Message.SignEmbedded(payload, signer);
        var at = 3 + message[2] - 0x40;
        return unprotectedKid is null ? message : [.. message[..at], 0xA1, 0x04, 0x48, .. unprotectedKid, .. message[(at + 1)..]];
    }

    private static byte[] Claims(bool withExpiry = true, byte[]? hcert = null) => Claims(withExpiry, hcert ?? [0xA1, 0x01, 0xA0], true);

    private static byte[] Claims(byte[]? hcert) => Claims(true, hcert ?? [], hcert is not null);

    private static byte[] Claims(bool withExpiry, byte[] hcert, bool withHcert)
    {
        var writer = new CborWriter(convertIndefiniteLengthEncodings: true);
        writer.WriteStartMap(null);
        writer.WriteInt32(1);
        writer.WriteTextString("NL");
        if (withExpiry)
        {
            writer.WriteInt32(4);
            writer.WriteInt64(ExpiresAt);
        }

        if (withHcert)
        {
            writer.WriteInt32(-260);
            writer.WriteEncodedValue(hcert);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static string Text(byte[] cose) => HcertEnvelope.Prefix + Base45.Encode(Compressed(cose));

    private static byte[] Compressed(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }
}
