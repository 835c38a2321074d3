namespace TradeIdentity.Authority.Keys;

/// <summary>The purposes as they are stored, shown, and bound into a wrapped key.</summary>
public static class KeyPurposeText
{
    public static string ToText(this KeyPurpose purpose) => purpose switch
    {
        KeyPurpose.Issuing => "issuing",
        KeyPurpose.Anchor => "anchor",
        KeyPurpose.OpenId => "openid",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    public static bool TryParse(string text, out KeyPurpose purpose)
    {
        (purpose, var known) = text switch
        {
            "issuing" => (KeyPurpose.Issuing, true),
            "anchor" => (KeyPurpose.Anchor, true),
            "openid" => (KeyPurpose.OpenId, true),
            _ => (default, false),
        };
        return known;
    }
}
