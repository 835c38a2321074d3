namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What the person said when asked whether the client may have what it asks for.</summary>
public enum InteractionAnswer
{
    None = 0,
    Allowed = 1,
    Refused = 2,
}
