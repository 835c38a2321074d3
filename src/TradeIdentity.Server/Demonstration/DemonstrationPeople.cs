using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.Demonstration;

/// <summary>
/// The accounts of a demonstration. Their passwords are made at the first start, in a file that its owner alone reads; where
/// the file is there already, its passwords are taken.
/// </summary>
internal static class DemonstrationPeople
{
    internal const string File = "data/demonstration-accounts.txt";

    private const string Actor = "demonstration";

    // No 0, 1, i, l or o: the passwords are typed from a screen.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    // Who has an identity proven by a passport; the others have none.
    private const string Proven = "anna@flowers.example";

    private static readonly Person[] People =
    [
        new("anna@flowers.example", new PersonName("Anna", "Example"), [], "administrator of Example Flower Exports B.V.",
            [("NL854502130", [MembershipRoles.Administrator, MembershipRoles.Representative])]),
        new("bruno@brokers.example", new PersonName("Bruno", "Example"), [], "representative of Example Flower Exports B.V., administrator of Example Maschinenbau GmbH: accepts a mandate that Anna grants it",
            [("NL854502130", [MembershipRoles.Representative]), ("DE000000000000001", [MembershipRoles.Administrator, MembershipRoles.Representative])]),
        new("officer@customs.example", new PersonName("Chloé", "Example"), [AccountRoles.Registrar, AccountRoles.AeoOfficer],
            "officer of the authority: registrar and AEO officer; asked for a second factor at the first sign-in", []),
        new("approver@customs.example", new PersonName("Dario", "Example"), [AccountRoles.Approver],
            "the second officer, who approves what the first proposes; asked for a second factor at the first sign-in", []),
    ];

    internal static async Task LoadAsync(IServiceProvider services, string contentRoot, CancellationToken cancellationToken)
    {
        var passwords = Passwords(Path.GetFullPath(File, contentRoot));
        await using var scope = services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        foreach (var person in People)
        {
            if (await accounts.FindByEmailAsync(person.Email) is null && passwords.TryGetValue(person.Email, out var password))
            {
                await CreateAsync(accounts, scope.ServiceProvider, person, password, cancellationToken);
            }
        }
    }

    private static async Task CreateAsync(UserManager<Account> accounts, IServiceProvider services, Person person, string password, CancellationToken cancellationToken)
    {
        var account = new Account { Id = Account.NewId(), Email = person.Email, EmailConfirmed = true, Name = person.Name, Roles = [.. person.Roles], IsDemonstration = true };
        var created = await accounts.CreateAsync(account, password);
        if (!created.Succeeded)
        {
            throw new InvalidDataException($"{File}: the account of {person.Email} cannot be made: {string.Join(' ', created.Errors.Select(error => error.Description))}");
        }

        if (person.Email == Proven)
        {
            var seen = new ProofOfIdentity(
                TrustFrameworks.Account, "substantial", "document", "passport", "Invented passport office of this demonstration", null,
                person.Name.Given, person.Name.Family, new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), null);
            await services.GetRequiredService<ProveIdentity>().ExecuteAsync(account.Id, seen, Actor, cancellationToken);
        }

        var grant = services.GetRequiredService<GrantMembership>();
        foreach (var (tin, roles) in person.ActsFor)
        {
            // A register that was loaded by hand may be without the operators of the demonstration: the person then acts for nobody.
            await grant.ExecuteAsync(account.Id, Tin.Parse(tin), roles, Actor, cancellationToken);
        }
    }

    private static Dictionary<string, string> Passwords(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            OwnersFile.Write(file, string.Join('\n', People.Select(person => $"{person.Email}\t{NewPassword()}\t{person.What}")));
        }

        return System.IO.File.ReadLines(file).Select(line => line.Split('\t')).Where(parts => parts.Length == 3).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    // 20 of 31 letters: 99 bits.
    private static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));

    private sealed record Person(string Email, PersonName Name, string[] Roles, string What, (string Tin, string[] Roles)[] ActsFor);
}
