using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.MasterData;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.OpenId;
using OneRelease = Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.Ok<TradeIdentity.Server.Api.MasterDataReleaseBody>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace TradeIdentity.Server.Api;

/// <summary>Entities release their AEO master data to partner administrations, and these read what is released.</summary>
internal static class MasterDataEndpoints
{
    internal static void MapMasterData(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/company/master-data").WithTags("Entities").RequireScope(ApiScopes.EntitiesOwn);
        own.MapGet("/", ListAsync).ProducesProblem(403).WithSummary("Whether the entity releases its AEO master data to partner administrations, and what it consented to before");
        own.MapPost("/release", ReleaseAsync).ProducesProblem(403).ProducesProblem(409).WithSummary("Consent that the AEO master data goes to partner administrations");
        own.MapPost("/withdraw", WithdrawAsync).ProducesProblem(403).ProducesProblem(409).WithSummary("Withdraw the consent: no partner administration is told any more");

        api.MapGet("/master-data", PageAsync).WithTags("Recognition").RequireScope(ApiScopes.MasterDataRead).ProducesProblem(400)
            .WithSummary("AEO master data of the operators that consented to its release, for partner administrations");
    }

    private static async Task<Results<Ok<MasterDataReleaseListBody>, ProblemHttpResult>> ListAsync(
        MasterDataReleases releases, Memberships memberships, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal))
        {
            return Problems.From(refusal);
        }

        if (await memberships.FindAsync(member.AccountId, member.Tin, cancellationToken) is null)
        {
            return Problems.From(new Refusal("master_data_not_yours", "The person does not act for this entity."));
        }

        var all = await releases.OfOperatorAsync(member.Tin, cancellationToken);
        return TypedResults.Ok(new MasterDataReleaseListBody(all is [{ WithdrawnAt: null }, ..], [.. all.Select(MasterDataReleaseBody.Of)]));
    }

    private static async Task<OneRelease> ReleaseAsync(ReleaseMasterData release, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal)
            ? Show(await release.ExecuteAsync(member.Tin, member.AccountId, cancellationToken))
            : Problems.From(refusal);

    private static async Task<OneRelease> WithdrawAsync(ReleaseMasterData release, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        RepresentativeEndpoints.Member(user).TryGet(out var member, out var refusal)
            ? Show(await release.WithdrawAsync(member.Tin, member.AccountId, cancellationToken))
            : Problems.From(refusal);

    private static async Task<Results<Ok<MasterDataPageBody>, ProblemHttpResult>> PageAsync(
        string? cursor, int? limit, MasterDataReleases releases, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return Problems.From(refusal);
        }

        if (!Tin.TryParse(cursor, out var after) && cursor is not null)
        {
            return Problems.From(new Refusal("cursor_invalid", "The cursor is not one that this list gave."));
        }

        var page = await releases.PageAsync(after, most, cancellationToken);
        return TypedResults.Ok(new MasterDataPageBody(time.GetUtcNow(), [.. page.Select(MasterDataBody.Of)], page.Count == most ? page[^1].Tin.Value : null));
    }

    private static OneRelease Show(Outcome<MasterDataRelease> outcome) => outcome.Match<OneRelease>(release => TypedResults.Ok(MasterDataReleaseBody.Of(release)), refusal => Problems.From(refusal));
}
