namespace TradeIdentity.Authority.Credentials;

/// <summary>An operator's AeoStatus credentials against what the register says.</summary>
/// <param name="Valid">How many are valid; a decision that suspends or ends a component takes those of them that state it.</param>
/// <param name="NeedsReissue">The operator had one, has a component that is granted, and no valid one that says what is.</param>
public sealed record AeoCredentialsInUse(int Valid, bool NeedsReissue);
