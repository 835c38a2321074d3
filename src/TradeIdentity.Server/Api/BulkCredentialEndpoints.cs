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

        var outcomes = issue.ExecuteAsync(ReadAsync(context.Request, cancellationToken), Actor.Of(context.User), cancellationToken);
        await NdjsonResponse.WriteAsync(context.Response, ToJson(outcomes, issuer.Value, cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<Outcome<CredentialRequest>> ReadAsync(HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in NdjsonLines.ReadAsync(request.BodyReader, MaxLineLength, cancellationToken))
        {
            yield return Parse(line);
        }
    }

    private static Outcome<CredentialRequest> Parse(Authority.Operators.ImportLine line)
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
        IAsyncEnumerable<Outcome<IssuedCredential>> outcomes, IssuerOptions issuer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = 0;
        await foreach (var outcome in outcomes.WithCancellation(cancellationToken))
        {
            line++;
            var answer = outcome.Match(
                credential => new BulkLine(line, "issued", CredentialBody.Of(credential, issuer), null, null),
                refusal => new BulkLine(line, "rejected", null, refusal.Code, refusal.Detail));
            yield return JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Default.BulkLine);
        }
    }
}
