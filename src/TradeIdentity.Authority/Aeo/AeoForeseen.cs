namespace TradeIdentity.Authority.Aeo;

/// <summary>What a decision would do if it were taken now.</summary>
/// <param name="From">The state before it; null: the operator has no such component.</param>
/// <param name="Next">The component after it.</param>
/// <param name="Credentials">What would become of credentials, the oldest first.</param>
public sealed record AeoForeseen(AeoStatus? From, AeoComponent Next, IReadOnlyList<AeoForeseenCredential> Credentials);
