using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Successions;
using TradeIdentity.Server.OpenId;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.SuccessionBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>Operators that were merged, divided or given another number: a registrar proposes, an approver approves.</summary>
internal static class SuccessionEndpoints
{
    internal static void MapSuccessions(this IEndpointRouteBuilder api)
    {
        var successions = api.MapGroup("/officer/successions").WithTags("Successions").RequireScope(ApiScopes.SuccessionsDecide);
        successions.MapGet("/", ListAsync).ProducesProblem(400).WithSummary("Successions, newest first; with open=true those that wait");
        successions.MapPost("/", ProposeAsync).Accepts<SuccessionRequestBody>("application/json")
            .WithMetadata(new RequestExample("""{"kind":"merged","predecessors":["NL000000001","NL000000002"],"successors":["NL000000003"],"effectiveOn":"2026-03-01","legalGround":"Deed of merger of 27 February 2026, entered in the trade register"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Propose a succession; nothing changes until another officer approves");
        successions.MapGet("/{id}", GetAsync).ProducesProblem(404).WithSummary("A succession, with what it would end while it is open");
        successions.MapPost("/{id}/approve", ApproveAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Approve what another officer proposed: it is carried out");
        successions.MapPost("/{id}/turn-down", TurnDownAsync).Accepts<SuccessionReasonBody>("application/json").WithMetadata(new RequestExample("""{"reason":"The deed names another company."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Turn down what another officer proposed");
        successions.MapPost("/{id}/withdraw", WithdrawAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Take back what one proposed oneself");
    }

    private static async Task<Results<Ok<SuccessionPageBody>, ProblemHttpResult>> ListAsync(
        bool? open, string? cursor, int? limit, SuccessionProposals proposals, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return Problems.From(refusal);
        }

        var page = await proposals.ListAsync(open == true, cursor, most, cancellationToken);
        return TypedResults.Ok(new SuccessionPageBody([.. page.Select(proposal => SuccessionBody.Of(proposal))], page.Count == most ? page[^1].Id : null));
    }

    private static async Task<Results<Created<SuccessionBody>, ProblemHttpResult>> ProposeAsync(HttpContext context, ProposeSuccession propose, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.SuccessionRequestBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !read.ToRequest().TryGet(out var request, out refusal) || !PersonOfToken.Find(context.User).TryGet(out var officer, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await propose.ExecuteAsync(request, officer, cancellationToken)).Match<Results<Created<SuccessionBody>, ProblemHttpResult>>(
            proposal => TypedResults.Created($"/api/v1/officer/successions/{proposal.Id}", SuccessionBody.Of(proposal)), refused => Problems.From(refused));
    }

    private static async Task<Answer> GetAsync(string id, SuccessionProposals proposals, ForeseeSuccession foresee, CancellationToken cancellationToken) =>
        (await proposals.FindAsync(id, cancellationToken)).TryGet(out var found, out var refusal)
            ? TypedResults.Ok(SuccessionBody.Of(found, found.State == "open" ? await foresee.ExecuteAsync(found, cancellationToken) : null))
            : Problems.From(refusal);

    private static async Task<Answer> ApproveAsync(string id, ClaimsPrincipal user, SettleSuccession settle, CancellationToken cancellationToken) =>
        PersonOfToken.Find(user).TryGet(out var officer, out var refusal) ? Show(await settle.ApproveAsync(id, officer, cancellationToken)) : Problems.From(refusal);

    private static async Task<Answer> TurnDownAsync(string id, HttpContext context, SettleSuccession settle, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.SuccessionReasonBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var officer, out refusal)
            ? Show(await settle.TurnDownAsync(id, read.Reason, officer, cancellationToken))
            : Problems.From(refusal);
    }

    private static async Task<Answer> WithdrawAsync(string id, ClaimsPrincipal user, SettleSuccession settle, CancellationToken cancellationToken) =>
        PersonOfToken.Find(user).TryGet(out var officer, out var refusal) ? Show(await settle.WithdrawAsync(id, officer, cancellationToken)) : Problems.From(refusal);

    private static Answer Show(Outcome<SuccessionProposal> outcome) => outcome.Match<Answer>(proposal => TypedResults.Ok(SuccessionBody.Of(proposal)), refusal => Problems.From(refusal));
}
