namespace TradeIdentity.Authority.Companies.MasterData;

/// <summary>A consent of an operator that its AEO master data goes to partner administrations.</summary>
/// <param name="Id">Ids ascend with time.</param>
/// <param name="GivenBy">The member who gave it.</param>
/// <param name="CoSignedBy">The second member where the first signs jointly.</param>
/// <param name="GivenAt">When.</param>
/// <param name="WithdrawnBy">The member who withdrew it; null: it holds.</param>
/// <param name="WithdrawnAt">When.</param>
public sealed record MasterDataRelease(string Id, string GivenBy, string? CoSignedBy, DateTimeOffset GivenAt, string? WithdrawnBy, DateTimeOffset? WithdrawnAt);
