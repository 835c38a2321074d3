using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;

namespace TradeIdentity.Server.Tests.Accounts;

public sealed class DemonstrationPeopleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    [Fact]
    public async Task A_first_start_in_Development_makes_people_to_sign_in_with_and_production_does_not_start_with_them()
    {
        await using (var app = await StartAsync())
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "data", "demonstration-accounts.txt"), TestContext.Current.CancellationToken);
            Assert.Equal(4, lines.Length);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "data", "demonstration-accounts.txt")));
            }

            await using var scope = app.Services.CreateAsyncScope();
            var (accounts, memberships) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<Memberships>());
            var proofs = scope.ServiceProvider.GetRequiredService<FindIdentityProof>();
            var (actsFor, levels) = (new List<int>(), new List<IdentityAssurance?>());
            foreach (var parts in lines.Select(line => line.Split('\t')))
            {
                var account = (await accounts.FindByEmailAsync(parts[0]))!;
                Assert.True(account.IsDemonstration && await accounts.CheckPasswordAsync(account, parts[1]), parts[0]);
                actsFor.Add((await memberships.OfAccountAsync(account.Id, TestContext.Current.CancellationToken)).Count);
                Assert.Equal(actsFor[^1] == 0, account.IsOfficer);
                levels.Add((await proofs.ExecuteAsync(account.Id, TestContext.Current.CancellationToken))?.Assurance);
            }

            Assert.Equal([1, 2, 0, 0], actsFor);
            Assert.Equal([IdentityAssurance.Substantial, null, null, null], levels);
        }

        await (await StartAsync()).DisposeAsync();

        await using var production = Program.Build([
            .. Arguments("Production"), "--urls", "https://127.0.0.1:0", "--Issuer:BaseUrl", "https://identity.customs.example", "--Issuer:Code", "XA-CUSTOMS",
            "--Issuer:Country", "XA", "--Issuer:Names:en", "Example Customs Administration",
            "--Keys:EncryptionKey", await File.ReadAllTextAsync(Path.Combine(_folder, "data", "development-encryption.key"), TestContext.Current.CancellationToken),
        ]);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Program.StartAsync(production));
        Assert.Contains("accounts of a demonstration", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<WebApplication> StartAsync()
    {
        var app = Program.Build([.. Arguments("Development"), "--urls", "http://127.0.0.1:0"]);
        await Program.StartAsync(app);
        return app;
    }

    private string[] Arguments(string environment) =>
        ["--environment", environment, "--contentRoot", _folder, "--Storage:ConnectionString", $"Data Source={Path.Combine(_folder, "data", "server.db")}"];
}
