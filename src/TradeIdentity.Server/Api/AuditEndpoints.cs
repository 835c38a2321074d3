using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>Reads the audit trail, and verifies its chain part by part.</summary>
internal static class AuditEndpoints
{
    // A part takes about a second.
    private const int MostVerified = 100_000;

    internal static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").RequireScope(ApiScopes.AuditRead);
        audit.MapGet("/", ListAsync).ProducesProblem(400).WithSummary("Entries of the audit trail, newest first, by subject, actor, act and day");
        audit.MapGet("/{sequence:long}", GetAsync).ProducesProblem(404).WithSummary("An entry of the audit trail");
        audit.MapPost("/verifications", VerifyAsync).Accepts<AuditCheckRequestBody>("application/json")
            .WithMetadata(new RequestExample("""{"after":{"sequence":0,"hash":"0000000000000000000000000000000000000000000000000000000000000000"}}"""))
            .ProducesProblem(400).ProducesProblem(422).WithSummary("Verify the chain after an entry; from the head that it answers the next part goes on");
    }

    private static async Task<Results<Ok<AuditPageBody>, ProblemHttpResult>> ListAsync(
        string? subject, string? actor, string? act, DateOnly? from, DateOnly? until, string? cursor, int? limit, AuditEntries entries, CancellationToken cancellationToken)
    {
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Problems.From(new Refusal("cursor_invalid", "The cursor is not one that this list gave."));
            }

            before = number;
        }

        return (await entries.ListAsync(new AuditFilter(subject, actor, act, from, until), before, limit, cancellationToken)).Match<Results<Ok<AuditPageBody>, ProblemHttpResult>>(
            page => TypedResults.Ok(new AuditPageBody(page.Entries, page.Next?.ToString(CultureInfo.InvariantCulture), page.SearchedTo)), refusal => Problems.From(refusal));
    }

    private static async Task<Results<Ok<ReadAuditEntry>, ProblemHttpResult>> GetAsync(long sequence, AuditEntries entries, CancellationToken cancellationToken) =>
        await entries.FindAsync(sequence, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Problems.From(new Refusal("audit_entry_unknown", "The audit trail has no such entry."));

    private static async Task<Results<Ok<AuditCheckBody>, ProblemHttpResult>> VerifyAsync(HttpContext context, Database database, AuditEntries entries, CancellationToken cancellationToken)
    {
        if (!(await RequestBody.ReadAsync(context.Request, ApiJson.Default.AuditCheckRequestBody, cancellationToken)).TryGet(out var body, out var refusal))
        {
            return Problems.From(refusal);
        }

        var start = body.After is { } after ? AuditHead.Read(after.Sequence, after.Hash) : null;
        if (start is null && body.After is not null)
        {
            return Problems.From(new Refusal("audit_head_invalid", "A head is the number of an entry and its hash, 64 hexadecimal digits in lower case."));
        }

        var newest = await entries.NewestAsync(cancellationToken);
        return TypedResults.Ok((await AuditTrail.VerifyPartAsync(database, start, MostVerified, cancellationToken)).Match(
            intact => new AuditCheckBody(true, intact.Entries, intact.Erased, intact.Head, intact.Head.Sequence >= newest, null, null),
            broken => new AuditCheckBody(false, null, null, null, true, broken.Sequence, AuditCheckBody.Name(broken.Fault))));
    }
}
