using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Credentials.Uses;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Persons;
using Issued = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<TradeIdentity.Server.Api.CredentialBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>The holder's side of credentials: a person's token acts for the operator that it names, and for no other.</summary>
internal static class HolderCredentialEndpoints
{
    internal static void MapCredentialsOfHolder(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/credentials").WithTags("Credentials").RequireScope(ApiScopes.CredentialsOwn);
        own.MapGet("/", ListAsync).ProducesProblem(400).ProducesProblem(403).WithSummary("The credentials of the operator that one acts for, newest first");
        own.MapPost("/obtain", ObtainAsync).Accepts<CredentialRequestBody>("application/json")
            .WithMetadata(new RequestExample("""{"tin":"NL854502130","type":"AeoStatus"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Obtain a credential, as an administrator of the operator that one acts for");
        own.MapPost("/{id}/replace", ReplaceAsync).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Have a credential replaced: another is issued and this one revoked at once, as an administrator of its holder");
        own.MapPost("/{id}/report-lost", ReportLostAsync).Accepts<LossBody>("application/json")
            .WithMetadata(new RequestExample("""{"ground":"The card was left in a lorry that was sold."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Report a credential lost, as whoever acts for its holder: it is revoked for good");
        own.MapGet("/use-notices", UseNoticesAsync).ProducesProblem(403).WithSummary("Whether the operator that one acts for is told when this server judges one of its credentials");
        own.MapPut("/use-notices", AskUseNoticesAsync).ProducesProblem(403).WithSummary("Be told, once a day for each credential and kind of checker");
        own.MapDelete("/use-notices", EndUseNoticesAsync).ProducesProblem(403).WithSummary("Be told no longer");
    }

    private static async Task<Results<Ok<CredentialPageBody>, ProblemHttpResult>> ListAsync(
        string? type, string? state, string? cursor, int? limit, ClaimsPrincipal user, CredentialsInReach reach, CredentialStore store,
        IOptions<IssuerOptions> issuer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal) || !ReadFilter(type, state).TryGet(out var filter, out refusal))
        {
            return Problems.From(refusal);
        }

        CredentialId? before = null;
        if (cursor is not null)
        {
            if (!CredentialId.TryParse(cursor, out var last))
            {
                return Problems.From(new Refusal("cursor_invalid", "The cursor is not one that was given out."));
            }

            before = last;
        }

        if (OrganizationClaims.TinOf(user) is not { } tin || await reach.HolderAsync(user, tin, cancellationToken) is null)
        {
            return Problems.From(CredentialsInReach.NotHolder);
        }

        var (page, total) = await store.PageAsync(tin, filter, before, most, time.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(new CredentialPageBody(
            [.. page.Select(credential => CredentialBody.Of(credential, issuer.Value))], total, page.Count == most ? page[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<UseNoticesBody>, ProblemHttpResult>> UseNoticesAsync(
        ClaimsPrincipal user, CredentialsInReach reach, UseNotices notices, CancellationToken cancellationToken) =>
        OrganizationClaims.TinOf(user) is { } tin && await reach.HolderAsync(user, tin, cancellationToken) is not null
            ? TypedResults.Ok(new UseNoticesBody(await notices.FindAsync(tin, cancellationToken)))
            : Problems.From(CredentialsInReach.NotHolder);

    private static async Task<Results<NoContent, ProblemHttpResult>> AskUseNoticesAsync(
        ClaimsPrincipal user, CredentialsInReach reach, UseNotices notices, CancellationToken cancellationToken) =>
        OrganizationClaims.TinOf(user) is { } tin && await reach.HolderAsync(user, tin, cancellationToken) is { } account
            ? (await notices.AskAsync(tin, account, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refusal => Problems.From(refusal))
            : Problems.From(CredentialsInReach.NotHolder);

    private static async Task<Results<NoContent, ProblemHttpResult>> EndUseNoticesAsync(
        ClaimsPrincipal user, CredentialsInReach reach, UseNotices notices, CancellationToken cancellationToken) =>
        OrganizationClaims.TinOf(user) is { } tin && await reach.HolderAsync(user, tin, cancellationToken) is { } account
            ? (await notices.EndAsync(tin, account, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refusal => Problems.From(refusal))
            : Problems.From(CredentialsInReach.NotHolder);

    private static async Task<Issued> ObtainAsync(
        HttpContext context, CredentialsInReach reach, ObtainCredential obtain, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.CredentialRequestBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !CredentialEndpoints.Parse(read).TryGet(out var request, out refusal))
        {
            return Problems.From(refusal);
        }

        return await reach.HolderAsync(context.User, request.Tin, cancellationToken) is { } account
            ? Answer(await obtain.ExecuteAsync(request, account, cancellationToken), issuer)
            : Problems.From(CredentialsInReach.NotHolder);
    }

    private static async Task<Issued> ReplaceAsync(
        string id, CredentialsInReach reach, ReplaceCredential replace, IOptions<IssuerOptions> issuer, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!CredentialsInReach.ParseId(id).TryGet(out var credentialId, out var refusal) || !(await ActAsync(reach, user, cancellationToken)).TryGet(out var act, out refusal))
        {
            return Problems.From(refusal);
        }

        return Answer(await replace.ExecuteAsync(credentialId, act.Tin, act.Account, cancellationToken), issuer);
    }

    private static async Task<Results<Ok<CredentialBody>, ProblemHttpResult>> ReportLostAsync(
        string id, HttpContext context, CredentialsInReach reach, ReportCredentialLost report, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken)
    {
        if (!CredentialsInReach.ParseId(id).TryGet(out var credentialId, out var refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.LossBody, cancellationToken)).TryGet(out var body, out refusal)
            || !(await ActAsync(reach, context.User, cancellationToken)).TryGet(out var act, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await report.ExecuteAsync(credentialId, act.Tin, body.Ground, act.Account, cancellationToken)).Match<Results<Ok<CredentialBody>, ProblemHttpResult>>(
            credential => TypedResults.Ok(CredentialBody.Of(credential, issuer.Value)),
            refused => Problems.From(refused));
    }

    private static Outcome<CredentialFilter> ReadFilter(string? type, string? state)
    {
        var code = 0;
        if (type is not null && !CredentialTypeCatalogue.TryFind(type, out code))
        {
            return new Refusal("query_invalid", "The type must be LegalIdentity, AeoStatus or Mandate.");
        }

        var found = CredentialStates.Find(state);
        return state is null || found is not null
            ? new CredentialFilter(type is null ? null : code, found)
            : new Refusal("query_invalid", $"The state must be of {string.Join(", ", CredentialStates.All)}.");
    }

    private static async Task<Outcome<HolderAct>> ActAsync(CredentialsInReach reach, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        OrganizationClaims.TinOf(user) is { } tin && await reach.HolderAsync(user, tin, cancellationToken) is { } account ? new HolderAct(tin, account) : CredentialsInReach.NotHolder;

    private static Issued Answer(Outcome<IssuedCredential> outcome, IOptions<IssuerOptions> issuer) => outcome.Match<Issued>(
        credential => TypedResults.Created($"/api/v1/credentials/{credential.Id}", CredentialBody.Of(credential, issuer.Value)),
        refusal => Problems.From(refusal));

    private sealed record HolderAct(Tin Tin, string Account);
}
