using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>The holder's side of AEO status: what is of the operator that the token names, and the acts that are the holder's.</summary>
internal static class AeoHolderEndpoints
{
    internal static void MapAeoOfHolder(this IEndpointRouteBuilder api)
    {
        var holder = api.MapGroup("/operators/{tin}/aeo/holder").WithTags("AEO").RequireScope(ApiScopes.AeoApply);
        holder.MapGet("/", GetAsync).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("The operator's own AEO components, and what can be done next; officers are not named");
        holder.MapPost("/acts", TakeAsync).Accepts<AeoHolderActBody>("application/json")
            .WithMetadata(new RequestExample("""{"component":"AEOS","act":"open","reason":"We export to three countries and store goods under bond."}"""))
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Open, submit or withdraw an application, or give an authorisation up");
    }

    private static async Task<Results<Ok<AeoLifeBody>, ProblemHttpResult>> GetAsync(
        string tin,
        ClaimsPrincipal user,
        GetOperator get,
        Memberships memberships,
        CompareAeoCredentials compare,
        Database database,
        ProgrammeCatalogue programmes,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!(await HolderOfToken.ReaderAsync(tin, user, memberships, cancellationToken)).TryGet(out var parsed, out var refusal)
            || !(await get.ExecuteAsync(parsed, cancellationToken)).TryGet(out var found, out refusal))
        {
            return Problems.From(refusal);
        }

        var inUse = await compare.ExecuteAsync(found, cancellationToken);
        return TypedResults.Ok(AeoLifeBody.Of(found, inUse, await AeoHistory.ReadAsync(database, parsed, programmes, cancellationToken), AeoEndpoints.Today(time)).ForHolder());
    }

    private static async Task<Results<Ok<AeoComponentBody>, ProblemHttpResult>> TakeAsync(
        string tin, HttpContext context, TakeHoldersAct take, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal)
            || !HolderOfToken.Find(context.User, parsed).TryGet(out var account, out refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AeoHolderActBody, cancellationToken)).TryGet(out var body, out refusal)
            || !body.ToDecision(parsed, AeoEndpoints.Today(time)).TryGet(out var decision, out refusal))
        {
            return Problems.From(refusal);
        }

        return AeoEndpoints.Answer(await take.ExecuteAsync(decision, account, cancellationToken), time);
    }
}
