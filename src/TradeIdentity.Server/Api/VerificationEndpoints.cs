using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials.Uses;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Server.Api;

/// <summary>Judges a credential with the current bundle: the same verdict as offline, by the same code.</summary>
internal static class VerificationEndpoints
{
    internal static void MapVerifications(this IEndpointRouteBuilder api) =>
        api.MapPost("/verifications", VerifyAsync).RequireScope(ApiScopes.Verification).WithTags("Verification")
            .Accepts<VerificationBody>("application/json").Produces(200, contentType: "application/json").WithSummary("Judge a QR text");

    private static async Task<IResult> VerifyAsync(HttpContext context, CurrentTrust trust, TellOfUse tell, IOptions<IssuerOptions> issuer, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(context.Request, ApiJson.Default.VerificationBody, cancellationToken);
        if (!body.TryGet(out var read, out var refusal)
            || !(await trust.GetAsync(cancellationToken)).TryGet(out var bundle, out refusal))
        {
            return Problems.From(refusal);
        }

        var verdict = OfflineVerifier.Verify(read.QrText, bundle, time.GetUtcNow());
        await tell.ExecuteAsync(verdict, issuer.Value.Code, Actor.IsClient(context.User) ? CheckerKind.System : CheckerKind.Person, cancellationToken);
        return TypedResults.Text(verdict.ToJson(), "application/json");
    }
}
