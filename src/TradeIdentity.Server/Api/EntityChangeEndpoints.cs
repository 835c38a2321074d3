using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Changes;
using TradeIdentity.Server.OpenId;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.EntityChangeBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>Entities declare that facts of theirs have changed, and registrars decide.</summary>
internal static class EntityChangeEndpoints
{
    private const string Example =
        """
        {"entity":{"legalName":"Example Flower Exports B.V.","jurisdiction":"NL","registeredAddress":{"street":"Examplelaan 2","locality":"Aalsmeer","postalCode":"1431 AB","country":"NL"},"roles":["EX"]},"grounds":"We moved on 1 March."}
        """;

    internal static void MapEntityChanges(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/company/changes").WithTags("Entities").RequireScope(ApiScopes.EntitiesOwn);
        own.MapGet("/", ListAsync).ProducesProblem(403).WithSummary("Changes that the entity declared, newest first");
        own.MapPost("/", DeclareAsync).Accepts<EntityChangeRequestBody>("application/json").WithMetadata(new RequestExample(Example))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).WithSummary("Declare that name, legal form, address or roles have changed");
        own.MapPost("/{id}/withdraw", WithdrawAsync).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).WithSummary("Withdraw a change that is open");

        var officer = api.MapGroup("/officer/changes").WithTags("Entities").RequireScope(ApiScopes.OperatorsWrite);
        officer.MapGet("/", WorkListAsync).ProducesProblem(400).WithSummary("Declared changes that wait, oldest first");
        officer.MapPost("/{id}/confirm", ConfirmAsync).Accepts<EntityChangeConfirmationBody>("application/json").WithMetadata(new RequestExample("""{"source":"Trade register, extract of 2 March 2026"}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Confirm a change: the register says it from then on");
        officer.MapPost("/{id}/refuse", RefuseAsync).Accepts<RegistrationTextBody>("application/json").WithMetadata(new RequestExample("""{"text":"The register has the earlier address."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Refuse a change, with the reason");
    }

    private static async Task<Results<Ok<EntityChangePageBody>, ProblemHttpResult>> ListAsync(EntityChanges changes, Memberships memberships, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal))
        {
            return Problems.From(refusal);
        }

        return await memberships.FindAsync(member.AccountId, member.Tin, cancellationToken) is null
            ? Problems.From(new Refusal("change_not_yours", "The person does not act for this entity."))
            : TypedResults.Ok(new EntityChangePageBody([.. (await changes.OfOperatorAsync(member.Tin, cancellationToken)).Select(EntityChangeBody.ForMember)], null));
    }

    private static async Task<Results<Created<EntityChangeBody>, ProblemHttpResult>> DeclareAsync(HttpContext context, DeclareChange declare, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.EntityChangeRequestBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !RepresentativeEndpoints.Member(context.User).TryGet(out var member, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await declare.ExecuteAsync(member.Tin, read.Entity, read.Grounds, member.AccountId, cancellationToken)).Match<Results<Created<EntityChangeBody>, ProblemHttpResult>>(
            change => TypedResults.Created($"/api/v1/company/changes/{change.Id}", EntityChangeBody.ForMember(change)), refused => Problems.From(refused));
    }

    private static async Task<Answer> WithdrawAsync(string id, DeclareChange declare, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal)
            ? (await declare.WithdrawAsync(member.Tin, id, member.AccountId, cancellationToken)).Match<Answer>(
                change => TypedResults.Ok(EntityChangeBody.ForMember(change)), refused => Problems.From(refused))
            : Problems.From(refusal);

    private static async Task<Results<Ok<EntityChangePageBody>, ProblemHttpResult>> WorkListAsync(string? cursor, int? limit, EntityChanges changes, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return Problems.From(refusal);
        }

        var page = await changes.WorkListAsync(cursor, most, cancellationToken);
        return TypedResults.Ok(new EntityChangePageBody([.. page.Select(EntityChangeBody.Of)], page.Count == most ? page[^1].Id : null));
    }

    private static async Task<Answer> ConfirmAsync(string id, HttpContext context, DecideChange decide, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.EntityChangeConfirmationBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var officer, out refusal)
            ? Show(await decide.ConfirmAsync(id, read.Source, officer, cancellationToken))
            : Problems.From(refusal);
    }

    private static async Task<Answer> RefuseAsync(string id, HttpContext context, DecideChange decide, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.RegistrationTextBody, cancellationToken);
        return body.TryGet(out var read, out var refusal) && PersonOfToken.Find(context.User).TryGet(out var officer, out refusal)
            ? Show(await decide.RefuseAsync(id, read.Text, officer, cancellationToken))
            : Problems.From(refusal);
    }

    private static Answer Show(Outcome<EntityChange> outcome) => outcome.Match<Answer>(change => TypedResults.Ok(EntityChangeBody.Of(change)), refusal => Problems.From(refusal));
}
