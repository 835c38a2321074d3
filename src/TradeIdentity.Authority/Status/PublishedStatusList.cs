namespace TradeIdentity.Authority.Status;

/// <summary>A Token Status List as it is published.</summary>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="Watermark">Sequence of the last status change that it has seen.</param>
/// <param name="Jwt"><c>application/statuslist+jwt</c>.</param>
/// <param name="Cwt"><c>application/statuslist+cwt</c>.</param>
public sealed record PublishedStatusList(DateTimeOffset IssuedAt, long Watermark, string Jwt, byte[] Cwt);
