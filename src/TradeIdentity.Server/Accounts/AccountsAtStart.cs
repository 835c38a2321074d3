using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.Accounts;

/// <summary>Before the server takes requests: the configured accounts are there, and in production none of a demonstration.</summary>
internal sealed partial class AccountsAtStart(
    IServiceScopeFactory scopes, IReadOnlyList<BootstrappedUser> users, DemonstrationAccounts demonstration, IHostEnvironment environment, ILogger<AccountsAtStart> logger)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
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

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Account of {Path}: {Change}")]
    private partial void LogUser(string path, BootstrapChange change);
}
