using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Tests;

/// <summary>An authority in a test: an anchor, an issuing key, a bundle of them, and credentials. Every time is an argument.</summary>
public sealed class TestIssuer : IDisposable
{
    public const string Code = "NL-DOUANE";

    public const int List = 1;

    public const int ValidIndex = 4711;

    public const int RevokedIndex = 97;

    public const int SuspendedIndex = 98;

    public const int UnknownIndex = 99;

    public const int ListLength = 10_000;

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TestKey AnchorKey { get; } = new();

    public TestKey Key { get; } = new();

    /// <summary>A valid credential: issued the day before <see cref="Now"/>, good for a year.</summary>
    public static Credential Company => new()
    {
        Issuer = Code,
        Type = CredentialTypes.AeoStatus,
        IssuedAt = Now.AddDays(-1),
        NotBefore = Now.AddDays(-1),
        ExpiresAt = Now.AddYears(1),
        Status = new StatusReference(List, ValidIndex),
        LegalName = "Noordzee Handel B.V.",
        Tin = "NL854502130",
        Jurisdiction = "NL",
        Identifiers = [new IdentifierClaim(1, "5493001KJTIIGC8Y1R12", IsConfirmed: true), new IdentifierClaim(2, "NL854502130", IsConfirmed: false)],
        Roles = ["IM", "EX"],
        Aeo = [new AeoComponentClaim(1, AeoComponentStatus.Granted, "NLAEOC00000123", new DateOnly(2024, 5, 1), new DateOnly(2027, 4, 30))],
        Address = "Havenkade 12, 3011 AB Rotterdam",
        EntityAssurance = 2,
    };

    /// <summary>A Mandate credential of a broker, whose chain has a link for each index of <see cref="List"/>, the principal's first.</summary>
    public static Credential Broker(params int[] indexes) => Company with
    {
        Type = CredentialTypes.Mandate,
        Tin = "NLBROKER9",
        LegalName = "Last Broker B.V.",
        Identifiers = [],
        Roles = [],
        Aeo = [],
        Address = null,
        Mandate = new MandateClaim
        {
            Representation = Representation.Indirect,
            Links = [.. indexes.Select((index, i) => new MandateLinkClaim($"NL00000000{i}", $"Company {i} B.V.", new StatusReference(List, index)))],
            Limits = new MandateLimits { Declarations = [4, 7], Procedures = ["40", "4071"], Places = ["NLRTM"], Value = 250_000, Currency = "EUR" },
        },
    };

    /// <summary>The statuses that the bundle starts with: one revoked, one suspended, one of a value without a meaning.</summary>
    public static StatusListBitmap Statuses
    {
        get
        {
            var statuses = new StatusListBitmap(2, ListLength);
            statuses.Set(RevokedIndex, (int)StatusValue.Revoked);
            statuses.Set(SuspendedIndex, (int)StatusValue.Suspended);
            statuses.Set(UnknownIndex, (int)StatusValue.Unknown);
            return statuses;
        }
    }

    /// <summary>A snapshot of <see cref="List"/>.</summary>
    public static StatusSnapshot Snapshot(DateTimeOffset asOf) => new()
    {
        Issuer = Code,
        List = List,
        Uri = "https://douane.example/status-lists/1",
        AsOf = asOf,
        Statuses = Statuses,
    };

    /// <summary>The issuer with <paramref name="keys"/>.</summary>
    public static Issuer Entry(params IReadOnlyList<IssuerKey> keys) =>
        new() { Code = Code, Names = [new("en", "Netherlands Customs"), new("nl", "Douane")], EntityId = "https://douane.example", Keys = keys };

    /// <summary>A bundle signed at <paramref name="issued"/> (or <see cref="Now"/>), due a day later.</summary>
    public BundleContent Content(DateTimeOffset? issued = null) => new()
    {
        Sequence = 10,
        Issued = issued ?? Now,
        NextUpdate = (issued ?? Now).AddDays(1),
        Algorithms = [CoseSign1.Es256],
        Issuers = [Entry(Key.Terms(Now.AddYears(-1), Now.AddYears(1)))],
        CredentialTypes = [new CredentialTypeEntry { Code = CredentialTypes.AeoStatus, Name = "AeoStatus", Names = [new("en", "AEO status")] }],
        AeoComponents = [new AeoComponentEntry { Code = 1, Programme = "EU-AEO", Component = "AEOC", Names = [new("en", "Customs simplifications")] }],
        StatusLists = [Snapshot(issued ?? Now)],
    };

    public byte[] File(BundleContent content) => AnchorKey.Sign(BundleWriter.Type, BundleWriter.Write(content));

    public TrustBundle Trust(BundleContent? content = null)
    {
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(File(content ?? Content()), [AnchorKey.Anchor], 0, out var bundle));
        return bundle!;
    }

    public byte[] Message(Credential credential) => Key.Sign(CredentialWriter.Type, CredentialWriter.Write(credential));

    public string Text(Credential credential) => Ti1Text.Encode(Message(credential));

    /// <summary>The verdict on <paramref name="credential"/> under <paramref name="content"/>, in one word: accepted, or the code of its reason.</summary>
    public string Judge(Credential? credential = null, BundleContent? content = null, DateTimeOffset? at = null, VerificationPolicy? policy = null) =>
        Word(OfflineVerifier.Verify(Text(credential ?? Company), Trust(content), at ?? Now, policy));

    public static string Word(Verdict verdict) => verdict.Match(
        _ => "accepted", rejected => "rejected: " + rejected.Reason.Code(), undetermined => "undetermined: " + undetermined.Doubt.Code());

    public void Dispose()
    {
        AnchorKey.Dispose();
        Key.Dispose();
    }
}
