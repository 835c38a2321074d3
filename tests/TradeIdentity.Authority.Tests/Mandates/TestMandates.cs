using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Keys;

namespace TradeIdentity.Authority.Tests.Mandates;

/// <summary>An authority with an importer, three brokers, and an administrator of each.</summary>
public sealed class TestMandates : IDisposable
{
    public static readonly Tin Importer = Tin.Parse(TestAuthority.Tin);
    public static readonly Tin[] Brokers = [Tin.Parse("NLBROKER1"), Tin.Parse("NLBROKER2"), Tin.Parse("NLBROKER3")];

    private readonly Dictionary<Tin, string> _administrators = [];

    private TestMandates(TestAuthority authority, IMailOut mailOut)
    {
        Authority = authority;
        Outbox = new MailOutbox(authority.Database, authority.Time, TestKeys.NewEncryptionKey());
        Mails = new MailNotices(authority.Database, authority.Time, mailOut, Outbox);
        Grant = new GrantMandate(authority.Database, authority.Time);
        Answer = new AnswerMandate(authority.Database, authority.Time, authority.Indexes);
        End = new EndMandate(authority.Database, authority.Time);
        Reader = new MandateReader(authority.Database);
    }

    public TestAuthority Authority { get; }

    public MailOutbox Outbox { get; }

    public MailNotices Mails { get; }

    public GrantMandate Grant { get; }

    public AnswerMandate Answer { get; }

    public EndMandate End { get; }

    public MandateReader Reader { get; }

    public DateTimeOffset Now => Authority.Time.GetUtcNow();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestMandates> StartAsync(Database database, IMailOut? mailOut = null)
    {
        var authority = await TestAuthority.StartAsync(database);
        var mandates = new TestMandates(authority, mailOut ?? new NoMailOut());
        await authority.RegisterAsync([.. Brokers.Select(tin => TestAuthority.OperatorJson(tin.Value, $"Example Broker {tin} B.V."))]);
        foreach (var tin in (Tin[])[Importer, .. Brokers])
        {
            mandates._administrators[tin] = await mandates.PersonAsync(tin);
        }

        return mandates;
    }

    /// <summary>A new person; with a membership where an operator is named.</summary>
    public async Task<string> PersonAsync(Tin? tin = null, string roles = MembershipRoles.Administrator)
    {
        var id = Account.NewId();
        await Authority.Database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO accounts (id, email, normalized_email, email_confirmed, given_name, family_name, language, roles,
                        security_stamp, concurrency_token, two_factor_enabled, is_demonstration, created_at)
                    VALUES (@id, @email, @email, 1, 'Ada', @name, 'en', '', 'stamp', 'token', 0, 0, 0)
                    """, new { id, email = $"{id}@trader.example", name = "Example" });
                return tin is null ? 0 : await tx.ExecuteAsync(
                    "INSERT INTO memberships (id, account_id, tin, roles, since) VALUES (@id, @id, @tin, @roles, 0)", new { id, tin = tin.Value, roles });
            },
            Cancellation);
        return id;
    }

    /// <summary>The administrator of an operator, who acts for it now.</summary>
    public MandateActor Of(Tin tin) => MandateActor.Person(_administrators[tin], tin);

    public MandateOffer Offer(Tin grantor, Tin representative, int furtherLevels = 0, string? parent = null) => new()
    {
        Grantor = grantor,
        Representative = new MandateRepresentative.OfOperator(representative),
        Kind = MandateKind.Direct,
        Scope = new MandateScope(),
        FurtherLevels = furtherLevels,
        ValidFrom = Now,
        ValidUntil = Now.AddDays(100),
        Parent = parent,
    };

    /// <summary>Granted by the administrator of the grantor, not answered.</summary>
    public async Task<MandateChain> OfferedAsync(MandateOffer offer) => TestAuthority.Value(await Grant.ExecuteAsync(offer, Of(offer.Grantor), Cancellation));

    /// <summary>Granted and accepted.</summary>
    public async Task<MandateChain> AcceptedAsync(MandateOffer offer)
    {
        var offered = await OfferedAsync(offer);
        return TestAuthority.Value(await Answer.AcceptAsync(
            offered.Last.Id,
            offer.Representative switch
            {
                MandateRepresentative.OfOperator entity => Of(entity.Tin),
                MandateRepresentative.OfPerson person => MandateActor.Person(person.AccountId, null),
                _ => throw new InvalidOperationException(),
            },
            Cancellation));
    }

    /// <summary>Importer to the first broker, to the second, to the third, to its employee: all accepted.</summary>
    public async Task<(MandateChain[] Links, string Employee)> FourLinksAsync()
    {
        var links = new List<MandateChain>();
        Tin[] way = [Importer, .. Brokers];
        for (var i = 0; i < 3; i++)
        {
            links.Add(await AcceptedAsync(Offer(way[i], way[i + 1], furtherLevels: 3 - i, links.LastOrDefault()?.Last.Id)));
        }

        var employee = await PersonAsync();
        links.Add(await AcceptedAsync(Offer(Brokers[2], Brokers[0], 0, links[2].Last.Id) with { Representative = new MandateRepresentative.OfPerson(employee) }));
        return ([.. links], employee);
    }

    public async Task<MandateFault?> FaultAsync(MandateChain chain) => (await Reader.FindAsync(chain.Last.Id, Cancellation))!.FaultAt(Now);

    public void Dispose() => Authority.Dispose();
}
