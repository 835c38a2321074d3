namespace TradeIdentity.Authority;

/// <summary>How many a page of a list has.</summary>
public static class PageLimit
{
    public const int Most = 200;

    public const int Usual = 50;

    /// <param name="limit">As it was asked for; null: <see cref="Usual"/>.</param>
    public static Outcome<int> Read(int? limit) => limit is < 1 or > Most ? new Refusal("limit_invalid", $"The limit is 1 to {Most}.") : limit ?? Usual;
}
