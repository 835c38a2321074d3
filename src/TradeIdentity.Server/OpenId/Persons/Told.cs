using System.Text.Json.Nodes;
using TradeIdentity.Authority.Privacy;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>Makes what a relying party is told, of what <see cref="PrivacyTable"/> lets it learn.</summary>
internal static class Told
{
    /// <summary>An object with those of the members that it may learn and that have a value.</summary>
    internal static JsonObject Of(params ReadOnlySpan<(string Name, PrivateFact Fact, JsonNode? Value)> members)
    {
        var told = new JsonObject();
        foreach (var (name, fact, value) in members)
        {
            if (PrivacyTable.Tell(Viewer.RelyingParty, fact, value) is { } known)
            {
                told[name] = known;
            }
        }

        return told;
    }
}
