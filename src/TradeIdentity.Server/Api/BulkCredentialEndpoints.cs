using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>Issues credentials in bulk: NDJSON in, NDJSON out, a result for each line in order, in constant memory.</summary>
internal static class BulkCredentialEndpoints
{
    private const int MaxLineLength = 1024;

    internal static void MapBulkCredentials(this IEndpointRouteBuilder api) =>
        api.MapPost("/credentials/bulk", IssueAsync).RequireScope(ApiScopes.CredentialsIssue).WithTags("Credentials")
            .Accepts<CredentialRequestBody>(NdjsonResponse.MediaType).Produces<BulkLine>(200, NdjsonResponse.MediaType).WithSummary("Issue credentials in bulk");

    private static async Task IssueAsync(HttpContext context, IssueCredentials issue, IOptions<IssuerOptions> issuer, CancellationToken cancellationToken)
    {
        if (!await NdjsonResponse.BeginAsync(context))
        {
            return;
        }

        // Blank lines are counted and not answered: the number of each line travels beside it, in the same order.
        var numbers = new ConcurrentQueue<long>();
        var outcomes = issue.ExecuteAsync(ReadAsync(context.Request, numbers, cancellationToken), Actor.Of(context.User), cancellationToken);
        await NdjsonResponse.WriteAsync(context.Response, ToJson(outcomes, numbers, issuer.Value, cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<Outcome<CredentialRequest>> ReadAsync(
        HttpRequest request, ConcurrentQueue<long> numbers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in NdjsonLines.ReadAsync(request.BodyReader, MaxLineLength, cancellationToken))
        {
            numbers.Enqueue(line.Number);
            yield return Parse(line);
        }
    }

    private static Outcome<CredentialRequest> Parse(ImportLine line)
    {
        if (line.IsTooLong)
        {
            return new Refusal("line_too_long", $"A line may have {MaxLineLength} bytes.");
        }

        try
        {
            return JsonSerializer.Deserialize(line.Utf8.Span, ApiJson.Default.CredentialRequestBody) is { } body
                ? CredentialEndpoints.Parse(body)
                : new Refusal("line_invalid", "The line is null.");
        }
        catch (JsonException invalid)
        {
            return new Refusal("line_invalid", $"The line is not as documented, at {invalid.Path ?? "$"}.");
        }
    }

    private static async IAsyncEnumerable<byte[]> ToJson(
        IAsyncEnumerable<Outcome<IssuedCredential>> outcomes,
        ConcurrentQueue<long> numbers,
        IssuerOptions issuer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var outcome in outcomes.WithCancellation(cancellationToken))
        {
            _ = numbers.TryDequeue(out var line);
            var answer = outcome.Match(
                credential => new BulkLine(line, "issued", CredentialBody.Of(credential, issuer), null, null),
                refusal => new BulkLine(line, "rejected", null, refusal.Code, refusal.Detail));
            yield return JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Default.BulkLine);
        }
    }
}
