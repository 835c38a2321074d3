using System.Globalization;
using Microsoft.Net.Http.Headers;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Server.Api;

namespace TradeIdentity.Server.Trust;

/// <summary>
/// What verifiers fetch: anonymous, the same for everyone, cacheable, safe to serve from a content delivery network.
/// </summary>
internal static class TrustEndpoints
{
    private const string Cose = "application/cose; cose-type=\"cose-sign1\"";
    private const string CoseKey = "application/cose-key";
    private const string Jwk = "application/jwk+json";

    internal static void MapTrust(this IEndpointRouteBuilder endpoints)
    {
        var trust = endpoints.MapGroup("/trust").WithTags("Trust").AllowAnonymous();
        trust.MapGet("/anchor", AnchorAsync).Produces(200, contentType: Jwk, additionalContentTypes: CoseKey).WithSummary("The key to pin, as JWK or, by Accept, as COSE_Key");
        trust.MapGet("/bundle", BundleAsync).Produces(200, contentType: Cose).Produces(304).WithSummary("All that a post needs to verify offline, signed by the anchor");
        trust.MapGet("/bundle/delta", DeltaAsync).Produces(200, contentType: Cose).Produces(204).ProducesProblem(404).WithSummary("What changed in the statuses since a bundle, signed by the anchor");
    }

    private static async Task<IResult> AnchorAsync(HttpContext context, CurrentTrust trust, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await trust.AnchorAsync(time.GetUtcNow(), cancellationToken)).TryGet(out var anchor, out var refusal))
        {
            return Problems.From(refusal);
        }

        var wantsCose = context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(CoseKey, StringComparison.OrdinalIgnoreCase));
        context.Response.Headers.Vary = HeaderNames.Accept;
        return wantsCose
            ? Cached.Bytes(context, anchor.ToCoseKey(), CoseKey, anchor.Fingerprint + "-c", Cached.Lasting)
            : Cached.Bytes(context, System.Text.Encoding.UTF8.GetBytes(anchor.ToJwk()), Jwk, anchor.Fingerprint, Cached.Lasting);
    }

    private static async Task<IResult> BundleAsync(HttpContext context, PublishTrustBundle publish, CancellationToken cancellationToken) =>
        (await publish.ExecuteAsync(cancellationToken)).Match<IResult>(
            bundle => Cached.Bytes(context, bundle.Message, Cose, Cached.TagOf(bundle.Message), Cached.Changing),
            Problems.From);

    private static async Task<IResult> DeltaAsync(string? from, HttpContext context, PublishStatusDelta publish, CancellationToken cancellationToken)
    {
        if (!long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return Problems.From(new Refusal("query_invalid", "Give ?from= with the sequence of the bundle in hand."));
        }

        return (await publish.ExecuteAsync(sequence, cancellationToken)).Match<IResult>(
            delta => Cached.Bytes(context, delta.Message, Cose, Cached.TagOf(delta.Payload), Cached.Changing),
            refusal => refusal.Code == "delta_empty" ? TypedResults.NoContent() : Problems.From(refusal));
    }
}
