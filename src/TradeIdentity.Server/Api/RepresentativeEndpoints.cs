using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Persons;
using OneInvitation = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.InvitationBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;
using OneMember = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.RepresentativeBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>Who acts for the entity that the person's token names, and on which terms.</summary>
internal static class RepresentativeEndpoints
{
    private const string Terms = """{"powers":["aeo","mandates"],"signature":"joint","until":"2029-12-31T23:00:00Z"}""";

    internal static void MapRepresentatives(this IEndpointRouteBuilder api)
    {
        var company = api.MapGroup("/company").WithTags("Entities").RequireScope(ApiScopes.EntitiesOwn);
        company.MapGet("/representatives", ListAsync).ProducesProblem(403).WithSummary("Who acts for the entity, with powers and validity");
        company.MapPut("/representatives/{account}", ChangeAsync).Accepts<RepresentativeTermsBody>("application/json").WithMetadata(new RequestExample(Terms))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Change what a person may do for the entity");
        company.MapPost("/representatives/{account}/end", EndAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("End at once that a person acts for the entity, or leave it");
        company.MapGet("/invitations", InvitationsAsync).ProducesProblem(403).WithSummary("Invitations that wait");
        company.MapPost("/invitations", InviteAsync).Accepts<InvitationRequestBody>("application/json").WithMetadata(new RequestExample("{\"email\":\"ben@example.com\",\"terms\":" + Terms + "}"))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503).WithSummary("Ask a person by e-mail to act for the entity");
        company.MapPost("/invitations/{id}/resend", ResendAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Mail the link again; the one before is void");
        company.MapPost("/invitations/{id}/withdraw", WithdrawAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Withdraw an invitation");

        var invited = api.MapGroup("/invitations").WithTags("Entities").RequireScope(ApiScopes.EntitiesOwn);
        invited.MapPost("/accept", AcceptAsync).Accepts<InvitationTokenBody>("application/json")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429).WithSummary("Accept an invitation, as the person whose address was invited");
        invited.MapPost("/decline", DeclineAsync).Accepts<InvitationTokenBody>("application/json")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429).WithSummary("Decline an invitation");
    }

    /// <summary>The person, and the entity that the token names.</summary>
    internal static Outcome<(string AccountId, Tin Tin)> Member(ClaimsPrincipal user) =>
        !PersonOfToken.Find(user).TryGet(out var account, out var refusal) ? refusal
        : OrganizationClaims.TinOf(user) is { } tin ? (account, tin)
        : new Refusal("company_required", "The token names no entity: ask for one that acts for it.");

    private static async Task<Results<Ok<RepresentativeListBody>, ProblemHttpResult>> ListAsync(Memberships memberships, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Member(user).TryGet(out var member, out var refusal))
        {
            return Problems.From(refusal);
        }

        return await memberships.FindAsync(member.AccountId, member.Tin, cancellationToken) is null
            ? Problems.From(new Refusal("representatives_not_yours", "The person does not act for this entity."))
            : TypedResults.Ok(new RepresentativeListBody([.. (await memberships.OfOperatorAsync(member.Tin, cancellationToken)).Select(RepresentativeBody.Of)]));
    }

    private static async Task<OneMember> ChangeAsync(string account, HttpContext context, ChangeRepresentative change, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.RepresentativeTermsBody, cancellationToken);
        return !body.TryGet(out var read, out var refusal) || !Member(context.User).TryGet(out var member, out refusal) ? Problems.From(refusal)
            : read.ToTerms() is not { } terms ? Problems.From(Signature)
            : Show(await change.ExecuteAsync(member.Tin, account, terms, member.AccountId, cancellationToken));
    }

    private static async Task<OneMember> EndAsync(string account, ChangeRepresentative change, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Member(user).TryGet(out var member, out var refusal)
            ? Show(await change.EndAsync(member.Tin, account, member.AccountId, cancellationToken))
            : Problems.From(refusal);

    private static async Task<Results<Ok<InvitationListBody>, ProblemHttpResult>> InvitationsAsync(Invitations invitations, Memberships memberships, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Member(user).TryGet(out var member, out var refusal))
        {
            return Problems.From(refusal);
        }

        return (await memberships.FindAsync(member.AccountId, member.Tin, cancellationToken))?.Rights.May(MemberPowers.Representatives) == true
            ? TypedResults.Ok(new InvitationListBody([.. (await invitations.OfOperatorAsync(member.Tin, cancellationToken)).Select(InvitationBody.Of)]))
            : Problems.From(new Refusal("representatives_not_yours", "The person has no power to say who acts for this entity."));
    }

    private static async Task<Results<Created<InvitationBody>, ProblemHttpResult>> InviteAsync(HttpContext context, InviteRepresentative invite, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.InvitationRequestBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !Member(context.User).TryGet(out var member, out refusal))
        {
            return Problems.From(refusal);
        }

        return read.Terms.ToTerms() is not { } terms
            ? Problems.From(Signature)
            : (await invite.ExecuteAsync(member.Tin, read.Email, terms, member.AccountId, cancellationToken)).Match<Results<Created<InvitationBody>, ProblemHttpResult>>(
                invitation => TypedResults.Created($"/api/v1/company/invitations/{invitation.Id}", InvitationBody.Of(invitation)), refused => Problems.From(refused));
    }

    private static async Task<OneInvitation> ResendAsync(string id, InviteRepresentative invite, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Member(user).TryGet(out var member, out var refusal) ? Show(await invite.ResendAsync(member.Tin, id, member.AccountId, cancellationToken)) : Problems.From(refusal);

    private static async Task<OneInvitation> WithdrawAsync(string id, InviteRepresentative invite, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Member(user).TryGet(out var member, out var refusal) ? Show(await invite.WithdrawAsync(member.Tin, id, member.AccountId, cancellationToken)) : Problems.From(refusal);

    private static Task<OneInvitation> AcceptAsync(HttpContext context, AnswerInvitation answer, CancellationToken cancellationToken) =>
        AnswerAsync(context, (token, account) => answer.AcceptAsync(token, account, cancellationToken), cancellationToken);

    private static Task<OneInvitation> DeclineAsync(HttpContext context, AnswerInvitation answer, CancellationToken cancellationToken) =>
        AnswerAsync(context, (token, account) => answer.DeclineAsync(token, account, cancellationToken), cancellationToken);

    private static async Task<OneInvitation> AnswerAsync(HttpContext context, Func<string, string, Task<Outcome<Invitation>>> act, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.InvitationTokenBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var account, out refusal)
            ? Show(await act(read.Token, account))
            : Problems.From(refusal);
    }

    private static Refusal Signature { get; } = new("representative_signature_invalid", "A signature is sole or joint.");

    private static OneInvitation Show(Outcome<Invitation> outcome) => outcome.Match<OneInvitation>(invitation => TypedResults.Ok(InvitationBody.Of(invitation)), refusal => Problems.From(refusal));

    private static OneMember Show(Outcome<Membership> outcome) => outcome.Match<OneMember>(membership => TypedResults.Ok(RepresentativeBody.Of(membership)), refusal => Problems.From(refusal));
}
