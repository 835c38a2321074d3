using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.MandateBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>
/// Mandates: grants them, answers them, ends them, shows them. A person's token acts for the operator that it names, and sees what is of
/// that operator or of the person; a client's own token is the authority's, and states the evidence.
/// </summary>
internal static class MandateEndpoints
{
    internal static void MapMandates(this IEndpointRouteBuilder api)
    {
        var mandates = api.MapGroup("/mandates").WithTags("Mandates").RequireScope(ApiScopes.MandatesWrite);
        mandates.MapGet("/", ListAsync).ProducesProblem(400).ProducesProblem(403).WithSummary("What an operator granted or was granted, or a person was");
        mandates.MapPost("/", GrantAsync).Accepts<MandateOfferBody>("application/json")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Grant a mandate, or pass one on");
        mandates.MapGet("/{id}", GetAsync).ProducesProblem(404).WithSummary("A mandate with all that it hangs from");
        mandates.MapPost("/{id}/accept", AcceptAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Accept a mandate, as its representative");
        mandates.MapPost("/{id}/decline", DeclineAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Decline a mandate, as its representative");
        mandates.MapPost("/{id}/end", EndAsync).Accepts<MandateEndBody>("application/json")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Revoke a mandate, as its grantor or principal, or renounce it, as its representative");
    }

    private static async Task<Results<Created<MandateBody>, ProblemHttpResult>> GrantAsync(
        HttpContext context, GrantMandate grant, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.MandateOfferBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !read.ToOffer(now).TryGet(out var offer, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await grant.ExecuteAsync(offer, Actor.OnMandates(context.User), cancellationToken)).Match<Results<Created<MandateBody>, ProblemHttpResult>>(
            chain => TypedResults.Created($"/api/v1/mandates/{chain.Last.Id}", MandateBody.Of(chain, now)),
            refused => Problems.From(refused));
    }

    private static async Task<Answer> GetAsync(string id, MandateReader mandates, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken)
    {
        // Whose it is not is told what a stranger is: that there is none.
        return await mandates.FindAsync(id, cancellationToken) is { } chain && IsParty(chain, Actor.OnMandates(user))
            ? TypedResults.Ok(MandateBody.Of(chain, time.GetUtcNow()))
            : Problems.From(new Refusal("mandate_unknown", "There is no such mandate."));
    }

    private static async Task<Results<Ok<MandatePageBody>, ProblemHttpResult>> ListAsync(
        string? grantor, string? representative, string? account, string? cursor, int? limit, MandateReader mandates, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return Problems.From(refusal);
        }

        if (new[] { grantor, representative, account }.Count(of => of is not null) != 1)
        {
            return Problems.From(new Refusal("query_invalid", "Ask for one of grantor, representative and account."));
        }

        Tin? tin = null;
        if ((grantor ?? representative) is { } named && !GivenTin.Read(named).TryGet(out tin, out refusal))
        {
            return Problems.From(refusal);
        }

        var actor = Actor.OnMandates(user);
        if (!actor.IsAuthority && (tin is null ? actor.Account != account : actor.ActingFor != tin))
        {
            return Problems.From(new Refusal("mandate_not_yours", "A person sees their own mandates, and those of the operator that they act for."));
        }

        var found = grantor is not null ? await mandates.GrantedByAsync(tin!, cursor, most, cancellationToken)
            : representative is not null ? await mandates.GrantedToAsync(tin!, cursor, most, cancellationToken)
            : await mandates.GrantedToPersonAsync(account!, cursor, most, cancellationToken);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new MandatePageBody([.. found.Select(chain => MandateBody.Of(chain, now))], found.Count == most ? found[^1].Last.Id : null));
    }

    private static async Task<Answer> AcceptAsync(string id, AnswerMandate answer, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken) =>
        Show(await answer.AcceptAsync(id, Actor.OnMandates(user), cancellationToken), time);

    private static async Task<Answer> DeclineAsync(string id, AnswerMandate answer, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken) =>
        Show(await answer.DeclineAsync(id, Actor.OnMandates(user), cancellationToken), time);

    private static async Task<Answer> EndAsync(string id, HttpContext context, EndMandate end, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.MandateEndBody, cancellationToken);
        return body.TryGet(out var read, out var refusal)
            ? Show(await end.ExecuteAsync(id, read.Ground, Actor.OnMandates(context.User), cancellationToken), time)
            : Problems.From(refusal);
    }

    private static bool IsParty(MandateChain chain, MandateActor actor) =>
        actor.IsAuthority || chain.Links.Any(link =>
            link.Grantor == actor.ActingFor || link.Representative == new MandateRepresentative.OfPerson(actor.Account!)
            || (actor.ActingFor is { } tin && link.Representative == new MandateRepresentative.OfOperator(tin)));

    private static Answer Show(Outcome<MandateChain> outcome, TimeProvider time) => outcome.Match<Answer>(
        chain => TypedResults.Ok(MandateBody.Of(chain, time.GetUtcNow())),
        refusal => Problems.From(refusal));
}
