using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>Reads the register.</summary>
internal static class OperatorEndpoints
{
    internal static void MapOperators(this IEndpointRouteBuilder api)
    {
        var operators = api.MapGroup("/operators").WithTags("Operators").RequireScope(ApiScopes.OperatorsRead);
        operators.MapGet("/", FindAsync).ProducesProblem(400).WithSummary("Find operators by TIN, identifier or name, the likest first");
        operators.MapGet("/{tin}", GetAsync).ProducesProblem(400).ProducesProblem(404).WithSummary("An operator");
        operators.MapGet("/{tin}/lookalikes", LookalikesAsync).ProducesProblem(400).ProducesProblem(404).WithSummary("Operators with the same or a similar name, or the same number");
        operators.MapGet("/{tin}/credentials", CredentialsAsync).WithSummary("The newest credentials of an operator");
    }

    private static async Task<Results<Ok<OperatorPageBody>, ProblemHttpResult>> FindAsync(
        string? query, string? cursor, int? limit, FindOperators find, TimeProvider time, CancellationToken cancellationToken) =>
        (await find.ExecuteAsync(query, cursor, limit, cancellationToken)).Match<Results<Ok<OperatorPageBody>, ProblemHttpResult>>(
            page => TypedResults.Ok(new OperatorPageBody([.. page.Operators.Select(found => OperatorBody.Of(found, time.GetUtcNow()))], page.NextCursor)),
            refusal => Problems.From(refusal));

    private static async Task<Results<Ok<OperatorBody>, ProblemHttpResult>> GetAsync(
        string tin, GetOperator get, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal))
        {
            return Problems.From(refusal);
        }

        return (await get.ExecuteAsync(parsed, cancellationToken)).Match<Results<Ok<OperatorBody>, ProblemHttpResult>>(
            found => TypedResults.Ok(OperatorBody.Of(found, time.GetUtcNow())),
            refused => Problems.From(refused));
    }

    private static async Task<Results<Ok<LookalikeList>, ProblemHttpResult>> LookalikesAsync(
        string tin, GetOperator get, FindLookalikes lookalikes, CancellationToken cancellationToken) =>
        GivenTin.Read(tin).TryGet(out var parsed, out var refusal) && (await get.ExecuteAsync(parsed, cancellationToken)).TryGet(out var found, out refusal)
            ? TypedResults.Ok(new LookalikeList(await lookalikes.OfAsync(found, cancellationToken)))
            : Problems.From(refusal);

    private static async Task<Results<Ok<CredentialList>, ProblemHttpResult>> CredentialsAsync(
        string tin, CredentialStore store, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken)
    {
        if (!GivenTin.Read(tin).TryGet(out var parsed, out var refusal))
        {
            return Problems.From(refusal);
        }

        var credentials = await store.ListAsync(parsed.Value, cancellationToken);
        return TypedResults.Ok(new CredentialList(credentials.ConvertAll(credential => CredentialBody.Of(credential, issuer.Value))));
    }
}
