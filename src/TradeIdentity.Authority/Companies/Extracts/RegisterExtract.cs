namespace TradeIdentity.Authority.Companies.Extracts;

/// <summary>What a register says of a legal entity.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Status">As the register calls it, e.g. <c>ISSUED</c> or <c>LAPSED</c> of an LEI; null where it says none.</param>
/// <param name="Source">The register.</param>
/// <param name="AsOf">When it said so; null where the file does not say.</param>
public sealed record RegisterExtract(EntityDetails Entity, string? Status, string Source, DateTimeOffset? AsOf);
