namespace TradeIdentity.Authority.OpenId;

/// <summary>LIMIT and OFFSET of a list; no count is no limit.</summary>
internal sealed record Page(long Count, long Offset)
{
    public static Page Of(int? count, int? offset) => new(count ?? long.MaxValue, offset ?? 0);
}
