using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.Cwt;
using TradeIdentity.Codecs.Envelopes;
using TradeIdentity.Codecs.Signatures;
using TradeIdentity.Codecs.StatusLists;

namespace TradeIdentity.Codecs.Tests.Vectors;

/// <summary>
/// The EU DCC test data: for every file each of the checks that its EXPECTEDRESULTS names, from the text of the QR code on
/// and from the file's own input to that step. A check that is expected to fail must fail from one of them at least.
/// </summary>
public class HcertVectorTests
{
    private static readonly string[] Checks =
    [
        "EXPECTEDUNPREFIX", "EXPECTEDB45DECODE", "EXPECTEDCOMPRESSION", "EXPECTEDVERIFY", "EXPECTEDEXPIRATIONCHECK",
    ];

    [Fact]
    public void Every_check_comes_out_as_expected()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in VectorFolder.Files("dcc"))
        {
            var vector = new Vector(VectorFolder.Json(file));
            foreach (var check in Checks.Where(check => vector.Expects(check) is not null))
            {
                count++;
                var found = vector.Run(check);
                if (found.Count == 0 || found.TrueForAll(each => each) != vector.Expects(check))
                {
                    wrong.Add($"{VectorFolder.NameOf(file)} {check}: {string.Join(", ", found)}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(count >= 500 || VectorFolder.Files("dcc").Count < 100, $"Only {count} checks ran.");
    }

    [Fact]
    public void Every_certificate_that_decodes_gives_its_claims()
    {
        foreach (var file in VectorFolder.Files("dcc"))
        {
            var vector = new Vector(VectorFolder.Json(file));
            if (vector.Expects("EXPECTEDDECODE") == true && vector.Text("PREFIX") is { } text)
            {
                Assert.True(HcertEnvelope.Decode(text, out var envelope) == EnvelopeFailure.None, file);
                Assert.False(envelope!.Certificate.IsEmpty);
                Assert.Equal(2, envelope.Issuer?.Length);
                Assert.NotNull(envelope.IssuedAt);
            }
        }
    }

    [Fact]
    public void One_changed_character_never_verifies()
    {
        foreach (var file in VectorFolder.Files("dcc").Take(20))
        {
            var vector = new Vector(VectorFolder.Json(file));
            using var signer = vector.Signer();
            if (vector.Expects("EXPECTEDVERIFY") != true || vector.Text("PREFIX") is not { } text)
            {
                continue;
            }

            for (var at = 4; at < text.Length; at += 61)
            {
                var changed = $"{text[..at]}{(text[at] == '0' ? '1' : '0')}{text[(at + 1)..]}";
                Assert.False(
                    HcertEnvelope.Decode(changed, out var envelope) == EnvelopeFailure.None && envelope!.Verify(signer!) == SignatureCheck.Valid,
                    $"{file} at {at}");
            }
        }
    }

    private sealed class Vector(JsonElement file)
    {
        public string? Text(string name) =>
            file.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } given ? given : null;

        public bool? Expects(string check) =>
            file.GetProperty("EXPECTEDRESULTS").TryGetProperty(check, out var expected) && expected.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? expected.GetBoolean()
                : null;

        public DocumentSigner? Signer() =>
            Context("CERTIFICATE") is { } certificate && DocumentSigner.TryFromCertificate(Convert.FromBase64String(certificate), out var signer) ? signer : null;

        // What the check gives from each place that the file lets it start at.
        public List<bool> Run(string check) => check switch
        {
            "EXPECTEDUNPREFIX" => From(Text("PREFIX"), text => HcertEnvelope.HasPrefix(text) && Same(text[HcertEnvelope.Prefix.Length..], Text("BASE45"))),
            "EXPECTEDB45DECODE" =>
            [
                .. From(Text("PREFIX"), text => HcertEnvelope.Decode(text, out _) is not (EnvelopeFailure.Prefix or EnvelopeFailure.Base45 or EnvelopeFailure.TooLong)),
                .. From(Text("BASE45"), text => Decoded(text) is { } bytes && Same(Convert.ToHexString(bytes), Text("COMPRESSED"))),
            ],
            "EXPECTEDCOMPRESSION" =>
            [
                .. From(Text("PREFIX"), text => HcertEnvelope.Decode(text, out _) is EnvelopeFailure.None or >= EnvelopeFailure.NotCose),
                .. From(Text("COMPRESSED"), hex => Inflated(hex) is { } bytes && Same(Convert.ToHexString(bytes), Text("COSE"))),
            ],
            "EXPECTEDVERIFY" =>
            [
                .. From(Text("PREFIX"), text => HcertEnvelope.Decode(text, out var envelope) == EnvelopeFailure.None && Verified(envelope!)),
                .. From(Text("COSE"), hex => Signed(hex) is { } signed && Verified(signed)),
            ],
            _ =>
            [
                .. From(Text("PREFIX"), text => HcertEnvelope.Decode(text, out var envelope) == EnvelopeFailure.None && !envelope!.IsExpired(Clock())),
                .. From(Text("COSE"), hex => Signed(hex) is { Payload: { } payload }
                    && CwtClaims.TryRead(payload, NumericDates.FractionsAllowed, out var claims) && claims.ExpiresAt >= Clock()),
            ],
        };

        private static List<bool> From(string? start, Func<string, bool> check) => start is null ? [] : [check(start)];

        private static bool Same(string found, string? wanted) => wanted is null || string.Equals(found, wanted, StringComparison.OrdinalIgnoreCase);

        private static byte[]? Decoded(string text)
        {
            var bytes = new byte[Base45.MaxDecodedLength(text.Length)];
            return Base45.Decode(text, bytes, out var written) == OperationStatus.Done ? bytes[..written] : null;
        }

        private static byte[]? Inflated(string hex) => BoundedZlib.TryInflate(Convert.FromHexString(hex), 65_536, out var bytes) ? bytes : null;

        private static CoseSigned? Signed(string hex) => CoseSigned.TryParse(Convert.FromHexString(hex), out var signed) && signed.IsSign1 ? signed : null;

        private bool Verified(HcertEnvelope envelope)
        {
            using var signer = Signer();
            return signer is not null && envelope.Verify(signer) == SignatureCheck.Valid;
        }

        private bool Verified(CoseSigned signed)
        {
            using var signer = Signer();
            return signer is not null && HcertEnvelope.Verify(signed, signer) == SignatureCheck.Valid;
        }

        // Without an offset the time is UTC; offsets come with and without a colon.
        private DateTimeOffset Clock() => DateTimeOffset.Parse(Context("VALIDATIONCLOCK")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        private string? Context(string name) =>
            file.GetProperty("TESTCTX").TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }
}
