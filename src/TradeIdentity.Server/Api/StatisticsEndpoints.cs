using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority.Statistics;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>The register in numbers.</summary>
internal static class StatisticsEndpoints
{
    internal static void MapStatistics(this IEndpointRouteBuilder api) =>
        api.MapGet("/officer/statistics", GetAsync).WithTags("Operators").RequireScope(ApiScopes.OperatorsRead).WithSummary("The register in numbers, at most ten minutes old when it is asked for often");

    private static async Task<Ok<RegisterFigures>> GetAsync(CountRegister count, CancellationToken cancellationToken) => TypedResults.Ok(await count.ExecuteAsync(cancellationToken));
}
