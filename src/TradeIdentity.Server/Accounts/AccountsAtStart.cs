using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.Hosting;

namespace TradeIdentity.Server.Accounts;

/// <summary>Before the server takes requests: the configured accounts are there, and in production none of a demonstration.</summary>
internal sealed partial class AccountsAtStart(
    IServiceScopeFactory scopes, IReadOnlyList<BootstrappedUser> users, DemonstrationAccounts demonstration, IHostEnvironment environment, ILogger<AccountsAtStart> logger)
    : BeforeRequests
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() && await demonstration.AnyAsync(cancellationToken))
        {
            throw new OptionsValidationException(
                "Storage", typeof(AccountsAtStart), ["The database of Storage:ConnectionString has accounts of a demonstration, whose passwords are in a file: begin production with a database of its own."]);
        }

        foreach (var user in users)
        {
            await using var scope = scopes.CreateAsyncScope();
            var outcome = await scope.ServiceProvider.GetRequiredService<BootstrapUser>().ExecuteAsync(user.Email, user.Password, user.Roles);
            var change = outcome.Match(change => change, refusal => throw BootstrapUsersSection.Wrong($"{user.Path}: {refusal.Detail}"));
            LogUser(user.Path, change);
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Account of {Path}: {Change}")]
    private partial void LogUser(string path, BootstrapChange change);
}
