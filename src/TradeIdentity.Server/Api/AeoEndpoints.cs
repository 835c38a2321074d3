using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>The life of an operator's AEO components: shown, and carried on by the officers. What takes two officers is a proposal first.</summary>
internal static class AeoEndpoints
{
    private const string Suspension =
        """{"component":"AEOC","act":"suspend","ground":"non-compliance","legalGround":"Implementing Regulation (EU) 2015/2447, Article 30(1): tax debt not settled","effectiveFrom":"2026-03-02"}""";

    internal static void MapAeo(this IEndpointRouteBuilder api)
    {
        var life = api.MapGroup("/operators/{tin}/aeo").WithTags("AEO");
        life.MapGet("/", GetAsync).RequireScope(ApiScopes.OperatorsRead).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("AEO components with their history, and what can be done next");
        life.MapPost("/acts", TakeAsync).RequireScope(ApiScopes.AeoDecide).Accepts<AeoDecisionBody>("application/json")
            .WithMetadata(new RequestExample("""{"component":"AEOC","act":"accept","legalGround":"Implementing Regulation (EU) 2015/2447, Article 26: complete and admissible"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Take an act that takes one officer");
        life.MapGet("/proposals", OfOperatorAsync).RequireScope(ApiScopes.AeoDecide).ProducesProblem(400)
            .WithSummary("What was proposed for an operator, the newest first");
        life.MapPost("/proposals", ProposeAsync).RequireScope(ApiScopes.AeoDecide).Accepts<AeoDecisionBody>("application/json")
            .WithMetadata(new RequestExample(Suspension))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Propose a decision that takes two officers");
        life.MapGet("/proposals/{id}", FindProposalAsync).RequireScope(ApiScopes.AeoDecide).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("A proposal");
        life.MapPost("/proposals/{id}/approve", ApproveAsync).RequireScope(ApiScopes.AeoDecide)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Approve what another officer proposed: it is decided");
        life.MapPost("/proposals/{id}/turn-down", TurnDownAsync).RequireScope(ApiScopes.AeoDecide).Accepts<AeoTurnDownBody>("application/json")
            .WithMetadata(new RequestExample("""{"reason":"The debt was settled on 1 March; see the receipt of the tax authority."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Turn down what another officer proposed");
        life.MapPost("/proposals/{id}/withdraw", WithdrawAsync).RequireScope(ApiScopes.AeoDecide)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Take back what one proposed oneself");

        api.MapAeoOfHolder();
        api.MapAeoCase();
        api.MapAeoApplicationContent();
        api.MapGet("/aeo/proposals", WorkListAsync).WithTags("AEO").RequireScope(ApiScopes.AeoDecide).ProducesProblem(400)
            .WithSummary("The work list of open proposals, the oldest first");
        api.MapGet("/aeo/applications", ApplicationsAsync).WithTags("AEO").RequireScope(ApiScopes.AeoDecide).ProducesProblem(400)
            .WithSummary("The work list of applications that wait for the authority, the first that is due first");
    }

    private static async Task<Results<Ok<AeoLifeBody>, ProblemHttpResult>> GetAsync(
        string tin, GetOperator get, CompareAeoCredentials compare, Database database, ProgrammeCatalogue programmes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await get.ExecuteAsync(parsed, cancellationToken)).TryGet(out var found, out refusal))
        {
            return Problems.From(refusal);
        }

        var inUse = await compare.ExecuteAsync(found, cancellationToken);
        return TypedResults.Ok(AeoLifeBody.Of(found, inUse, await AeoHistory.ReadAsync(database, parsed, programmes, cancellationToken), Today(time)));
    }

    private static async Task<Results<Ok<AeoComponentBody>, ProblemHttpResult>> TakeAsync(
        string tin, HttpContext context, ChangeAeoStatus change, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(tin, context, officers, time, cancellationToken);
        return read.TryGet(out var request, out var refusal)
            ? Answer(await change.ExecuteAsync(request.Decision, request.Officer, cancellationToken), time)
            : Problems.From(refusal);
    }

    private static async Task<Results<Created<AeoProposalBody>, ProblemHttpResult>> ProposeAsync(
        string tin, HttpContext context, ProposeAeoDecision propose, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(tin, context, officers, time, cancellationToken);
        if (!read.TryGet(out var request, out var refusal))
        {
            return Problems.From(refusal);
        }

        return (await propose.ExecuteAsync(request.Decision, request.Officer, cancellationToken)).Match<Results<Created<AeoProposalBody>, ProblemHttpResult>>(
            proposal => TypedResults.Created($"/api/v1/operators/{tin}/aeo/proposals/{proposal.Id}", AeoProposalBody.Of(proposal, time.GetUtcNow())),
            refused => Problems.From(refused));
    }

    private static async Task<Results<Ok<AeoComponentBody>, ProblemHttpResult>> ApproveAsync(
        string tin, string id, ClaimsPrincipal user, ApproveAeoProposal approve, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await OfficerOfToken.FindAsync(user, officers, cancellationToken)).TryGet(out var officer, out refusal))
        {
            return Problems.From(refusal);
        }

        return Answer(await approve.ExecuteAsync(parsed, id, officer, cancellationToken), time);
    }

    private static async Task<Results<Ok<AeoProposalBody>, ProblemHttpResult>> TurnDownAsync(
        string tin, string id, HttpContext context, TurnDownAeoProposal turnDown, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await OfficerOfToken.FindAsync(context.User, officers, cancellationToken)).TryGet(out var officer, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoTurnDownBody, cancellationToken)).TryGet(out var body, out refusal))
        {
            return Problems.From(refusal);
        }

        return Show(await turnDown.ExecuteAsync(parsed, id, body.Reason, officer, cancellationToken), time);
    }

    private static async Task<Results<Ok<AeoProposalBody>, ProblemHttpResult>> WithdrawAsync(
        string tin, string id, ClaimsPrincipal user, WithdrawAeoProposal withdraw, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal) && (await OfficerOfToken.FindAsync(user, officers, cancellationToken)).TryGet(out var officer, out refusal)
            ? Show(await withdraw.ExecuteAsync(parsed, id, officer, cancellationToken), time)
            : Problems.From(refusal);

    private static async Task<Results<Ok<AeoProposalBody>, ProblemHttpResult>> FindProposalAsync(
        string tin, string id, AeoProposals proposals, TimeProvider time, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            ? Show(await proposals.FindAsync(parsed, id, cancellationToken), time)
            : Problems.From(refusal);

    private static async Task<Results<Ok<AeoProposalPageBody>, ProblemHttpResult>> OfOperatorAsync(
        string tin, AeoProposals proposals, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal))
        {
            return Problems.From(refusal);
        }

        var found = await proposals.OfOperatorAsync(parsed, cancellationToken);
        return TypedResults.Ok(new AeoProposalPageBody([.. found.Select(proposal => AeoProposalBody.Of(proposal, time.GetUtcNow()))], null));
    }

    private static async Task<Results<Ok<AeoProposalPageBody>, ProblemHttpResult>> WorkListAsync(
        string? cursor, int? limit, AeoProposals proposals, TimeProvider time, CancellationToken cancellationToken) =>
        (await proposals.WorkListAsync(cursor, limit, cancellationToken)).Match<Results<Ok<AeoProposalPageBody>, ProblemHttpResult>>(
            page => TypedResults.Ok(new AeoProposalPageBody([.. page.Proposals.Select(proposal => AeoProposalBody.Of(proposal, time.GetUtcNow()))], page.NextCursor)),
            refusal => Problems.From(refusal));

    private static async Task<Results<Ok<AeoApplicationPageBody>, ProblemHttpResult>> ApplicationsAsync(
        string? status, string? component, bool? mine, string? cursor, int? limit, ClaimsPrincipal user, AeoApplications applications, TimeProvider time, CancellationToken cancellationToken)
    {
        AeoStatus state = default;
        if (status is not null && !AeoCodes.TryParse(status, out state))
        {
            return Problems.From(new Refusal("query_invalid", "The status is none of the life of an AEO component."));
        }

        var filter = new AeoApplicationFilter(status is null ? null : state, component, mine == true ? Actor.Of(user) : null);
        return (await applications.ExecuteAsync(filter, cursor, limit, cancellationToken)).Match<Results<Ok<AeoApplicationPageBody>, ProblemHttpResult>>(
            page => TypedResults.Ok(AeoApplicationPageBody.Of(page, Today(time))),
            refusal => Problems.From(refusal));
    }

    private static async Task<Outcome<(AeoDecision Decision, AeoOfficer Officer)>> ReadAsync(
        string tin, HttpContext context, AeoOfficers officers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !(await OfficerOfToken.FindAsync(context.User, officers, cancellationToken)).TryGet(out var officer, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoDecisionBody, cancellationToken)).TryGet(out var body, out refusal)
            || !body.ToDecision(parsed, Today(time)).TryGet(out var decision, out refusal))
        {
            return refusal;
        }

        return (decision, officer);
    }

    internal static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    internal static Results<Ok<AeoComponentBody>, ProblemHttpResult> Answer(Outcome<AeoComponent> outcome, TimeProvider time) =>
        outcome.Match<Results<Ok<AeoComponentBody>, ProblemHttpResult>>(
            component => TypedResults.Ok(AeoComponentBody.Of(component, Today(time))),
            refusal => Problems.From(refusal));

    private static Results<Ok<AeoProposalBody>, ProblemHttpResult> Show(Outcome<AeoProposal> outcome, TimeProvider time) =>
        outcome.Match<Results<Ok<AeoProposalBody>, ProblemHttpResult>>(
            proposal => TypedResults.Ok(AeoProposalBody.Of(proposal, time.GetUtcNow())),
            refusal => Problems.From(refusal));
}
