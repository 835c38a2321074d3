namespace TradeIdentity.Authority.Trust;

/// <summary>A signed delta between two bundles.</summary>
public sealed record PublishedDelta(long FromSequence, long ToSequence, byte[] Message);
