namespace TradeIdentity.Authority.Aeo;

/// <summary>What a visit found of one criterion.</summary>
/// <param name="Criterion">Code of the programme's criterion.</param>
/// <param name="IsMet">Whether it is met.</param>
/// <param name="Text">What was seen, 1 to 1,000 characters.</param>
public sealed record AeoFinding(string Criterion, bool IsMet, string Text);
