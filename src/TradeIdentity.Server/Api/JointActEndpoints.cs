using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.JointActBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>Acts of members who sign jointly: proposed by one, and done when another signs.</summary>
internal static class JointActEndpoints
{
    internal static void MapJointActs(this IEndpointRouteBuilder api)
    {
        var acts = api.MapGroup("/company/joint-acts").WithTags("Entities").RequireScope(ApiScopes.EntitiesOwn);
        acts.MapGet("/", ListAsync).ProducesProblem(403).WithSummary("Acts that wait for a second signature, and those that were settled");
        acts.MapPost("/", ProposeAsync).Accepts<JointActRequestBody>("application/json")
            .WithMetadata(new RequestExample("""{"aeo":{"component":"AEOC","act":"submit","reason":"All that is stated is true."}}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).WithSummary("Propose an act that takes a second member's signature");
        acts.MapPost("/{id}/sign", SignAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Sign an act of another member: it is done");
        acts.MapPost("/{id}/decline", DeclineAsync).Accepts<JointActReasonBody>("application/json").WithMetadata(new RequestExample("""{"reason":"The broker was not agreed on."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Decline to sign");
        acts.MapPost("/{id}/withdraw", WithdrawAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Withdraw what you proposed");
    }

    private static async Task<Results<Ok<JointActListBody>, ProblemHttpResult>> ListAsync(JointActs acts, Memberships memberships, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal))
        {
            return Problems.From(refusal);
        }

        return await memberships.FindAsync(member.AccountId, member.Tin, cancellationToken) is null
            ? Problems.From(new Refusal("joint_act_not_yours", "The person does not act for this entity."))
            : TypedResults.Ok(new JointActListBody([.. (await acts.OfOperatorAsync(member.Tin, cancellationToken)).Select(JointActBody.Of)]));
    }

    private static async Task<Results<Created<JointActBody>, ProblemHttpResult>> ProposeAsync(HttpContext context, ProposeJointAct propose, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.JointActRequestBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !RepresentativeEndpoints.Member(context.User).TryGet(out var member, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await DecideAsync(read, member, propose, time.GetUtcNow(), cancellationToken)).Match<Results<Created<JointActBody>, ProblemHttpResult>>(
            act => TypedResults.Created($"/api/v1/company/joint-acts/{act.Id}", JointActBody.Of(act)), refused => Problems.From(refused));
    }

    private static async Task<Outcome<JointAct>> DecideAsync(
        JointActRequestBody body, (string AccountId, Tin Tin) member, ProposeJointAct propose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (body is { Aeo: null, Mandate: null, MasterData: "release" })
        {
            return await propose.ReleaseMasterDataAsync(member.Tin, member.AccountId, cancellationToken);
        }

        if (body is { Aeo: { } aeo, Mandate: null, MasterData: null })
        {
            return aeo.ToDecision(member.Tin, DateOnly.FromDateTime(now.UtcDateTime)).TryGet(out var decision, out var refusal)
                ? await propose.ExecuteAsync(decision, member.AccountId, cancellationToken)
                : refusal;
        }

        if (body is not { Aeo: null, Mandate: { } mandate, MasterData: null })
        {
            return new Refusal("joint_act_invalid", "It has one of aeo, mandate, and masterData, which is release.");
        }

        if (!mandate.ToOffer(now).TryGet(out var offer, out var invalid))
        {
            return invalid;
        }

        return offer.Grantor == member.Tin
            ? await propose.ExecuteAsync(offer, member.AccountId, cancellationToken)
            : new Refusal("joint_act_not_yours", "The grantor is not the entity that the token names.");
    }

    private static async Task<Answer> SignAsync(string id, SignJointAct sign, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal) ? Show(await sign.ExecuteAsync(member.Tin, id, member.AccountId, cancellationToken)) : Problems.From(refusal);

    private static async Task<Answer> DeclineAsync(string id, HttpContext context, SignJointAct sign, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.JointActReasonBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && RepresentativeEndpoints.Member(context.User).TryGet(out var member, out refusal)
            ? Show(await sign.DeclineAsync(member.Tin, id, read.Reason, member.AccountId, cancellationToken))
            : Problems.From(refusal);
    }

    private static async Task<Answer> WithdrawAsync(string id, SignJointAct sign, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal) ? Show(await sign.WithdrawAsync(member.Tin, id, member.AccountId, cancellationToken)) : Problems.From(refusal);

    private static Answer Show(Outcome<JointAct> outcome) => outcome.Match<Answer>(act => TypedResults.Ok(JointActBody.Of(act)), refusal => Problems.From(refusal));
}
