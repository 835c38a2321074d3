using System.Text.Json.Nodes;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Mandates;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>
/// The claim <c>mandates</c>: for whom else the person acts, through the legal entity or by themselves, under chains that hold now. That
/// a broker acts for an importer is in no standard; this claim is our own, see <c>docs/mandates.md</c>.
/// </summary>
internal static class MandateClaims
{
    internal const string Mandates = "mandates";

    /// <summary>A token with more would not fit the headers it travels in: then UserInfo alone has them.</summary>
    internal const int MostInTokens = 16;

    internal const int MostAtUserInfo = 200;

    internal static JsonArray Of(IEnumerable<MandateChain> chains, MandateNames names, DateTimeOffset now) =>
        new([.. chains.Select(chain => Of(chain, names, now))]);

    private static JsonObject Of(MandateChain chain, MandateNames names, DateTimeOffset now)
    {
        var mandate = chain.Last;
        return new JsonObject
        {
            ["id"] = mandate.Id,
            ["principal"] = new JsonObject { ["tin"] = mandate.Principal.Value, ["legal_name"] = names.Of(mandate.Principal) },
            ["representation"] = mandate.Kind.ToCode(),
            ["limits"] = Limits(mandate.Scope),
            ["valid_until"] = UtcTimeJson.Text(chain.ValidUntil),
            ["chain"] = new JsonArray([.. chain.Links.Select(link => JsonValue.Create(link.Grantor.Value))]),
            ["as_of"] = UtcTimeJson.Text(now),
        };
    }

    private static JsonObject Limits(MandateScope scope)
    {
        var limits = new JsonObject();
        foreach (var (name, codes) in new[] { ("declarations", scope.Declarations), ("procedures", scope.Procedures), ("places", scope.Places) })
        {
            if (!codes.IsEmpty)
            {
                limits[name] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]);
            }
        }

        if (scope.ValueLimit is { } limit)
        {
            limits["value"] = new JsonObject { ["amount"] = limit.Amount, ["currency"] = limit.Currency };
        }

        return limits;
    }
}
