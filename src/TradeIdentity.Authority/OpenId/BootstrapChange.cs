namespace TradeIdentity.Authority.OpenId;

/// <summary>What registering a client of the configuration did.</summary>
public enum BootstrapChange
{
    Unchanged,
    Created,
    Updated,
}
