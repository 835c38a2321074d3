using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts.Administration;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.Api;

/// <summary>Accounts for an administrator: what is open for them, and its end. Every change is in the audit trail under the client's id.</summary>
internal static class AccountEndpoints
{
    internal static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var read = api.MapGroup("/accounts").WithTags("Accounts").RequireScope(ApiScopes.AccountsRead);
        read.MapGet("/", FindAsync).ProducesProblem(400).WithSummary("Find accounts by id, part of the address or of the name");
        read.MapGet("/{id}", GetAsync).ProducesProblem(404).WithSummary("An account with its sessions, consents and tokens");

        var write = api.MapGroup("/accounts/{id}").WithTags("Accounts").RequireScope(ApiScopes.AccountsWrite);
        write.MapDelete("/sessions/{sid}", EndSessionAsync).ProducesProblem(404).WithSummary("End a session");
        write.MapDelete("/consents/{consent}", WithdrawAsync).ProducesProblem(404).WithSummary("Withdraw a consent, and end the client's tokens");
        write.MapDelete("/tokens/{token}", EndTokenAsync).ProducesProblem(404).WithSummary("End a token, and all that came of the same sign-in");
        write.MapPost("/sign-out-everywhere", SignOutAsync).ProducesProblem(404).WithSummary("End all sessions and tokens");
        write.MapPut("/identity-proof", ProveAsync).Accepts<IdentityProofRequestBody>("application/json")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Record how well it was proven who the person is, in place of what was recorded before");
        write.MapDelete("/identity-proof", UnproveAsync).ProducesProblem(404).WithSummary("Withdraw the proof of who the person is");
        write.MapPost("/lock", LockAsync).ProducesProblem(404).ProducesProblem(409).WithSummary("Shut the account, and end all sessions and tokens");
        write.MapPost("/unlock", UnlockAsync).ProducesProblem(404).WithSummary("Open the account, and forget wrong guesses");
    }

    private static async Task<Results<Ok<AccountPageBody>, ProblemHttpResult>> FindAsync(
        string? query, string? cursor, int? limit, FindAccounts find, TimeProvider time, CancellationToken cancellationToken) =>
        (await find.ExecuteAsync(query, cursor, limit, cancellationToken)).Match<Results<Ok<AccountPageBody>, ProblemHttpResult>>(
            page => TypedResults.Ok(new AccountPageBody([.. page.Accounts.Select(account => AccountBody.Of(account, time.GetUtcNow()))], page.NextCursor)),
            refusal => Problems.From(refusal));

    private static async Task<Results<Ok<AccountDetailBody>, ProblemHttpResult>> GetAsync(
        string id,
        FindAccounts find,
        FindIdentityProof findProof,
        Sessions sessions,
        Consents consents,
        AccountTokens tokens,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await find.FindAsync(id, cancellationToken) is not { } account)
        {
            return Problems.From(Unknown("account_unknown", "There is no such account."));
        }

        return TypedResults.Ok(new AccountDetailBody(
            AccountBody.Of(account, time.GetUtcNow()),
            await findProof.ExecuteAsync(id, cancellationToken) is { } proof ? IdentityProofBody.Of(proof, time.GetUtcNow()) : null,
            [.. (await sessions.OfAccountAsync(id, cancellationToken)).Select(SessionBody.Of)],
            [.. (await consents.ListAsync(id, cancellationToken)).Select(ConsentBody.Of)],
            [.. (await tokens.ListAsync(id, cancellationToken)).Select(TokenBody.Of)]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessionAsync(
        string id, string sid, EndSession end, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        Answer(
            await end.ExecuteAsync(id, sid, SessionEnd.Reasons.EndedByOfficer, Actor.Of(principal), cancellationToken),
            Unknown("session_unknown", "The account has no such open session."));

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        string id, string consent, WithdrawConsent withdraw, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        Answer(await withdraw.ExecuteAsync(id, consent, Actor.Of(principal), cancellationToken), Unknown("consent_unknown", "The account has given no such consent."));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndTokenAsync(
        string id, string token, AccountTokens tokens, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        Answer(await tokens.EndAsync(id, token, Actor.Of(principal), cancellationToken), Unknown("token_unknown", "No client holds such a token of the account."));

    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(
        string id, FindAccounts find, SignOutEverywhere signOut, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var known = await find.FindAsync(id, cancellationToken) is not null;
        if (known)
        {
            await signOut.ExecuteAsync(id, Actor.Of(principal), cancellationToken);
        }

        return Answer(known, Unknown("account_unknown", "There is no such account."));
    }

    private static async Task<Results<Ok<IdentityProofBody>, ProblemHttpResult>> ProveAsync(
        string id, HttpContext context, ProveIdentity prove, TimeProvider time, CancellationToken cancellationToken)
    {
        // Who proves whom is of two persons: behind a client could be the one who is proven.
        if (!OwnToken.OfAdministrator(context.User).TryGet(out var administrator, out var refusal)
            || !(await RequestBody.ReadAsync(context.Request, ApiJson.Default.IdentityProofRequestBody, cancellationToken)).TryGet(out var said, out refusal))
        {
            return Problems.From(refusal);
        }

        return (await prove.ExecuteAsync(id, said.ToProof(), administrator, cancellationToken)).Match<Results<Ok<IdentityProofBody>, ProblemHttpResult>>(
            proof => TypedResults.Ok(IdentityProofBody.Of(proof, time.GetUtcNow())),
            refused => Problems.From(refused));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnproveAsync(
        string id, WithdrawIdentityProof withdraw, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        (await withdraw.ExecuteAsync(id, Actor.Of(principal), cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refusal => Problems.From(refusal));

    private static async Task<Results<NoContent, ProblemHttpResult>> LockAsync(
        string id, LockAccount act, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        (await act.ExecuteAsync(id, Actor.Of(principal), cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refusal => Problems.From(refusal));

    private static async Task<Results<NoContent, ProblemHttpResult>> UnlockAsync(
        string id, UnlockAccount act, ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        (await act.ExecuteAsync(id, Actor.Of(principal), cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), refusal => Problems.From(refusal));

    private static Results<NoContent, ProblemHttpResult> Answer(bool done, Refusal refusal) => done ? TypedResults.NoContent() : Problems.From(refusal);

    private static Refusal Unknown(string code, string detail) => new(code, detail);
}
