using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.Api;

/// <summary>What the person of the token was told, themselves and for the operator that the token names.</summary>
internal static class NoticeEndpoints
{
    internal static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Notices").RequireScope(ApiScopes.NoticesRead);
        notices.MapGet("/", ListAsync).ProducesProblem(400).ProducesProblem(403).WithSummary("What you were told, newest first");
        notices.MapPost("/seen", SeenAsync).Accepts<NoticesSeenBody>("application/json")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithSummary("Mark notices as seen, up to one");
    }

    private static async Task<Results<Ok<NoticePageBody>, ProblemHttpResult>> ListAsync(
        string? cursor, int? limit, NoticeReader reader, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal) || !Person(user).TryGet(out var account, out refusal))
        {
            return Problems.From(refusal);
        }

        var page = await reader.PageAsync(account, OrganizationClaims.TinOf(user), cursor, most, cancellationToken);
        return TypedResults.Ok(new NoticePageBody([.. page.Select(NoticeBody.Of)], page.Count == most ? page[^1].Id : null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SeenAsync(HttpContext context, MarkNoticesSeen seen, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.NoticesSeenBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal) || !Person(context.User).TryGet(out var account, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await seen.ExecuteAsync(account, OrganizationClaims.TinOf(context.User), read.Until, cancellationToken))
            .Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refused => Problems.From(refused));
    }

    // A system has no notices of its own.
    private static Outcome<string> Person(ClaimsPrincipal user) => Actor.IsClient(user)
        ? new Refusal("notices_of_person", "Notices are for people: the token is not one of a person who signed in.")
        : Actor.Of(user);
}
