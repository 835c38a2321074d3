using System.Runtime.CompilerServices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>Registers operators in bulk: NDJSON in, NDJSON out, a result for each line in order, in constant memory.</summary>
internal static class ImportEndpoints
{
    internal static void MapImports(this IEndpointRouteBuilder api) =>
        api.MapPost("/imports/operators", ImportAsync).RequireScope(ApiScopes.RegistryImport).WithTags("Operators")
            .Accepts<OperatorLine>(NdjsonResponse.MediaType).Produces<ImportAnswerLine>(200, NdjsonResponse.MediaType).WithSummary("Register operators, one a line");

    private static async Task ImportAsync(HttpContext context, RegisterOperators register, CancellationToken cancellationToken)
    {
        if (!await NdjsonResponse.BeginAsync(context))
        {
            return;
        }

        var lines = NdjsonLines.ReadAsync(context.Request.BodyReader, OperatorDocument.MaxBytes, cancellationToken);
        var results = register.ExecuteAsync(lines, Actor.Of(context.User), cancellationToken);
        await NdjsonResponse.WriteAsync(context.Response, ToJson(results, cancellationToken), cancellationToken);
    }

    internal static async IAsyncEnumerable<byte[]> ToJson(IAsyncEnumerable<ImportResult> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in results.WithCancellation(cancellationToken))
        {
            yield return result.ToJson();
        }
    }
}
