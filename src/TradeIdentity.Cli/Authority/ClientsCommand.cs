using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Cli.Authority;

/// <summary><c>tradeid clients invite|invitations|withdraw</c>: the initial access tokens under which clients register themselves (RFC 7591).</summary>
internal static class ClientsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    private static readonly Option<string> Label = new("--label") { Description = "For whom it is.", Required = true };

    private static readonly Option<string[]> Scopes = new("--scope")
    {
        Description = "A scope of the API that its clients may have, beside those of signing in. Several times for several.",
    };

    private static readonly Option<int> Uses = new("--uses") { Description = "How many clients it registers.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Days = new("--days") { Description = "How long it is good.", DefaultValueFactory = _ => 7 };

    private static readonly Argument<string> Id = new("id") { Description = "As 'tradeid clients invitations' lists it." };

    internal static Command Create()
    {
        var invite = new Command("invite", "Make an initial access token: whoever has it registers a client at /connect/register. It is shown once.") { Label, Scopes, Uses, Days, Json };
        invite.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(
            services => InviteAsync(
                services, parsed.GetRequiredValue(Label), parsed.GetValue(Scopes) ?? [], parsed.GetValue(Uses), parsed.GetValue(Days), parsed.GetValue(Json), cancellationToken),
            cancellationToken));
        var list = new Command("invitations", "List the initial access tokens that still register clients; never the tokens themselves.") { Json };
        list.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(
            services => ListAsync(services, parsed.GetValue(Json), cancellationToken), cancellationToken));
        var withdraw = new Command("withdraw", "Withdraw an initial access token. Clients that were registered with it stay.") { Id };
        withdraw.SetAction((parsed, cancellationToken) => AuthorityHost.RunAsync(
            services => WithdrawAsync(services, parsed.GetRequiredValue(Id), cancellationToken), cancellationToken));
        return new Command("clients", "Who may register clients.") { invite, list, withdraw };
    }

    private static async Task<int> InviteAsync(
        IServiceProvider services, string label, string[] scopes, int uses, int days, bool json, CancellationToken cancellationToken)
    {
        var issued = await services.GetRequiredService<InitialAccessTokens>().IssueAsync(label, scopes, uses, TimeSpan.FromDays(days), Answer.Actor, cancellationToken);
        return issued.Match(
            made =>
            {
                Console.WriteLine(json ? JsonSerializer.Serialize(InvitationLine.Of(made.Terms) with { Token = made.Token }, AuthorityJson.Default.InvitationLine) : made.Token);
                Console.Error.WriteLine($"It registers {made.Terms.UsesLeft} client(s) until {made.Terms.ExpiresAt:u}, and is not shown again.");
                return Answer.Done;
            },
            Answer.Refused);
    }

    private static async Task<int> ListAsync(IServiceProvider services, bool json, CancellationToken cancellationToken)
    {
        foreach (var token in await services.GetRequiredService<InitialAccessTokens>().ListAsync(cancellationToken))
        {
            Console.WriteLine(json
                ? JsonSerializer.Serialize(InvitationLine.Of(token), AuthorityJson.Default.InvitationLine)
                : $"{token.Id}  {token.Label}  {token.UsesLeft} left  until {token.ExpiresAt:yyyy-MM-dd}  {string.Join(' ', token.Scopes)}");
        }

        return Answer.Done;
    }

    private static async Task<int> WithdrawAsync(IServiceProvider services, string id, CancellationToken cancellationToken) =>
        (await services.GetRequiredService<InitialAccessTokens>().WithdrawAsync(id, Answer.Actor, cancellationToken)).Match(_ => Answer.Done, Answer.Refused);
}
