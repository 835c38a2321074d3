using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.Api;

/// <summary>Where the notices of the operator are sent that the token names, and what became of each.</summary>
internal static class WebhookEndpoints
{
    internal static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks").RequireScope(ApiScopes.Webhooks);
        webhooks.MapGet("/", ListAsync).ProducesProblem(403).WithSummary("The webhooks of the operator that one acts for");
        webhooks.MapPost("/", AddAsync).Accepts<NewWebhookBody>("application/json")
            .WithMetadata(new RequestExample("""{"address":"https://notices.flowers.example/tradeidentity"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Add a webhook: it is sent a test message at once, and notices when that was answered");
        webhooks.MapDelete("/{id}", RemoveAsync).ProducesProblem(403).ProducesProblem(404).WithSummary("Remove a webhook, with its log");
        webhooks.MapPost("/{id}/test", TestAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Send a test message; the answer to it confirms a webhook, and starts a paused one again");
        webhooks.MapGet("/{id}/deliveries", DeliveriesAsync).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("What was sent to a webhook, newest first");
        webhooks.MapPost("/{id}/deliveries/{delivery}/resend", ResendAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Send a message again");
    }

    private static async Task<Results<Ok<WebhookListBody>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal user, WebhookTerms terms, WebhookReader reader, CancellationToken cancellationToken) =>
        (await AdministratorAsync(user, terms, cancellationToken)).TryGet(out var act, out var refusal)
            ? TypedResults.Ok(new WebhookListBody([.. (await reader.OfOperatorAsync(act.Tin, cancellationToken)).Select(WebhookBody.Of)]))
            : Problems.From(refusal);

    private static async Task<Results<Created<WebhookBody>, ProblemHttpResult>> AddAsync(
        HttpContext context, WebhookTerms terms, AddWebhook add, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.NewWebhookBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !(await AdministratorAsync(context.User, terms, cancellationToken)).TryGet(out var act, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await add.ExecuteAsync(act.Tin, read.Address, act.Account, cancellationToken)).Match<Results<Created<WebhookBody>, ProblemHttpResult>>(
            webhook => TypedResults.Created($"/api/v1/webhooks/{webhook.Id}/deliveries", WebhookBody.Of(webhook)),
            refused => Problems.From(refused));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string id, ClaimsPrincipal user, WebhookTerms terms, RemoveWebhook remove, CancellationToken cancellationToken) =>
        !(await AdministratorAsync(user, terms, cancellationToken)).TryGet(out var act, out var refusal) || (refusal = (await remove.ExecuteAsync(id, act.Tin, act.Account, cancellationToken)).Refusal) is not null
            ? Problems.From(refusal)
            : TypedResults.NoContent();

    private static async Task<Results<Accepted, ProblemHttpResult>> TestAsync(
        string id, ClaimsPrincipal user, WebhookTerms terms, TestWebhook test, CancellationToken cancellationToken) =>
        !(await AdministratorAsync(user, terms, cancellationToken)).TryGet(out var act, out var refusal) || (refusal = (await test.ExecuteAsync(id, act.Tin, act.Account, cancellationToken)).Refusal) is not null
            ? Problems.From(refusal)
            : TypedResults.Accepted($"/api/v1/webhooks/{id}/deliveries");

    private static async Task<Results<Accepted, ProblemHttpResult>> ResendAsync(
        string id, string delivery, ClaimsPrincipal user, WebhookTerms terms, ResendToWebhook resend, CancellationToken cancellationToken) =>
        !(await AdministratorAsync(user, terms, cancellationToken)).TryGet(out var act, out var refusal) || (refusal = (await resend.ExecuteAsync(id, delivery, act.Tin, act.Account, cancellationToken)).Refusal) is not null
            ? Problems.From(refusal)
            : TypedResults.Accepted($"/api/v1/webhooks/{id}/deliveries");

    private static async Task<Results<Ok<WebhookDeliveryPageBody>, ProblemHttpResult>> DeliveriesAsync(
        string id, string? cursor, int? limit, ClaimsPrincipal user, WebhookTerms terms, WebhookReader reader, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal) || !(await AdministratorAsync(user, terms, cancellationToken)).TryGet(out var act, out refusal))
        {
            return Problems.From(refusal);
        }

        if (await reader.FindAsync(id, act.Tin, cancellationToken) is not { } webhook)
        {
            return Problems.From(WebhookTerms.Unknown);
        }

        var page = await reader.DeliveriesAsync(webhook.Id, cursor, most, cancellationToken);
        return TypedResults.Ok(new WebhookDeliveryPageBody([.. page.Select(WebhookDeliveryBody.Of)], page.Count == most ? page[^1].Id : null));
    }

    // The token names the operator; whether the person still is its administrator is asked here for what is read, and by each act again.
    private static async Task<Outcome<Administrator>> AdministratorAsync(ClaimsPrincipal user, WebhookTerms terms, CancellationToken cancellationToken) =>
        !Actor.IsClient(user) && OrganizationClaims.TinOf(user) is { } tin && await terms.MayAsync(Actor.Of(user), tin, cancellationToken)
            ? new Administrator(tin, Actor.Of(user))
            : WebhookTerms.NotAdministrator;

    private sealed record Administrator(Tin Tin, string Account);
}
