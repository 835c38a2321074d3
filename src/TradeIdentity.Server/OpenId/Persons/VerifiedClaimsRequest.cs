using System.Text.Json;
using System.Text.Json.Nodes;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>
/// What a client asks inside <c>verified_claims</c> by the <c>claims</c> parameter (OpenID Connect for Identity Assurance 1.0 §5.3 to
/// §5.6): the answer has the claims that it names and no other, of the elements whose verification is as it demands, and of the
/// verification what it names. What does not match is left out, and nobody is told (§5.7.4).
/// </summary>
internal sealed class VerifiedClaimsRequest
{
    // It travels in access tokens, which travel in headers.
    private const int LongestText = 2048;
    private const int MostParts = 8;

    private const string Verification = "verification";
    private const string Claims = "claims";

    private readonly IReadOnlyList<Part> _parts;

    private VerifiedClaimsRequest(IReadOnlyList<Part> parts) => _parts = parts;

    /// <summary>The claims that are asked for inside.</summary>
    internal IEnumerable<string> Names => _parts.SelectMany(part => part.Names).Distinct();

    /// <summary>False where it is not a request as the standard writes it; a member that is null asks for all (OpenID Connect Core §5.5.1).</summary>
    /// <exception cref="InvalidOperationException">A text in it has half of a surrogate pair.</exception>
    internal static bool TryRead(JsonElement member, out VerifiedClaimsRequest? request)
    {
        request = null;
        if (member.GetRawText() is not { Length: <= LongestText } text)
        {
            return false;
        }

        ReadTexts(member);
        var asked = JsonNode.Parse(text) switch
        {
            null => [new Part(null, null)],
            JsonObject one => [Part.Read(one)],
            JsonArray { Count: > 0 and <= MostParts } many => many.Select(part => part is JsonObject one ? Part.Read(one) : null).ToList(),
            _ => new List<Part?> { null },
        };
        if (asked.Contains(null))
        {
            return false;
        }

        request = new VerifiedClaimsRequest([.. asked.OfType<Part>()]);
        return true;
    }

    /// <summary>Without the claims whose scope the client may not have, and those that nobody has. Where nothing is left it still asks, for nothing.</summary>
    internal VerifiedClaimsRequest Permitted(Func<string, bool> isPermittedScope) =>
        new([.. _parts.Select(part => part.Keep(name => VerifiedClaimNames.ScopeOf.TryGetValue(name, out var scope) && isPermittedScope(scope))).Where(part => part.Names.Any())]);

    /// <summary>The elements that answer it. Each part is answered by itself (§5.6), and no two elements become one.</summary>
    internal List<JsonObject> Select(IReadOnlyCollection<JsonObject> elements, DateTimeOffset now) =>
        [.. _parts.SelectMany(part => elements.Select(element => part.Select(element, now))).OfType<JsonObject>()];

    /// <summary>As a token of this server keeps it.</summary>
    internal string Write() => new JsonArray([.. _parts.Select(part => part.Write())]).ToJsonString();

    /// <summary>What <see cref="Write"/> wrote.</summary>
    internal static VerifiedClaimsRequest? Restore(string? text) =>
        text is null ? null : new VerifiedClaimsRequest([.. JsonNode.Parse(text)!.AsArray().Select(part => Part.Restore(part!.AsObject()))]);

    // A text that is no Unicode is found out here, and not when a token is written.
    private static void ReadTexts(JsonElement member)
    {
        switch (member.ValueKind)
        {
            case JsonValueKind.String:
                _ = member.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var each in member.EnumerateArray())
                {
                    ReadTexts(each);
                }

                break;
            case JsonValueKind.Object:
                foreach (var each in member.EnumerateObject())
                {
                    _ = each.Name;
                    ReadTexts(each.Value);
                }

                break;
        }
    }

    /// <param name="Demands">On the verification; null: all of it is wanted.</param>
    /// <param name="Wanted">Null: all claims.</param>
    private sealed record Part(JsonObject? Demands, JsonObject? Wanted)
    {
        internal IEnumerable<string> Names => Wanted is null ? VerifiedClaimNames.ScopeOf.Keys : Wanted.Select(member => member.Key);

        internal static Part? Read(JsonObject part) =>
            part[Verification] is JsonObject demands && VerificationDemands.AreWellFormed(demands)
                && part.TryGetPropertyValue(Claims, out var claims) && (claims is null || claims is JsonObject { Count: > 0 })
                && (claims as JsonObject ?? []).All(claim => VerificationDemands.IsClaim(claim.Value))
                ? new Part(demands, claims as JsonObject)
                : null;

        internal static Part Restore(JsonObject part) => new(part[Verification] as JsonObject, part[Claims] as JsonObject);

        internal Part Keep(Func<string, bool> isKept) =>
            new(Demands, new JsonObject(Names.Where(isKept).Select(name => KeyValuePair.Create(name, Wanted?[name]?.DeepClone()))));

        internal JsonObject? Select(JsonObject element, DateTimeOffset now)
        {
            var had = element[Claims]!.AsObject();
            var claims = new JsonObject(had.Where(claim => Names.Contains(claim.Key) && VerificationDemands.IsMet(claim.Value!, Wanted?[claim.Key]))
                .Select(claim => KeyValuePair.Create(claim.Key, claim.Value?.DeepClone())));
            return claims.Count > 0 && VerificationDemands.Answer(element[Verification]!.AsObject(), Demands, now) is { } verification
                ? new JsonObject { [Verification] = verification, [Claims] = claims }
                : null;
        }

        internal JsonObject Write() => new() { [Verification] = Demands?.DeepClone(), [Claims] = Wanted?.DeepClone() };
    }
}
