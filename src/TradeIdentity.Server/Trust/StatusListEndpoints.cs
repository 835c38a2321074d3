using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Status;
using TradeIdentity.Codecs.StatusLists;
using TradeIdentity.Server.Api;

namespace TradeIdentity.Server.Trust;

/// <summary>The standard Token Status Lists: JWT by default, CWT by Accept, and all their addresses.</summary>
internal static class StatusListEndpoints
{
    private const string Jwt = "application/statuslist+jwt";
    private const string Cwt = "application/statuslist+cwt";

    internal static void MapStatusLists(this IEndpointRouteBuilder endpoints)
    {
        var lists = endpoints.MapGroup("/status-lists").WithTags("Trust").AllowAnonymous();
        lists.MapGet("/", AggregateAsync).Produces(200, contentType: StatusListAggregation.MediaType).WithSummary("The addresses of all status lists");
        lists.MapGet("/{list}", ListAsync).Produces(200, contentType: Jwt, additionalContentTypes: Cwt).Produces(304).ProducesProblem(404).WithSummary("A Token Status List as JWT or, by Accept, as CWT");
    }

    private static async Task<IResult> AggregateAsync(HttpContext context, PublishStatusList publish, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = Cached.Changing;
        return TypedResults.Bytes(StatusListAggregation.Encode(await publish.ListAsync(cancellationToken)), StatusListAggregation.MediaType);
    }

    private static async Task<IResult> ListAsync(string list, HttpContext context, PublishStatusList publish, CancellationToken cancellationToken)
    {
        if (!int.TryParse(list, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Problems.From(new Refusal("status_list_unknown", "There is no status list with this number."));
        }

        // §8.1 of the draft has the reader say which form it wants; most say nothing.
        var accepted = context.Request.GetTypedHeaders().Accept;
        var wantsCwt = accepted.Any(type => type.MediaType.Equals(Cwt, StringComparison.OrdinalIgnoreCase))
            && !accepted.Any(type => type.MediaType.Equals(Jwt, StringComparison.OrdinalIgnoreCase));
        context.Response.Headers.Vary = HeaderNames.Accept;
        return (await publish.ExecuteAsync(number, cancellationToken)).Match<IResult>(
            published =>
            {
                var tag = string.Create(CultureInfo.InvariantCulture, $"{number}-{published.Watermark}-{published.IssuedAt.ToUnixTimeSeconds()}");
                return wantsCwt
                    ? Cached.Bytes(context, published.Cwt, Cwt, tag + "-c", Cached.Changing)
                    : Cached.Bytes(context, Encoding.ASCII.GetBytes(published.Jwt), Jwt, tag, Cached.Changing);
            },
            Problems.From);
    }
}
