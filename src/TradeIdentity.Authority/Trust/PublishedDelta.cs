namespace TradeIdentity.Authority.Trust;

/// <summary>A signed delta between two bundles.</summary>
/// <param name="FromSequence">The bundle that it applies to.</param>
/// <param name="ToSequence">The bundle that results.</param>
/// <param name="Payload">What is signed: the same each time, while each signature is another.</param>
/// <param name="Message">The signed message.</param>
public sealed record PublishedDelta(long FromSequence, long ToSequence, byte[] Payload, byte[] Message);
