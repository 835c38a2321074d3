using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Keys;

/// <summary>What acts on keys leave in the audit trail. All values are hexadecimal, numbers or fixed words: nothing to escape.</summary>
internal static class KeyAudit
{
    public static AuditRecord Created(string actor, SigningKey key) => Of(actor, SecurityEvents.SigningKeyCreated, key, "");

    public static AuditRecord Rotated(string actor, SigningKey key, bool immediately) =>
        Of(actor, SecurityEvents.SigningKeyRotated, key, $",\"immediately\":{(immediately ? "true" : "false")}");

    private static AuditRecord Of(string actor, string act, SigningKey key, string more) =>
        new(
            actor,
            act,
            $"key:{key.KidText}",
            $$"""{"purpose":"{{key.Purpose.ToText()}}","signsFrom":{{key.SignsFrom.ToUnixTimeSeconds()}},"signsUntil":{{key.SignsUntil.ToUnixTimeSeconds()}}{{more}}}""");
}
