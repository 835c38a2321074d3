using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dapper;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Benchmarks.OpenId;
using TradeIdentity.Benchmarks.Storage;

namespace TradeIdentity.Benchmarks.Register;

/// <summary>
/// The portal's pages over HTTP, from the request to the last byte, where the register has 1,000,000 operators, 5,000 applications run, and the
/// trader who is signed in has 2,000 mandates. Asked: no page takes longer than 100 ms. Each figure is the slowest but one of a hundred requests,
/// with what they ask for changing where it can.
/// </summary>
internal static class PageFigures
{
    private const int Operators = 1_000_000;
    private const int Applications = 5_000;
    private const int Mandates = 2_000;
    private const int Requests = 100;
    private const double LongestPage = 100;
    private const string Holder = "NL854502130";
    private const string OfficerEmail = "officer@benchmark.example";

    public static IEnumerable<Figure> Measure() => MeasureAsync().GetAwaiter().GetResult();

    private static async Task<List<Figure>> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tradeidentity-benchmark-").FullName;
        var onPostgreSql = Directory.CreateTempSubdirectory("tradeidentity-benchmark-").FullName;
        try
        {
            await using var sqlite = new SqliteDatabase($"Data Source={Servers.SqliteFile(folder)}");
            List<Figure> figures = [.. await MeasureAsync("sqlite", folder, null, sqlite)];
            await using var process = await PostgreSqlProcess.StartAsync();
            await using var postgreSql = new PostgreSqlDatabase(process.ConnectionString);
            return [.. figures, .. await MeasureAsync("postgresql", onPostgreSql, process.ConnectionString, postgreSql)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(onPostgreSql, recursive: true);
        }
    }

    private static async Task<List<Figure>> MeasureAsync(string name, string folder, string? connectionString, Database database)
    {
        var password = RandomNumberGenerator.GetHexString(32);
        await using var server = await Servers.StartOursAsync(
            folder, connectionString, ("Bootstrap__Users__0__Email", OfficerEmail), ("Bootstrap__Users__0__Password", password), ("Bootstrap__Users__0__Roles", "registrar aeo-officer approver auditor"));
        var anna = File.ReadLines(Path.Combine(folder, "data", "demonstration-accounts.txt")).First().Split('\t');
        await InventedCompanies.ImportAsync(database, Operators);
        await ApplyAsync(database);
        await GrantMandatesAsync(database);
        var registration = await RegisterAsync(database, anna[0]);

        using var officer = await PortalSession.SignInAsync(server.Address, OfficerEmail, password);
        await officer.AddAuthenticatorAsync();
        using var holder = await PortalSession.SignInAsync(server.Address, anna[0], anna[1]);
        // She acts for one company alone: the first page of it says so to the session.
        await holder.GetAsync("/company");
        await holder.SubmitAsync("/credentials/new", ("Kind", "AeoStatus"));
        var credential = Address(await holder.GetAsync("/credentials"), "/credentials/[0-9A-Za-z_-]{8,}");
        var mandate = Address(await holder.GetAsync("/mandates"), "/mandates/[0-9a-f-]{20,}");
        var laterWork = Address(await officer.GetAsync("/officer"), "/officer\\?[^\"]*cursor=[^\"]*");
        // The first who looks after a start is told that the register is being counted.
        var firstCount = await officer.MillisecondsAsync("/officer/statistics");

        (string Name, PortalSession Who, Func<int, string> Path)[] pages =
        [
            ("start", holder, _ => "/"),
            ("company", holder, _ => "/company"),
            ("representatives", holder, _ => "/company/representatives"),
            ("registration", holder, _ => registration),
            ("aeo-of-the-holder", holder, _ => "/aeo"),
            ("mandates", holder, _ => "/mandates"),
            ("mandate", holder, _ => mandate),
            ("grant-a-mandate", holder, _ => "/mandates/new"),
            ("credentials", holder, _ => "/credentials"),
            ("credential", holder, _ => credential),
            ("card", holder, _ => $"{credential}/card.pdf"),
            ("notices", holder, _ => "/notices"),
            ("webhooks", holder, _ => "/webhooks"),
            ("account", holder, _ => "/account"),
            ("account-data", holder, _ => "/account/data"),
            ("work-list", officer, _ => "/officer"),
            ("work-list-later", officer, _ => laterWork),
            ("work-list-of-a-state", officer, _ => "/officer?status=accepted"),
            ("case", officer, i => $"/officer/operators/{Applicant(i)}/aeo"),
            ("act", officer, i => $"/officer/operators/{Applicant(i)}/aeo/EU-AEO/AEOS/accept"),
            ("search-name", officer, i => $"/officer/operators?query={Uri.EscapeDataString(InventedCompanies.Name(i))}"),
            ("search-number", officer, i => $"/officer/operators?query={InventedCompanies.Tin(i)}"),
            ("search-common-word", officer, i => $"/officer/operators?query={Uri.EscapeDataString(InventedCompanies.Name(i).Split(' ')[2])}"),
            ("company-for-officers", officer, i => $"/officer/operators/{InventedCompanies.Tin(i)}"),
            ("registrations", officer, _ => "/officer/registrations"),
            ("registration-for-officers", officer, _ => "/officer" + registration["/company".Length..]),
            ("imports", officer, _ => "/officer/imports"),
            ("audit", officer, _ => "/officer/audit"),
            ("audit-of-an-operator", officer, i => $"/officer/audit?subject=operator%3A{InventedCompanies.Tin(i)}"),
            ("audit-of-nobody", officer, i => $"/officer/audit?actor=nobody{i}"),
            ("audit-entry", officer, i => $"/officer/audit/{1 + (i % 1000)}"),
            ("statistics", officer, _ => "/officer/statistics"),
            ("successions", officer, _ => "/officer/successions"),
        ];
        var figures = new List<Figure> { Figure.AtMost($"pages.{name}.statistics-of-the-first", firstCount, "ms", LongestPage) };
        foreach (var (page, who, path) in pages)
        {
            await who.GetAsync(path(1));
            var waits = new List<double>();
            for (var i = 0; i < Requests; i++)
            {
                waits.Add(await who.MillisecondsAsync(path((int)((i + 1) * 9973L % Operators))));
            }

            waits.Sort();
            figures.Add(Figure.AtMost($"pages.{name}.{page}", waits[^2], "ms", LongestPage));
            figures.Add(Figure.Info($"pages.{name}.{page}.median", waits[waits.Count / 2], "ms"));
        }

        return figures;
    }

    private static string Applicant(int i) => InventedCompanies.Tin(i % Applications * 20);

    // Of components that the import left free; half of them are accepted.
    private static async Task ApplyAsync(Database database)
    {
        var change = new ChangeAeoStatus(database, TimeProvider.System, ProgrammeCatalogue.Embedded);
        var officer = AeoOfficer.System("benchmark");
        for (var i = 0; i < Applications; i++)
        {
            AeoAct[] acts = i % 2 == 0 ? [AeoAct.Open, AeoAct.Submit] : [AeoAct.Open, AeoAct.Submit, AeoAct.Accept];
            foreach (var act in acts)
            {
                Value(await change.ExecuteAsync(
                    new AeoDecision
                    {
                        Tin = Tin.Parse(Applicant(i)),
                        Component = "AEOS",
                        Act = act,
                        EffectiveFrom = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
                        LegalGround = "Article 38 UCC",
                    },
                    officer,
                    CancellationToken.None));
            }
        }
    }

    private static async Task GrantMandatesAsync(Database database)
    {
        var grant = new GrantMandate(database, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Mandates; i++)
        {
            var (grantor, representative) = i % 2 == 0 ? (Holder, InventedCompanies.Tin(i)) : (InventedCompanies.Tin(i), Holder);
            Value(await grant.ExecuteAsync(
                new MandateOffer
                {
                    Grantor = Tin.Parse(grantor),
                    Representative = new MandateRepresentative.OfOperator(Tin.Parse(representative)),
                    Kind = MandateKind.Direct,
                    Scope = new MandateScope(),
                    ValidFrom = now,
                    ValidUntil = now.AddYears(1),
                    Evidence = "On paper",
                },
                MandateActor.Authority("benchmark"),
                CancellationToken.None));
        }
    }

    /// <returns>The page of a registration that waits, of a company whose name many have nearly.</returns>
    private static async Task<string> RegisterAsync(Database database, string email)
    {
        var account = await database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("SELECT id FROM accounts WHERE email = @email", new { email }), CancellationToken.None);
        var entity = new EntityDetails(
            InventedCompanies.Name(4711), "NL", RegisteredAddress: new EntityAddress("Voorbeeldlaan 9", "Aalsmeer", "1431 AA", "NL"), Identifiers: [new EntityIdentifier("national", "R00004711")], Roles: ["IM"]);
        var register = new RegisterEntity(database, TimeProvider.System, new DeclaredEntity(ProgrammeCatalogue.Embedded));
        return $"/company/registrations/{Value(await register.ExecuteAsync(new EntityApplication(entity, "Director", "By the register."), account!, CancellationToken.None)).Id}";
    }

    private static string Address(string html, string pattern) =>
        System.Net.WebUtility.HtmlDecode(Regex.Match(html, $"href=\"({pattern})\"") is { Success: true } link ? link.Groups[1].Value : throw new InvalidOperationException($"No link to {pattern}."));

    private static T Value<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.Match(value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}"));
}
