using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>Demands on a verification and what answers them (OpenID Connect for Identity Assurance 1.0 §5.4, §5.5, §5.7).</summary>
internal static class VerificationDemands
{
    private const string Value = "value";
    private const string Values = "values";
    private const string MaxAge = "max_age";
    private const string Essential = "essential";
    private const string Evidence = "evidence";
    private const string TrustFramework = "trust_framework";
    private const string Type = "type";

    // Without these what they stand in is not valid, so they are there whether asked for or not (§5.7.5).
    private static readonly string[] AlwaysShown = [TrustFramework, Type, "check_method"];

    /// <summary>Whether these are demands as §5.4 and §5.5 write them. A level that is asked for in another way must not be passed over: less would be given than was demanded.</summary>
    internal static bool AreWellFormed(JsonObject demands) =>
        demands.TryGetPropertyValue(TrustFramework, out var framework) && framework is null or JsonObject
            && (!demands.TryGetPropertyValue(Evidence, out var evidence) || (evidence is JsonArray { Count: > 0 } filters && filters.All(IsEvidence)))
            && IsDemand(demands);

    /// <summary>Whether a claim is asked for as OpenID Connect Core §5.5.1 writes it.</summary>
    internal static bool IsClaim(JsonNode? asked) =>
        asked is null || (asked is JsonObject one
            && (!one.TryGetPropertyValue(Essential, out var essential) || IsBoolean(essential))
            && (!one.TryGetPropertyValue(Values, out var values) || values is JsonArray { Count: > 0 }));

    /// <summary>Whether a claim has the value, or one of the values, that was asked for.</summary>
    internal static bool IsMet(JsonNode had, JsonNode? asked) => asked is not JsonObject one
        || ((!one.TryGetPropertyValue(Value, out var value) || JsonNode.DeepEquals(had, value))
            && (one[Values] is not JsonArray values || values.Any(each => JsonNode.DeepEquals(had, each))));

    /// <summary>What of the verification was asked for; null where it is not as demanded.</summary>
    internal static JsonObject? Answer(JsonObject verification, JsonObject? demands, DateTimeOffset now) =>
        TryAnswer(verification, demands, now, out var shown) ? (JsonObject)shown! : null;

    private static bool TryAnswer(JsonNode? had, JsonNode? asked, DateTimeOffset now, out JsonNode? shown)
    {
        shown = null;
        switch (had, asked)
        {
            case (null, _):
                return !Constrains(asked);
            case (_, null):
                shown = had.DeepClone();
                return true;
            case (JsonObject data, JsonObject demands) when !HasConstraint(demands):
                return TryAnswerMembers(data, demands, now, out shown);
            case (JsonArray data, JsonArray filters):
                // §5.4: several filters are one or the other.
                var kept = data.Select(each => filters.Select(filter => TryAnswer(each, filter, now, out var one) ? one : null).FirstOrDefault(one => one is not null)).Where(one => one is not null).ToArray();
                shown = new JsonArray(kept);
                return kept.Length > 0;
            case (JsonValue data, JsonObject demands):
                shown = data.DeepClone();
                return IsMet(data, demands) && IsYoungEnough(data, demands[MaxAge], now);
            default:
                return !Constrains(asked);
        }
    }

    private static bool TryAnswerMembers(JsonObject data, JsonObject demands, DateTimeOffset now, out JsonNode? shown)
    {
        shown = null;
        var answers = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, demand) in demands)
        {
            if (!TryAnswer(data[name], demand, now, out var answer))
            {
                return false;
            }

            if (answer is not null)
            {
                answers[name] = answer;
            }
        }

        shown = new JsonObject(data.Where(member => answers.ContainsKey(member.Key) || AlwaysShown.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, answers.GetValueOrDefault(member.Key) ?? member.Value?.DeepClone())));
        return true;
    }

    private static bool IsYoungEnough(JsonValue data, JsonNode? maxAge, DateTimeOffset now) => maxAge is null
        || (data.TryGetValue<string>(out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && (now - at).TotalSeconds <= maxAge.GetValue<long>());

    // Whether the node, or what is in it, asks for more than to be shown.
    private static bool Constrains(JsonNode? asked) => asked switch
    {
        JsonObject one => HasConstraint(one) || one.Any(member => Constrains(member.Value)),
        JsonArray many => many.Any(Constrains),
        _ => false,
    };

    private static bool HasConstraint(JsonObject asked) => asked.ContainsKey(Value) || asked.ContainsKey(Values) || asked.ContainsKey(MaxAge);

    // §5.4: of one type, by `value` and not by `values`.
    private static bool IsEvidence(JsonNode? filter) =>
        filter is JsonObject one && one[Type] is JsonObject type && IsText(type[Value]) && !type.ContainsKey(Values);

    private static bool IsDemand(JsonNode? node) => node switch
    {
        null => true,
        JsonArray many => many.Count > 0 && many.All(each => each is JsonObject && IsDemand(each)),
        JsonObject one => one.All(member => IsMember(one, member.Key, member.Value)),
        _ => false,
    };

    private static bool IsMember(JsonObject owner, string name, JsonNode? node) => name switch
    {
        Value => IsText(node),
        Values => node is JsonArray { Count: > 0 } many && many.All(IsText),
        MaxAge => node is JsonValue number && number.TryGetValue<long>(out var seconds) && seconds >= 0,
        Essential => IsBoolean(node),
        // OpenID Connect Core §5.5.1: members that are not understood beside a constraint are ignored. Anywhere else a plain value
        // is a constraint that was written wrong.
        _ => IsDemand(node) || (node is JsonValue && HasConstraint(owner)),
    };

    private static bool IsBoolean(JsonNode? node) => node is JsonValue && node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static bool IsText(JsonNode? node) => node is JsonValue text && text.TryGetValue<string>(out _);
}
