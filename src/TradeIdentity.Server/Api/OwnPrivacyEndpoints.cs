using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Api;

/// <summary>What the person of the token decides of their own data.</summary>
internal static class OwnPrivacyEndpoints
{
    internal static void MapOwnPrivacy(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/person").WithTags("Privacy").RequireScope(ApiScopes.PrivacyOwn);
        own.MapGet("/consents", ConsentsAsync).ProducesProblem(403).WithSummary("Which applications you allow what");
        own.MapDelete("/consents/{id}", WithdrawAsync).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Withdraw what you allow an application, for every entity; its tokens end");
        own.MapPost("/close", CloseAsync).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Close your account, to be erased after some days; takes a sign-in of the last 15 minutes");
        own.MapGet("/data", DataAsync).Produces(200, contentType: "application/json").ProducesProblem(403)
            .WithSummary("All that is stored about you; takes a sign-in of the last 15 minutes");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CloseAsync(CloseAccount close, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        !PersonOfToken.Find(user).TryGet(out var account, out var refusal) ? Problems.From(refusal)
        : RecentSignIn.Refuse(user, time.GetUtcNow()) is { } stale ? Problems.From(stale)
        : (await close.ExecuteAsync(account, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refused => Problems.From(refused));

    private static Results<PushStreamHttpResult, ProblemHttpResult> DataAsync(ExportPersonalData export, TimeProvider time, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        !PersonOfToken.Find(user).TryGet(out var account, out var refusal) ? Problems.From(refusal)
        : RecentSignIn.Refuse(user, time.GetUtcNow()) is { } stale ? Problems.From(stale)
        : TypedResults.Stream(body => export.ExecuteAsync(account, account, body, cancellationToken), "application/json");

    private static async Task<Results<Ok<OwnConsentListBody>, ProblemHttpResult>> ConsentsAsync(Consents consents, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        PersonOfToken.Find(user).TryGet(out var account, out var refusal)
            ? TypedResults.Ok(new OwnConsentListBody([.. (await consents.ListAsync(account, cancellationToken)).Select(OwnConsentBody.Of)]))
            : Problems.From(refusal);

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(string id, WithdrawConsent withdraw, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!PersonOfToken.Find(user).TryGet(out var account, out var refusal))
        {
            return Problems.From(refusal);
        }

        return await withdraw.ExecuteAsync(account, id, account, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.From(new Refusal("consent_unknown", "You have given no such consent."));
    }
}
