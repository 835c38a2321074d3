using System.Text;
using TradeIdentity.Codecs;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using static TradeIdentity.Verification.Tests.TestIssuer;

namespace TradeIdentity.Verification.Tests.Vectors;

/// <summary>The published vectors. Their keys are made anew whenever they are written, and thrown away: nothing signs more of them.</summary>
internal sealed class VectorCases : IDisposable
{
    private readonly TestIssuer _issuer = new();
    private readonly TestKey _stranger = new();

    public TrustAnchor Anchor => _issuer.AnchorKey.Anchor;

    private (string Name, byte[] File) Plain => ("plain", _plain ??= File(_issuer.Content()));

    private byte[]? _plain;

    private string Company => _issuer.Text(TestIssuer.Company);

    public IEnumerable<VectorCase> Verdicts() => [.. Envelopes(), .. Encodings(), .. Signatures(), .. Times(), .. Statuses(), .. Mandates(), .. Successions(), .. Bundles()];

    public IEnumerable<DeltaCase> Deltas()
    {
        var first = Delta(10, Change(revoked: [ValidIndex], suspended: [6], reinstated: [SuspendedIndex]));
        yield return Of("taken", "What is named changes, and everything grows younger.", first, BundleFailure.None) with
        {
            After =
            [
                (Company, "rejected: revoked"), (At(6), "rejected: suspended"), (At(SuspendedIndex), "accepted"), (At(7), "accepted"), (At(RevokedIndex), "rejected: revoked"),
            ],
        };
        yield return Of("nothing-changed", "A delta without a change makes the statuses younger.", Delta(10), BundleFailure.None) with { After = [(Company, "accepted")] };
        yield return Of("skips-one", "It continues from a bundle that is not in hand.", Delta(11), BundleFailure.OutOfOrder);
        yield return Of("replayed", "It was applied already.", first, BundleFailure.OutOfOrder) with { Bundle = ("brought-up-to-date", Applied(first)) };
        yield return Of("older-than-the-bundle", "It was signed before the bundle that it continues.", Sign(Content(10) with { Issued = Now.AddSeconds(-1) }), BundleFailure.OutOfOrder);
        yield return Of("of-another-issuer", "The bundle has no such issuer: it would look fresh without a status being so.", Sign(Content(10) with { Issuer = "BE" }), BundleFailure.OutOfOrder);
        yield return Of("brings-back-the-revoked", "Revocation is for good.", Delta(10, Change(reinstated: [RevokedIndex])), BundleFailure.OutOfOrder);
        yield return Of("beyond-the-list", "The list has no such index.", Delta(10, Change(revoked: [ListLength])), BundleFailure.OutOfOrder);
        yield return Of("forged", "Signed by a stranger.", _stranger.Sign(StatusDelta.Type, Content(10).Write()), BundleFailure.SignatureInvalid);
        yield return Of("signed-by-an-issuing-key", "Signed by a key that signs credentials, which is no anchor.", _issuer.Key.Sign(StatusDelta.Type, Content(10).Write()), BundleFailure.SignatureInvalid);
        yield return Of("altered", "One bit of its signature is another.", Flipped(first, ^1), BundleFailure.SignatureInvalid);
        yield return Of("cut-off", "Its last byte is missing.", first[..^1], BundleFailure.Malformed);
        yield return Of("a-bundle", "A bundle is no delta.", Plain.File, BundleFailure.Malformed);

        DeltaCase Of(string name, string about, byte[] delta, BundleFailure failure) => new(name, about, delta, failure) { Bundle = Plain };

        byte[] Applied(byte[] delta)
        {
            Assert.Equal(BundleFailure.None, BundleFile.TryApply(Plain.File, delta, [Anchor], out var applied));
            return applied;
        }
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _stranger.Dispose();
    }

    private IEnumerable<VectorCase> Envelopes()
    {
        yield return Of("company", "An AEO credential with all that one has.", Company, "accepted");
        yield return Of("least", "A credential with what it must have and nothing else.", _issuer.Text(TestIssuer.Company with { Type = CredentialTypes.LegalIdentity, Identifiers = [], Roles = [], Aeo = [], Address = null, EntityAssurance = null }), "accepted");
        yield return Of("names-in-their-script", "Names and addresses are Unicode.", _issuer.Text(TestIssuer.Company with { LegalName = "شركة المثال لتجارة التمور", Address = "示例路5号, 上海" }), "accepted");
        yield return Of("empty", "Nothing was read.", "", "rejected: unsupported_envelope");
        yield return Of("address-of-a-page", "A code of another kind.", "https://customs.example/TI1:", "rejected: unsupported_envelope");
        yield return Of("health-certificate", "The envelope of a health certificate, cut short.", "HC1:6BFOXN", "rejected: unsupported_envelope");
        yield return Of("delta-in-place-of-a-credential", "A delta is for the bundle, and proves no company.", DeltaText.Encode(Delta(10)), "rejected: unsupported_envelope");
        yield return Of("prefix-in-lower-case", "The prefix is upper case.", "ti1:" + Company[4..], "rejected: unsupported_envelope");
        yield return Of("byte-order-mark", "A reader put U+FEFF in front.", "\uFEFF" + Company, "rejected: unsupported_envelope");
        yield return Of("prefix-alone", "Nothing follows the prefix.", "TI1:", "rejected: malformed");
        yield return Of("lower-case", "Base45 has no lower case.", "TI1:" + Company[4..].ToLowerInvariant(), "rejected: malformed");
        yield return Of("newline-behind", "White space around a text is not of it: cut it where the text is read.", Company + "\n", "rejected: malformed");
        yield return Of("nul-inside", "A NUL is no character of Base45.", Company[..40] + "\0" + Company[41..], "rejected: malformed");
        yield return Of("one-character-short", "The last character is missing.", Company[..^1], "rejected: malformed");
        yield return Of("prefix-twice", "A scanner sent its prefix twice.", "TI1:" + Company, "rejected: malformed");
        yield return Of("longer-than-a-code", "No QR code holds so much.", Company.PadRight(Ti1Text.MaxLength + 1, '0'), "rejected: malformed");
        yield return Of("group-out-of-range", "A group of Base45 stands for more than two bytes.", "TI1::::" + Company[7..], "rejected: malformed");
    }

    private IEnumerable<VectorCase> Encodings()
    {
        var payload = CredentialWriter.Write(TestIssuer.Company);
        var message = _issuer.Message(TestIssuer.Company);
        yield return Of("another-type", "Signed, and of another typ.", Signed("ti2", payload), "rejected: malformed");
        yield return Of("byte-behind-the-claims", "Signed, with a byte too many in the payload.", Signed(CredentialWriter.Type, [.. payload, 0]), "rejected: malformed");
        yield return Of("byte-behind-the-message", "A byte behind the message, which nobody signed.", Ti1Text.Encode([.. message, 0]), "rejected: malformed");
        yield return Of("no-claims", "Signed, and empty.", Signed(CredentialWriter.Type, []), "rejected: malformed");
        yield return Of("no-tag", "The message without its tag 18.", Ti1Text.Encode(message.AsSpan(1)), "rejected: malformed");
        yield return Of("long-form-of-a-short-number", "Deterministic CBOR has one form of a number.", Signed(CredentialWriter.Type, LongForm(payload)), "rejected: malformed");
        yield return Of("claims-in-another-order", "Deterministic CBOR has one order of keys.", Signed(CredentialWriter.Type, Swapped(payload)), "rejected: malformed");

        // The first key, 1, in two bytes.
        static byte[] LongForm(byte[] payload) => [payload[0], 0x18, payload[1], .. payload.AsSpan(2)];

        // The first key, 1, becomes 3, and stands before a smaller one.
        static byte[] Swapped(byte[] payload) => [payload[0], 0x03, .. payload.AsSpan(2)];
    }

    private IEnumerable<VectorCase> Signatures()
    {
        var message = _issuer.Message(TestIssuer.Company);
        var payload = CredentialWriter.Write(TestIssuer.Company);
        var header = CoseSign1.EncodeProtectedHeader(_issuer.Key.Anchor.KeyId, CredentialWriter.Type);
        yield return Of("signature-altered", "One bit of the signature is another.", Ti1Text.Encode(Flipped(message, ^1)), "rejected: signature_invalid");
        yield return Of("name-altered", "One letter of the legal name is another.", Ti1Text.Encode(Renamed(message)), "rejected: signature_invalid");
        yield return Of("another-signer", "A stranger signed under the name of a known key.", Ti1Text.Encode(_stranger.Sign(header, payload)), "rejected: signature_invalid");
        yield return Of("signer-unknown", "A key that the bundle does not have: no forgery, and no proof.", Ti1Text.Encode(_stranger.Sign(CredentialWriter.Type, payload)), "undetermined: issuer_unknown");
        yield return Of("key-name-damaged", "A key's name with two bytes changed is a damaged credential, not an unknown issuer.", Ti1Text.Encode(_issuer.Key.Sign(CoseSign1.EncodeProtectedHeader(Damaged(), CredentialWriter.Type), payload)), "rejected: signature_invalid");
        yield return Of("eddsa", "An algorithm that no verifier of this profile takes.", Ti1Text.Encode(_issuer.Key.Sign([.. header.AsSpan(0, 2), 0x27, .. header.AsSpan(3)], payload)), "rejected: algorithm_not_allowed");
        yield return Of("es256-taken-off-the-list", "The bundle allows ES256 no more.", Company, "rejected: algorithm_not_allowed") with { Bundle = Named("without-es256", _issuer.Content() with { Algorithms = [-8] }) };
        yield return Of("of-another-issuer", "A key vouches for its own issuer only.", _issuer.Text(TestIssuer.Company with { Issuer = "NL" }), "rejected: issuer_not_authorised");
        yield return Of("of-a-type-that-is-not-its", "A key vouches for its own types only.", Company, "rejected: issuer_not_authorised") with { Bundle = Named("without-aeo", Terms(terms => terms with { CredentialTypes = [1, 3] })) };
        yield return Of("of-a-country-that-is-not-its", "A key vouches for operators of its own countries only.", Company, "rejected: issuer_not_authorised") with { Bundle = Named("of-belgium", Terms(terms => terms with { Countries = ["BE"] })) };
        yield return Of("of-a-country-that-is-its", "The same, and the country is among them.", Company, "accepted") with { Bundle = Named("of-benelux", Terms(terms => terms with { Countries = ["BE", "LU", "NL"] })) };
        yield return Of("before-the-key-signed", "Issued a second before the key began to sign.", Company, "rejected: issuer_not_authorised") with { Bundle = Named("signs-later", Terms(terms => terms with { SignsFrom = TestIssuer.Company.IssuedAt.AddSeconds(1) })) };
        yield return Of("after-the-key-signed", "Issued a second after the key had ended.", Company, "rejected: issuer_not_authorised") with { Bundle = Named("signed-until", Terms(terms => terms with { SignsUntil = TestIssuer.Company.IssuedAt.AddSeconds(-1) })) };

        byte[] Damaged()
        {
            byte[] keyId = [.. _issuer.Key.Anchor.KeyId];
            keyId[0] ^= 0xFF;
            keyId[2] ^= 0xFF;
            return keyId;
        }

        static byte[] Renamed(byte[] message)
        {
            byte[] changed = [.. message];
            changed[changed.AsSpan().IndexOf("Noordzee"u8)] = (byte)'M';
            return changed;
        }
    }

    private IEnumerable<VectorCase> Times()
    {
        var year = TestIssuer.Company;
        yield return Of("within-the-tolerance", "A clock thirty seconds behind is right enough.", Company, "accepted") with { At = Now.AddSeconds(-30) };
        yield return Of("clock-behind-the-bundle", "A second more, and the clock is wrong: neither expired nor forged.", Company, "undetermined: clock") with { At = Now.AddSeconds(-31) };
        yield return Of("clock-behind-the-credential", "The credential was signed later than the clock says.", _issuer.Text(year with { IssuedAt = Now.AddMinutes(2), NotBefore = Now.AddMinutes(2) }), "undetermined: clock");
        yield return Of("no-tolerance", "The post tolerates no second.", Company, "undetermined: clock") with { At = Now.AddSeconds(-1), Policy = new VerificationPolicy { ClockTolerance = TimeSpan.Zero } };
        yield return Of("not-yet-valid", "Its validity begins tomorrow.", _issuer.Text(year with { NotBefore = Now.AddDays(1) }), "rejected: not_yet_valid");
        yield return Of("last-second", "A second before it expires.", _issuer.Text(year with { ExpiresAt = Now.AddSeconds(1) }), "accepted");
        yield return Of("expired", "The second in which it expires is none of its validity.", _issuer.Text(year with { ExpiresAt = Now }), "rejected: expired");
    }

    private IEnumerable<VectorCase> Statuses()
    {
        yield return Of("revoked", "Revoked by its issuer.", At(RevokedIndex), "rejected: revoked");
        yield return Of("suspended", "Suspended by its issuer.", At(SuspendedIndex), "rejected: suspended");
        yield return Of("status-without-a-meaning", "The value 3 is not assigned.", At(UnknownIndex), "undetermined: status_unknown");
        yield return Of("last-of-the-list", "The last index of the list.", At(ListLength - 1), "accepted");
        yield return Of("beyond-the-list", "The list has no such index.", At(ListLength), "undetermined: status_unknown");
        yield return Of("list-unknown", "The bundle has no such list.", _issuer.Text(TestIssuer.Company with { Status = new StatusReference(List + 1, ValidIndex) }), "undetermined: status_unknown");
        yield return Of("list-of-another-issuer", "A list speaks of its own issuer's credentials only.", Company, "undetermined: status_unknown") with { Bundle = Named("list-of-another", _issuer.Content() with { StatusLists = [Snapshot(Now) with { Issuer = "NL" }] }) };
        yield return Of("update-overdue", "The next bundle is overdue, and the post set no limit of its own.", Company, "undetermined: bundle_expired") with { At = Now.AddDays(1).AddSeconds(1) };
        yield return Of("update-due", "The next bundle is due in this second.", Company, "accepted") with { At = Now.AddDays(1) };
        yield return Of("two-weeks-offline", "The post tolerates a month.", Company, "accepted") with { At = Now.AddDays(14), Policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromDays(30) } };
        yield return Of("status-stale", "The post tolerates an hour.", Company, "undetermined: status_stale") with { At = Now.AddMinutes(61), Policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromHours(1) } };
        yield return Of("status-stale-of-its-type", "The post tolerates a month, and of AEO credentials an hour.", Company, "undetermined: status_stale") with
        {
            At = Now.AddMinutes(61),
            Policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromDays(30), MaxStatusAgeByType = new Dictionary<int, TimeSpan> { [CredentialTypes.AeoStatus] = TimeSpan.FromHours(1) } },
        };
        yield return Of("revoked-though-stale", "Revocation is for good, however old the news of it.", At(RevokedIndex), "rejected: revoked") with { At = Now.AddDays(60), Policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromHours(1) } };
        yield return Of("suspended-and-stale", "A suspension may have been lifted since.", At(SuspendedIndex), "undetermined: status_stale") with { At = Now.AddDays(60), Policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromHours(1) } };
        yield return Of("clustered", "Two thousand revoked in one run: the list is a zlib bitmap.", At(5000), "rejected: revoked") with { Bundle = Named("clustered", _issuer.Content() with { StatusLists = [Clustered()] }) };
        yield return Of("beside-the-cluster", "The first index behind the run.", At(7000), "accepted") with { Bundle = Named("clustered", _issuer.Content() with { StatusLists = [Clustered()] }) };

        static StatusSnapshot Clustered()
        {
            var statuses = new StatusListBitmap(2, ListLength);
            for (var index = 5000; index < 7000; index++)
            {
                statuses.Set(index, (int)StatusValue.Revoked);
            }

            return Snapshot(Now) with { Statuses = statuses };
        }
    }

    private IEnumerable<VectorCase> Mandates()
    {
        var person = Broker(1, 2) with { Tin = "NL000000001" };
        yield return Of("mandate", "A chain of four links, each of which holds.", _issuer.Text(Broker(1, 2, 3, 4)), "accepted");
        yield return Of("mandate-direct", "In the name of the principal, without limits.", _issuer.Text(Broker(1) with { Mandate = Broker(1).Mandate! with { Representation = Representation.Direct, Limits = MandateLimits.None } }), "accepted");
        yield return Of("mandate-of-a-person", "A natural person acts, by name.", _issuer.Text(person with { Mandate = person.Mandate! with { Bearer = "Ada Example" } }), "accepted");
        yield return Of("mandate-broken-in-the-middle", "A link in the middle was revoked.", _issuer.Text(Broker(1, RevokedIndex, 3, 4)), "rejected: mandate_broken");
        yield return Of("mandate-suspended", "A link is suspended.", _issuer.Text(Broker(1, SuspendedIndex)), "rejected: mandate_broken");
        yield return Of("mandate-unknown", "Of a link the bundle knows nothing.", _issuer.Text(Broker(RevokedIndex, UnknownIndex)), "undetermined: status_unknown");
        yield return Of("mandate-revoked-itself", "The credential's own status is said first.", _issuer.Text(Broker(1) with { Status = new StatusReference(List, RevokedIndex) }), "rejected: revoked");
    }

    private IEnumerable<VectorCase> Successions()
    {
        var merged = new Succession { Issuer = Code, Tin = TestIssuer.Company.Tin, Kind = SuccessionKind.Merged, EffectiveOn = new DateOnly(2026, 2, 1), Successors = [new Successor("NL000000009", "Zuidzee Handel B.V.")] };
        var renamed = merged with { Kind = SuccessionKind.Renamed, Successors = [new Successor(TestIssuer.Company.Tin, "Oostzee Handel B.V.")] };
        yield return Of("merged-since", "What became of the company explains, and decides nothing.", Company, "accepted") with { Bundle = Named("merged", _issuer.Content() with { Successions = [merged] }) };
        yield return Of("divided-since", "The same, of a division into two.", Company, "accepted") with { Bundle = Named("divided", _issuer.Content() with { Successions = [merged with { Kind = SuccessionKind.Divided, Successors = [.. merged.Successors, new Successor("NL000000010", "Waddenzee Handel B.V.")] }] }) };
        yield return Of("renumbered-since", "The same, of another number.", At(RevokedIndex), "rejected: revoked") with { Bundle = Named("renumbered", _issuer.Content() with { Successions = [merged with { Kind = SuccessionKind.Renumbered }] }) };
        yield return Of("renamed-since", "The credential says the name of before.", Company, "accepted") with { Bundle = Named("renamed", _issuer.Content() with { Successions = [renamed] }) };
        yield return Of("renamed-before", "The credential says the new name already.", _issuer.Text(TestIssuer.Company with { LegalName = "Oostzee Handel B.V." }), "accepted") with { Bundle = Named("renamed", _issuer.Content() with { Successions = [renamed] }) };
    }

    private IEnumerable<VectorCase> Bundles()
    {
        yield return Of("bundle-cut-off", "The last byte of the bundle is missing.", Company, "undetermined: bundle_signature_invalid") with { Bundle = ("cut-off", Plain.File[..^1]) };
        yield return Of("bundle-empty", "There is nothing in the file.", Company, "undetermined: bundle_signature_invalid") with { Bundle = ("empty", []) };
        yield return Of("bundle-altered", "One bit of its signature is another.", Company, "undetermined: bundle_signature_invalid") with { Bundle = ("altered", Flipped(Plain.File, ^1)) };
        yield return Of("bundle-forged", "Signed by a stranger.", Company, "undetermined: bundle_signature_invalid") with { Bundle = ("forged", _stranger.Sign(BundleWriter.Type, BundleWriter.Write(_issuer.Content()))) };
        yield return Of("bundle-is-a-credential", "A credential is no bundle.", Company, "undetermined: bundle_signature_invalid") with { Bundle = ("a-credential", _issuer.Message(TestIssuer.Company)) };
        yield return Of("bundle-says-a-thing-twice", "Signed, with one issuer twice.", Company, "undetermined: bundle_signature_invalid") with { Bundle = Named("twice", _issuer.Content() with { Issuers = [.. _issuer.Content().Issuers, .. _issuer.Content().Issuers] }) };
        yield return Of("bundle-rolled-back", "The post has had a newer one.", Company, "undetermined: bundle_rollback") with { NewestSequence = 11 };
        yield return Of("bundle-again", "The newest one is taken again.", Company, "accepted") with { NewestSequence = 10 };
    }

    private VectorCase Of(string name, string about, string text, string verdict) => new(name, about, text, verdict) { Bundle = Plain };

    private (string Name, byte[] File) Named(string name, BundleContent content) => (name, File(content));

    private byte[] File(BundleContent content) => _issuer.File(content);

    private string At(int index) => _issuer.Text(TestIssuer.Company with { Status = new StatusReference(List, index) });

    private string Signed(string type, byte[] payload) => Ti1Text.Encode(_issuer.Key.Sign(type, payload));

    private BundleContent Terms(Func<IssuerKey, IssuerKey> change) => _issuer.Content() with { Issuers = [Entry(change(_issuer.Key.Terms(Now.AddYears(-1), Now.AddYears(1))))] };

    private static byte[] Flipped(byte[] message, Index at)
    {
        byte[] changed = [.. message];
        changed[at] ^= 1;
        return changed;
    }

    private byte[] Delta(long from, params StatusListChange[] changes) => Sign(Content(from) with { Changes = changes });

    private byte[] Sign(StatusDelta delta) => _issuer.AnchorKey.Sign(StatusDelta.Type, delta.Write());

    private static StatusDelta Content(long from) => new()
    {
        FromSequence = from,
        ToSequence = from + 1,
        Issued = Now.AddHours(1),
        NextUpdate = Now.AddHours(25),
        Issuer = Code,
        Changes = [],
    };

    private static StatusListChange Change(int[]? revoked = null, int[]? suspended = null, int[]? reinstated = null) =>
        new() { List = List, Revoked = revoked ?? [], Suspended = suspended ?? [], Reinstated = reinstated ?? [] };
}
