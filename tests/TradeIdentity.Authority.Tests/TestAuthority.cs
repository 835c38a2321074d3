using System.Text;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Status;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Keys;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Authority.Tests;

/// <summary>An authority on a database of its own, with its keys, and the acts that issue and publish.</summary>
public sealed class TestAuthority : IDisposable
{
    public const string Tin = "NL854502130";
    public const string Actor = "tester";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private TestAuthority(Database database)
    {
        Database = database;
        var encryptionKey = TestKeys.NewEncryptionKey();
        Keys = new SigningKeys(database, Time, encryptionKey, KeysOptions);
        Rotate = new RotateSigningKey(database, Time, encryptionKey, KeysOptions, Keys);
        Bundles = new PublishTrustBundle(database, Keys, Time, Issuer, Trust);
        Deltas = new PublishStatusDelta(database, Bundles, Keys, Issuer);
        CurrentTrust = new CurrentTrust(Bundles, Keys);
        Indexes = new StatusIndexAllocator(database, Time);
        StatusLists = new PublishStatusList(database, Keys, Time, Issuer, Trust);
        Register = new RegisterOperators(database, Time, ProgrammeCatalogue.Embedded);
        Batch = new IssueBatch(database, new OperatorReader(ProgrammeCatalogue.Embedded), new MandateReader(database), Keys, Indexes, CurrentTrust, Time, Issuer);
        Issue = new IssueCredential(Batch);
        IssueMany = new IssueCredentials(Batch);
        ChangeStatus = new ChangeCredentialStatus(database, Time);
        Store = new CredentialStore(database);
    }

    public Database Database { get; }

    public ManualTime Time { get; } = new(Start);

    public KeysOptions KeysOptions { get; } = new();

    public IOptions<TrustOptions> Trust { get; } = Options.Create(new TrustOptions());

    public IOptions<IssuerOptions> Issuer { get; } = Options.Create(new IssuerOptions
    {
        BaseUrl = "https://identity.customs.example",
        Code = "NL-DOUANE",
        Country = "NL",
        Names = { ["en"] = "Customs Administration of the Netherlands", ["nl"] = "Douane" },
    });

    public SigningKeys Keys { get; }

    public RotateSigningKey Rotate { get; }

    public PublishTrustBundle Bundles { get; }

    public PublishStatusDelta Deltas { get; }

    public CurrentTrust CurrentTrust { get; }

    public StatusIndexAllocator Indexes { get; }

    public PublishStatusList StatusLists { get; }

    public RegisterOperators Register { get; }

    public IssueBatch Batch { get; }

    public IssueCredential Issue { get; }

    public IssueCredentials IssueMany { get; }

    public ChangeCredentialStatus ChangeStatus { get; }

    public CredentialStore Store { get; }

    /// <summary>With one operator, granted both components of the EU's programme.</summary>
    public static async Task<TestAuthority> StartAsync(Database database)
    {
        var authority = new TestAuthority(database);
        Value(await authority.Keys.EnsureAsync(CancellationToken.None));
        await authority.RegisterAsync(OperatorJson(Tin, "Example Nederland Import B.V."));
        return authority;
    }

    public static string OperatorJson(string tin, string legalName, string aeoStatus = "granted") =>
        $$$"""
        {"tin":"{{{tin}}}","legalName":"{{{legalName}}}","jurisdiction":"{{{tin[..2]}}}","registeredAddress":{"street":"Voorbeeldkade 1","locality":"Rotterdam","postalCode":"3011 AA","country":"NL"},"roles":["IM","EX"],"aeo":[{"component":"AEOC","status":"{{{aeoStatus}}}","authorisationNumber":"NLAEOC{{{tin[2..]}}}","effectiveFrom":"2024-01-01"},{"component":"AEOS","status":"{{{aeoStatus}}}","authorisationNumber":"NLAEOS{{{tin[2..]}}}","effectiveFrom":"2024-01-01"}],"evidence":{"source":"test register"}}
        """;

    public async Task RegisterAsync(params string[] operators)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', operators)));
        await foreach (var result in Register.ExecuteAsync(
            NdjsonLines.ReadAsync(stream, OperatorDocument.MaxBytes, CancellationToken.None), Actor, CancellationToken.None))
        {
            Assert.True(result.Outcome != ImportOutcome.Rejected, $"{result.Code}: {result.Detail}");
        }
    }

    public static CredentialRequest Request(string tin = Tin, int type = CredentialTypes.AeoStatus) =>
        new(Authority.Operators.Identifiers.Tin.Parse(tin), type);

    public async Task<IssuedCredential> IssueOneAsync(string tin = Tin) =>
        Value(await Issue.ExecuteAsync(Request(tin), Actor, CancellationToken.None));

    /// <summary>What a post says that fetches the bundle now and has no network after that.</summary>
    public async Task<Verdict> VerifyOfflineAsync(string qrText)
    {
        var anchor = Value(await CurrentTrust.AnchorAsync(Time.GetUtcNow(), CancellationToken.None));
        var file = Value(await Bundles.ExecuteAsync(CancellationToken.None)).Message;
        Assert.Equal(BundleFailure.None, TrustBundle.TryLoad(file, [anchor], 0, out var bundle));
        return OfflineVerifier.Verify(qrText, bundle!, Time.GetUtcNow());
    }

    public static T Value<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}"));

    public void Dispose()
    {
        Indexes.Dispose();
        Keys.Dispose();
    }
}
